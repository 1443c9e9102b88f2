"""Somebody is kept out with a reason, at once and everywhere, and let in again; nothing is lost."""

import pytest
from sqlalchemy import select

from portal.accounts.models import UserSession
from portal.kernel.db import session, unit_of_work
from portal.networks.models import Membership
from portal.people.models import Person, Suspension
from tests.accounts.walk import GOOD_PASSWORD, asked, code_in, is_in
from tests.admin.reading import facts, person_of, standing
from tests.conftest import NOW
from tests.support import walk
from tests.support.browser import Browser
from tests.support.walk import MODES

BOTH = pytest.mark.parametrize("htmx", [False, True])
REASON = "Skrev hotfulla inlägg i Bygg."


@pytest.fixture
def path(personas):
    return f"/admin/people/{personas.alice.public_id}/suspension"


def suspensions():
    session().rollback()
    return list(session().scalars(select(Suspension).order_by(Suspension.id)))


@BOTH
def test_who_is_suspended_is_out_at_once_everywhere(kim, personas, path, htmx):
    browsers = [personas.browser(personas.alice) for _ in range(2)]
    browsers[0].post("/account/password", {"password": GOOD_PASSWORD})
    browsers[1] = personas.browser(personas.alice)
    assert all(map(is_in, browsers))
    assert "loggas genast ut överallt" in kim.get(path).text
    answer = kim.post(path, {"reason": REASON}, htmx=htmx)
    where = answer.headers["HX-Redirect" if htmx else "Location"]
    assert where == f"/admin/people/{personas.alice.public_id}"
    assert not any(map(is_in, browsers))
    assert person_of(personas.alice).suspended_at == NOW
    [kept] = suspensions()
    assert (kept.reason, kept.by_id, kept.ended_at) == (REASON, personas.kim.id, None)
    known = {"person_id": personas.alice.id, "suspension_id": kept.id, "by_id": personas.kim.id}
    assert facts("PersonSuspended") == [("PersonSuspended", known)]
    open_ones = select(UserSession.id).where(
        UserSession.person_id == personas.alice.id, UserSession.ended_at.is_(None)
    )
    assert session().scalars(open_ones).all() == []


def test_no_way_in_is_open_and_they_are_told_why(kim, personas, path, browser, mailbox):
    mail = asked(browser, mailbox, "alice@example.com")
    kim.post(path, {"reason": REASON})
    answer = browser.post("/sign-in/code", {"code": code_in(mail)})
    assert answer.status_code == 422
    assert REASON in answer.text
    assert not is_in(browser)


def test_nothing_of_theirs_is_lost_and_others_do_not_see_them(kim, personas, make, path):
    make.relation(personas.alice, "consultant")
    with unit_of_work() as work:
        work.query(Person).filter_by(id=personas.alice.id).update({"name_shown": "members"})
    bob = personas.browser(personas.bob)
    address = f"/people/{personas.alice.public_id}"
    assert bob.get(address).status_code == 200
    kim.post(path, {"reason": REASON})
    assert bob.get(address).status_code == 404
    assert "Alice Åkerlund" not in bob.get("/people").text
    assert len(standing(personas.alice)) == 1
    assert session().scalars(select(Membership.ended_at)).all() == [None]
    assert kim.get(f"/admin/people/{personas.alice.public_id}").status_code == 200


def test_no_list_names_somebody_who_is_suspended(kim, personas, make, path):
    alice, network = personas.alice, personas.network
    with unit_of_work() as work:
        work.query(Person).filter_by(id=alice.id).update({"name_shown": "members"})
    make.membership(personas.bob, network)
    event = make.event(network_id=network.id)
    make.registration(alice, event)
    bob = personas.browser(personas.bob)
    lists = ("/people", "/people?q=alice", "/networks/bygg", "/networks/bygg/members")
    lists += (f"/events/{event.slug}",)
    for one in lists:
        assert "Alice Åkerlund" in bob.get(one).text, one
    kim.post(path, {"reason": REASON})
    for one in lists:
        assert "Alice Åkerlund" not in bob.get(one).text, one


@BOTH
def test_when_it_is_lifted_one_signs_in_as_before(kim, personas, path, browser, mailbox, htmx):
    public_id = personas.alice.public_id
    kim.post(path, {"reason": REASON})
    assert "Släppa in Alice Åkerlund igen?" in kim.get(path).text
    for _click in range(2):
        assert kim.post(f"{path}/end", htmx=htmx).status_code == (204 if htmx else 303)
    assert person_of(personas.alice).suspended_at is None
    assert [one.ended_at for one in suspensions()] == [NOW]
    assert len(facts("SuspensionLifted")) == 1
    mail = asked(browser, mailbox, "alice@example.com")
    assert browser.post("/sign-in/code", {"code": code_in(mail)}).status_code == 303
    assert is_in(browser)
    page = kim.get(f"/admin/people/{public_id}").text
    assert REASON in page
    assert "av Kim Sandberg" in page


def test_a_former_session_stays_ended_when_it_is_lifted(kim, personas, path):
    alice = personas.browser(personas.alice)
    kim.post(path, {"reason": REASON})
    kim.post(f"{path}/end")
    assert not is_in(alice)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("", "Skriv varför: ingen stängs av utan en anledning."),
        (" \n ", "Skriv varför: ingen stängs av utan en anledning."),
        ("nej", "mellan 5 och 500 tecken"),
        ("x" * 501, "mellan 5 och 500 tecken"),
    ],
)
@BOTH
def test_without_a_reason_nobody_is_suspended(kim, personas, path, htmx, reason, words):
    answer = kim.post(path, {"reason": reason}, htmx=htmx)
    assert answer.status_code == 422
    assert words in answer.text.replace("\xa0", " ")
    assert reason.strip() in answer.text
    assert person_of(personas.alice).suspended_at is None
    assert suspensions() == []


def test_a_second_click_suspends_nobody_twice(kim, path):
    for _click in range(3):
        assert kim.post(path, {"reason": REASON}).status_code == 303
    assert len(suspensions()) == len(facts("PersonSuspended")) == 1


@BOTH
def test_neither_oneself_nor_the_last_administrator(kim, personas, make, htmx):
    own = f"/admin/people/{personas.kim.public_id}/suspension"
    assert "Du kan inte stänga av dig själv." in kim.get(own).text
    kim.post(own, {"reason": REASON}, htmx=htmx)
    assert suspensions() == []
    other = make.administrator("Olle Två")
    kim.post(f"/admin/people/{other.public_id}/suspension", {"reason": REASON}, htmx=htmx)
    assert [one.person_id for one in suspensions()] == [other.id]
    assert is_in(kim)


@BOTH
def test_others_suspend_nobody(personas, path, htmx):
    for who in (personas.alice, personas.mona, personas.bob):
        browser = personas.browser(who)
        for way in ("", "/end"):
            assert browser.post(f"{path}{way}", {"reason": REASON}, htmx=htmx).status_code == 404
        assert browser.get(path, htmx=htmx).status_code == 404
    assert suspensions() == []


def test_their_address_makes_no_new_account(kim, path, personas, mailbox):
    kim.post(path, {"reason": REASON})
    browser = Browser(personas.app)
    mail = asked(browser, mailbox, "alice@example.com", name="Somebody New")
    assert browser.post("/sign-in/code", {"code": code_in(mail)}).status_code == 422
    session().rollback()
    assert session().query(Person).filter_by(name="Somebody New").count() == 0


def test_on_every_route_an_old_cookie_of_theirs_is_a_visitors(walked):
    """The same status, the same way on, and nothing is written."""
    with walked.app.app_context(), unit_of_work() as work:
        work.query(Person).filter_by(public_id="p-member").update({"suspended_at": NOW})
    walked.before = walked.dump(walked.before.keys())
    different = []
    for method in ("GET", "POST"):
        for way in walk.ways(walked.app, method):
            for mode in MODES:
                visitor, member = (walked.ask(role, way, mode) for role in ("visitor", "member"))
                if kept_out(visitor) != kept_out(member):
                    different.append(f"{way}, {mode}: {kept_out(visitor)}, {kept_out(member)}")
    assert not different, "\n".join(different)


def kept_out(answer):
    """Return what a visitor meets: the status, and where they are sent."""
    where = answer.headers.get("Location") or answer.headers.get("HX-Redirect")
    return answer.status_code, where

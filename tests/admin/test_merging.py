"""Two rows about one person become one: looked at first, then all of it or nothing, and told."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from portal.accounts.actions import open_account
from portal.accounts.policy import RECENT
from portal.kernel import clock
from portal.kernel.db import db, session, unit_of_work
from portal.networks.models import Membership, Network
from portal.people.models import EmailAddress, Person
from tests.accounts.walk import asked, code_in, is_in
from tests.admin.merging import SEEN, considered, dump, is_there, merge, path_of
from tests.admin.reading import facts, main_of, person_of, relations, standing
from tests.conftest import NOW
from tests.support.browser import Browser

BOTH = pytest.mark.parametrize("htmx", [False, True])
LINE = re.compile(r'<h3 class="item-title">([^<]+)</h3>\s*<ul class="meta">(.*?)</ul>', re.DOTALL)


def test_the_other_one_is_found_by_name_or_address(kim, alice, double):
    page = kim.get(path_of(alice))
    assert "Vem är samma person som Alice Åkerlund?" in page.text
    assert f"?with={double.public_id}" in page.text  # of the same name, but for å
    assert f"?with={alice.public_id}" not in page.text
    for wanted in ("alice@home.example.net", "ali ake"):
        answer = kim.get(path_of(alice), query_string={"q": wanted}, htmx=True)
        assert f"?with={double.public_id}" in answer.text
        assert "<html" not in answer.text
    assert "Ingen annan med det namnet" in kim.get(f"{path_of(alice)}?q=zzz").text
    assert kim.get(f"{path_of(alice)}?with=nobodynobody").status_code == 200


def test_the_preview_says_line_by_line_what_happens_and_changes_nothing(
    kim, personas, make, alice, double
):
    network = make.network("Trä", slug="tra")
    make.membership(alice, network, at=NOW - timedelta(days=400))
    make.membership(double, network, role="moderator")
    make.membership(double, personas.network)
    for person in (alice, double):
        make.relation(person, "consultant", began_on=date(2020, 1, 1))
    make.relation(double, "alumnus", began_on=date(2021, 1, 1))
    before = dump()
    text = main_of(considered(kim, alice, double))
    assert dump() == before
    assert "Det går inte att ångra" in text
    both = ["1 flyttar", "1 som båda har sparas en gång"]
    told = {what: re.findall(r"<li>([^<]+)</li>", rest) for what, rest in LINE.findall(text)}
    assert told["Medlemskap"] == told["Relationer till organisationer"] == both
    assert told["E-postadresser"] == ["1 flyttar"]
    assert "Trä: ett medlemskap, sedan 2025-10-19 (moderator)." in text.replace("Mod", "mod")
    assert "Konsult, Kundidat: räknas en gång, från 2020-01-01." in text
    assert "Mejl går till alice@example.com." in text
    assert "Tas från den andra, eftersom det är tomt här: texten om personen." in text


@BOTH
def test_two_become_one_with_all_that_both_had(kim, personas, make, alice, double, htmx):
    network = make.network("Trä", slug="tra")
    make.membership(alice, network, at=NOW - timedelta(days=400))
    make.membership(double, network, role="moderator")
    make.membership(double, personas.network)
    make.relation(alice, "consultant", began_on=date(2020, 1, 1))
    make.relation(double, "consultant", began_on=date(2019, 1, 1))
    make.relation(double, "alumnus", began_on=date(2021, 1, 1))
    gone, gone_public_id = double.id, double.public_id
    answer = merge(kim, alice, double, htmx=htmx)
    where = answer.headers["HX-Redirect" if htmx else "Location"]
    assert where == f"/admin/people/{alice.public_id}"
    assert "De två är en nu: Alice Åkerlund." in kim.get(where).text
    assert not is_there(gone)
    kept = person_of(alice)
    assert (kept.name, kept.about) == ("Alice Åkerlund", "Bygger hus.")
    owned = session().scalars(select(EmailAddress).where(EmailAddress.person_id == alice.id))
    assert {one.address: one.is_primary for one in owned} == {
        "alice@example.com": True,
        "alice@home.example.net": False,
    }
    mine = select(Membership).where(Membership.person_id == alice.id)
    current = session().scalars(mine.where(Membership.ended_at.is_(None))).all()
    assert sorted((one.network_id, one.role) for one in current) == [
        (network.id, "moderator"),
        (personas.network.id, "member"),
    ]
    assert session().scalars(mine.where(Membership.ended_as == "merged")).one()
    assert session().get(Network, network.id, populate_existing=True).member_count == 1
    assert [(one.kind, one.began_on.year) for one in standing(alice)] == [
        ("consultant", 2019),
        ("alumnus", 2021),
    ]
    assert len(relations(alice)) == 3  # the one that counts no longer can still be read
    # The page of the one who is gone leads to the one who stays.
    for address in (f"/admin/people/{gone_public_id}", f"/people/{gone_public_id}"):
        assert kim.get(address).headers["Location"].endswith(f"/people/{alice.public_id}")


def test_it_is_logged_and_told_at_every_address_that_either_had(
    kim, personas, alice, double, mailbox
):
    known = {"person_id": alice.id, "by_id": personas.kim.id}
    merge(kim, alice, double)
    assert facts("PersonsMerged") == [("PersonsMerged", known)]
    told = [mail for mail in mailbox.all() if mail.subject == "Nu är du en och samma person här"]
    assert sorted(mail.address for mail in told) == ["alice@example.com", "alice@home.example.net"]


def test_either_address_signs_in_to_the_one(kim, personas, alice, double, mailbox):
    with unit_of_work():
        for person in (alice, double):
            open_account(session().get_one(Person, person.id), "sv", NOW)
    theirs = personas.browser(double)
    assert is_in(theirs)
    number = alice.id
    merge(kim, alice, double)
    assert not is_in(theirs)
    for address in ("alice@example.com", "alice@home.example.net"):
        browser = Browser(personas.app)
        mail = asked(browser, mailbox, address)
        assert browser.post("/sign-in/code", {"code": code_in(mail)}).status_code == 303
        assert "Alice Åkerlund" in browser.get("/account").text
    assert is_there(number)


def test_the_other_one_may_be_who_stays(kim, alice, double):
    gone = alice.id
    answer = merge(kim, alice, double, stays=double)
    assert answer.headers["Location"] == f"/admin/people/{double.public_id}"
    assert not is_there(gone)
    assert person_of(double).name == "Alice Akerlund"


@BOTH
def test_when_something_changed_since_the_preview_nothing_is_done(kim, make, alice, double, htmx):
    seen = SEEN.search(considered(kim, alice, double).text)[1]
    make.relation(double, "alumnus")
    before = dump()
    answer = merge(kim, alice, double, seen=seen, htmx=htmx)
    assert "/merge?with=" in answer.headers["HX-Redirect" if htmx else "Location"]
    assert dump() == before
    assert "Något om dem har ändrats under tiden" in considered(kim, alice, double).text
    assert merge(kim, alice, double).status_code == 303
    assert len(standing(alice)) == 1


def test_without_a_preview_nothing_is_done(kim, alice, double):
    before = dump()
    for seen in ("", "0" * 32):
        assert merge(kim, alice, double, seen=seen).status_code == 303
    assert dump() == before


def test_a_second_click_finds_that_it_is_done(kim, alice, double):
    seen = SEEN.search(considered(kim, alice, double).text)[1]
    form = {"with": double.public_id, "stays": alice.public_id, "seen": seen}
    path = path_of(alice)
    assert kim.post(path, form).status_code == 303
    assert kim.post(path, form).status_code == 404
    assert len(facts("PersonsMerged")) == 1


@pytest.mark.parametrize("statement", [3, 12, 30, 45])
def test_what_is_cut_off_in_the_middle_never_happened(kim, make, alice, double, statement):
    make.relation(double, "alumnus")
    make.membership(double, make.network())
    seen = SEEN.search(considered(kim, alice, double).text)[1]
    before, written = dump(), []

    def cut(_connection, _cursor, text, *_rest):
        if text.startswith(("UPDATE", "DELETE", "INSERT")):
            written.append(text)
            if len(written) == statement:
                raise ConnectionAbortedError

    event.listen(db.engine, "before_cursor_execute", cut)
    try:
        form = {"with": double.public_id, "stays": alice.public_id, "seen": seen}
        kim.client.post(path_of(alice), data={"csrf_token": kim.token} | form)
    finally:
        event.remove(db.engine, "before_cursor_execute", cut)
    assert len(written) >= statement
    assert dump() == before


@BOTH
def test_a_stale_session_is_asked_first_who_it_is(kim, alice, double, htmx):
    seen = SEEN.search(considered(kim, alice, double).text)[1]
    with clock.stopped_at(NOW + RECENT):
        form = {"with": double.public_id, "stays": alice.public_id, "seen": seen}
        answer = kim.post(path_of(alice), form, htmx=htmx)
        where = answer.headers["HX-Redirect" if htmx else "Location"]
        assert where.startswith("/account/proof?next=")
        page = kim.get(f"{path_of(alice)}?with={double.public_id}")
        assert page.headers["Location"].startswith("/account/proof?next=/admin/people/")
    assert is_there(double.id)


def test_neither_oneself_nor_one_with_oneself(kim, personas, alice):
    for one, other in ((alice, personas.kim), (personas.kim, alice), (alice, alice)):
        page = considered(kim, one, other).text
        assert 'name="seen"' not in page
        assert 'class="notice' in page
        form = {"with": other.public_id, "stays": one.public_id, "seen": "0" * 32}
        assert kim.post(path_of(one), form).status_code == 303
    assert is_there(alice.id)
    assert is_there(personas.kim.id)


@BOTH
def test_others_merge_nobody(personas, alice, double, htmx):
    for who in (personas.mona, personas.bob):
        browser = personas.browser(who)
        assert browser.get(path_of(alice), htmx=htmx).status_code == 404
        form = {"with": double.public_id, "stays": alice.public_id, "seen": "x"}
        assert browser.post(path_of(alice), form, htmx=htmx).status_code == 404
    assert is_there(double.id)


def test_the_preview_costs_the_same_however_much_there_is(kim, make, alice, double, count_queries):
    def cost():
        with count_queries() as count:
            assert considered(kim, alice, double).status_code == 200
        return count.total

    few = cost()
    for number in range(12):
        network = make.network()
        for person in (alice, double):
            make.membership(person, network)
        make.relation(
            double,
            "consultant",
            began_on=date(1990 + number, 1, 1),
            ended_on=date(1990 + number, 6, 1),
        )
    assert cost() == few <= 14

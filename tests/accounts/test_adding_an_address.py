"""One more address: it is one's own when the mailed code or link comes back, and not before."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.accounts.jobs import clear
from portal.accounts.models import AddressRequest
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.models import Affiliation, EmailAddress, Organisation
from portal.people.policy import MOST_ADDRESSES
from portal.people.queries import addresses_of
from tests.accounts.addresses import every_address, give, held, link_in
from tests.accounts.walk import code_in, enter, is_in, latest, race, wrong
from tests.conftest import NOW
from tests.support.browser import Browser, without_token

NEW = "alice@home.example.net"
PATH = "/account/addresses/new"
CODE = "/account/addresses/code"
NO_LONGER = "Den koden gäller inte längre."


def asked(browser, mailbox, address=NEW, **more):
    """Ask to add an address, and return the mail that comes."""
    answer = browser.post(PATH, {"email": address}, **more)
    assert answer.status_code in (303, 204), answer.text
    return latest(mailbox)


def state():
    session().rollback()
    columns = (AddressRequest.tries, AddressRequest.used_at, AddressRequest.superseded_at)
    return [tuple(row) for row in session().execute(select(*columns))]


@pytest.mark.parametrize("htmx", [False, True])
def test_a_code_that_comes_back_adds_the_address(alice, personas, mailbox, htmx):
    answer = alice.post(PATH, {"email": NEW}, htmx=htmx)
    where = "HX-Redirect" if htmx else "Location"
    assert answer.headers[where] == CODE
    assert NEW in alice.get(CODE).text
    mail = latest(mailbox)
    assert (mail.address, mail.subject.split()[0]) == (NEW, code_in(mail))
    assert held(personas.alice) == ["alice@example.com"]
    answer = alice.post(CODE, {"code": code_in(mail)}, htmx=htmx)
    assert answer.headers[where] == "/account/addresses"
    assert held(personas.alice) == ["alice@example.com", NEW]
    page = alice.get("/account/addresses").text
    assert NEW in page
    assert "Adressen är din" in page


def test_one_signs_in_with_any_verified_address_and_with_no_other(
    alice, personas, browser, mailbox
):
    mail = asked(alice, mailbox)
    assert browser.post("/sign-in", {"email": NEW}).status_code == 303
    assert latest(mailbox).subject == "Vill du vara med?"
    alice.post(CODE, {"code": code_in(mail)})
    with clock.stopped_at(NOW + timedelta(hours=2)):
        enter(browser, mailbox, NEW)
    assert "Alice Åkerlund" in browser.get("/account").text


def test_the_primary_address_is_told(alice, mailbox):
    alice.post(CODE, {"code": code_in(asked(alice, mailbox))})
    [told] = mailbox.to("alice@example.com")
    assert told.subject == "En adress har lagts till i ditt konto"
    assert NEW in told.text
    assert "Var det inte du?" in told.text


@pytest.mark.parametrize("htmx", [False, True])
def test_the_link_adds_it_too_and_opening_it_uses_nothing_up(alice, personas, mailbox, htmx):
    link = link_in(asked(alice, mailbox))
    before = state()
    for _time in range(2):
        assert "<button" in alice.get(link).text
        assert alice.client.head(link).status_code == 200
    assert state() == before
    answer = alice.post(link, htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == "/account/addresses"
    assert held(personas.alice) == ["alice@example.com", NEW]


def test_the_link_is_of_use_only_where_the_same_person_is_signed_in(
    alice, personas, browser, mailbox
):
    link = link_in(asked(alice, mailbox))
    assert browser.get(link).headers["Location"].startswith("/sign-in?next=/account/addresses/link")
    assert browser.post(link).status_code == 303
    bob = personas.browser(personas.bob)
    known, unknown = bob.get(link), bob.get("/account/addresses/link/nosuchid2345/" + "0" * 40)
    assert (known.status_code, unknown.status_code) == (404, 404)
    assert bob.post(link).status_code == 404
    assert held(personas.bob) == ["bob@example.com"]


@pytest.mark.parametrize("htmx", [False, True])
def test_once_newest_only_for_fifteen_minutes_with_five_tries(alice, personas, mailbox, htmx):
    first = asked(alice, mailbox, "one@home.example.net")
    second = asked(alice, mailbox, "two@home.example.net")
    assert alice.post(link_in(first), htmx=htmx).status_code == 422
    with clock.stopped_at(NOW + timedelta(minutes=15)):
        answer = alice.post(CODE, {"code": code_in(second)}, htmx=htmx)
        assert answer.status_code == 422
        assert NO_LONGER in answer.text
        assert alice.post(link_in(second)).status_code == 422
    third = asked(alice, mailbox, "three@home.example.net")
    for _try in range(5):
        answer = alice.post(CODE, {"code": wrong(code_in(third))}, htmx=htmx)
        assert "Det är inte koden" in answer.text
    assert NO_LONGER in alice.post(CODE, {"code": code_in(third)}, htmx=htmx).text
    fourth = asked(alice, mailbox, "four@home.example.net")
    assert alice.post(CODE, {"code": code_in(fourth)}, htmx=htmx).status_code in (303, 204)
    assert held(personas.alice) == ["alice@example.com", "four@home.example.net"]
    [gone] = [one for one in addresses_of(personas.alice.id) if not one.is_primary]
    alice.post(f"/account/addresses/{gone.public_id}/removal")
    assert alice.post(link_in(fourth), htmx=htmx).status_code == 422
    assert held(personas.alice) == ["alice@example.com"]


def test_a_new_code_can_be_asked_for(alice, personas, mailbox):
    first = asked(alice, mailbox)
    assert alice.post("/account/addresses/code/renewal").headers["Location"] == CODE
    second = latest(mailbox)
    assert (second.address, second.id != first.id) == (NEW, True)
    assert alice.post(link_in(first)).status_code == 422
    assert alice.post(link_in(second)).status_code == 303


def test_the_code_of_one_person_adds_nothing_to_another(alice, personas, mailbox):
    mail = asked(alice, mailbox)
    bob = personas.browser(personas.bob)
    assert bob.get(CODE).headers["Location"] == "/account/addresses"
    assert bob.post(CODE, {"code": code_in(mail)}).headers["Location"] == "/account/addresses"
    bob.post(PATH, {"email": "bob@home.example.net"})
    assert bob.post(CODE, {"code": code_in(mail)}).status_code == 422
    assert held(personas.bob) == ["bob@example.com"]


@pytest.mark.parametrize("htmx", [False, True])
def test_an_address_of_somebody_else_gets_the_same_answer_and_never_joins(
    alice, personas, mailbox, count_queries, htmx
):
    assert personas.bob
    alice.get("/about")
    seen = []
    for address in ("bob@example.com", "nobody@example.com"):
        with count_queries() as count:
            answer = alice.post(PATH, {"email": address}, htmx=htmx)
        mailbox.all()
        page = without_token(alice.get(CODE).text.replace(address, "ADDRESS"))
        shapes = [statement.split("(")[0][:30] for statement in count.statements]
        wrong_code = alice.post(CODE, {"code": "000000"}, htmx=htmx)
        body = without_token(wrong_code.text.replace(address, "ADDRESS"))
        seen.append((answer.status_code, answer.headers.get("Location"), shapes, page, body))
    assert seen[0] == seen[1]
    [mail] = mailbox.to("bob@example.com")
    assert mail.subject == "Adressen har redan ett konto"
    assert "Alice" not in mail.text + mail.html
    assert "/account/addresses/link/" not in mail.text + mail.html
    assert held(personas.alice) == ["alice@example.com"]


def test_an_address_that_somebody_else_took_in_the_meantime_is_not_added(
    alice, personas, mailbox, make
):
    mail = asked(alice, mailbox)
    make.person("Somebody", address=NEW)
    answer = alice.post(CODE, {"code": code_in(mail)})
    assert answer.status_code == 422
    assert held(personas.alice) == ["alice@example.com"]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("address", ["", "x", "a@b", "ALICE@example.com", "<script>@x"])
def test_what_can_not_be_added_is_refused_at_the_field(alice, mailbox, htmx, address):
    answer = alice.post(PATH, {"email": address}, htmx=htmx)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "<script>@x" not in answer.text
    assert ("<h1>" in answer.text) is not htmx
    assert mailbox.all() == []


def test_there_is_an_end_to_how_many(alice, personas):
    for number in range(MOST_ADDRESSES - 1):
        give(personas.alice, f"a{number}@home.example.net")
    assert "Du har 10 adresser" in alice.get("/account/addresses").text
    assert alice.get(PATH).status_code == 200
    assert alice.post(PATH, {"email": NEW}).status_code == 422


def test_twenty_may_be_asked_for_in_a_day_and_one_address_is_written_to_five_times(
    portal, personas
):
    alice = personas.browser(personas.alice)
    codes = [alice.post(PATH, {"email": NEW}).status_code for _time in range(6)]
    assert codes == [303] * 5 + [429]
    codes = [alice.post(PATH, {"email": f"a{n}@home.example.net"}).status_code for n in range(15)]
    assert codes == [303] * 14 + [429]


def test_two_people_who_add_one_address_at_once_give_it_to_one(portal, personas, mailbox):
    links = []
    for person in (personas.alice, personas.bob):
        browser = personas.browser(person)
        links.append((browser, link_in(asked(browser, mailbox))))

    def prepare(number):
        browser, link = links[number]
        return lambda: browser.post(link).status_code

    assert sorted(race(portal, 2, prepare)) == [303, 422]
    assert list(every_address()).count(NEW) == 1


def test_an_unverified_address_counts_nowhere(portal, personas, browser, mailbox):
    """Such as one that was written down for somebody before they came."""
    give(personas.alice, NEW)
    with unit_of_work() as work:
        row = work.query(EmailAddress).filter_by(address=NEW).one()
        row.verified_at = None
    page = personas.browser(personas.alice).get("/account/addresses").text
    assert NEW not in page
    browser.post("/sign-in", {"email": NEW})
    assert latest(mailbox).subject == "Vill du vara med?"
    newcomer = Browser(portal)
    with clock.stopped_at(NOW + timedelta(hours=2)):
        enter(newcomer, mailbox, NEW, name="Nya Nilsson")
        assert is_in(newcomer)
        assert "Nya Nilsson" in newcomer.get("/account").text
    assert held(personas.alice) == ["alice@example.com"]


def test_where_one_belongs_follows_from_the_address(alice, personas, mailbox):
    alice.post(CODE, {"code": code_in(asked(alice, mailbox, "alice@nordbygg.se"))})
    session().rollback()
    mine = select(Affiliation.key).where(Affiliation.person_id == personas.alice.id)
    assert "domain:nordbygg.se" in session().scalars(mine).all()


def test_an_address_at_work_is_said_to_be_one(personas, make):
    with unit_of_work():
        session().add(Organisation(name="Nordbygg", kind="customer", domain="nordbygg.se"))
    worker = make.person("Wilma Work", address="wilma@lab.nordbygg.se")
    page = personas.browser(worker).get("/account/addresses").text
    assert "På jobbet: Nordbygg" in page
    assert "Lägg till en privat adress innan den här slutar fungera" in page
    give(worker, "wilma@home.example.net")
    page = personas.browser(worker).get("/account/addresses").text
    assert "Lägg till en privat adress" not in page
    assert "Gör en privat till huvudadress" in page


def test_the_page_asks_four_times_however_many_addresses(personas, count_queries):
    few = personas.browser(personas.bob)
    for number in range(8):
        give(personas.alice, f"a{number}@home.example.net")
    many = personas.browser(personas.alice)
    for browser in (few, many):
        browser.get("/about")
        with count_queries() as count:
            assert browser.get("/account/addresses").status_code == 200
        assert count.total <= 4, count.statements


def test_nothing_is_kept_of_a_request_after_a_month(alice, mailbox):
    asked(alice, mailbox)
    with clock.stopped_at(NOW + timedelta(days=31)), unit_of_work():
        clear()
    session().rollback()
    assert session().scalar(select(func.count()).select_from(AddressRequest)) == 0

"""Another primary address: asked for by who is signed in, confirmed from both mailboxes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import PrimaryChange
from portal.accounts.policy import CHANGE_LIFE
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.models import EmailAddress, Person
from tests.accounts.addresses import give, held, link_in
from tests.accounts.walk import race
from tests.conftest import NOW
from tests.support.browser import Browser

OLD, NEW = "alice@example.com", "alice@home.example.net"


@pytest.fixture
def other(personas):
    return give(personas.alice, NEW)


@pytest.fixture
def alice(personas, other):
    return personas.browser(personas.alice)


def begun(alice, other, mailbox, **more):
    """Begin the change; return the links in the mails to the old and to the new address."""
    answer = alice.post(f"/account/addresses/{other}/primary", **more)
    assert answer.status_code in (303, 204), answer.text
    return tuple(link_in(mailbox.to(address)[-1]) for address in (OLD, NEW))


def states():
    session().rollback()
    columns = (
        PrimaryChange.old_confirmed_at,
        PrimaryChange.new_confirmed_at,
        PrimaryChange.done_at,
    )
    return [
        tuple(bool(cell) for cell in row)
        for row in session().execute(select(*columns).order_by(PrimaryChange.id))
    ]


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("first", [0, 1])
def test_it_is_done_when_both_have_confirmed_without_signing_in(
    portal, personas, alice, other, mailbox, htmx, first
):
    links = begun(alice, other, mailbox, htmx=htmx)
    reader = Browser(portal)
    page = reader.get(links[first])
    assert OLD in page.text
    assert NEW in page.text
    answer = reader.post(links[first], htmx=htmx)
    after = answer if htmx else reader.get(answer.headers["Location"])
    assert "En bekräftelse återstår" in after.text
    assert held(personas.alice) == [OLD, NEW]
    answer = Browser(portal).post(links[1 - first], htmx=htmx)
    after = answer if htmx else reader.get(answer.headers["Location"])
    assert "Klart: båda adresserna är bekräftade" in after.text
    assert held(personas.alice) == [NEW, OLD]


def test_both_are_told_and_mails_go_to_the_new_one(portal, alice, other, mailbox):
    for link in begun(alice, other, mailbox):
        Browser(portal).post(link)
    told = mailbox.to(OLD)[-1]
    assert told.subject == "Din huvudadress har ändrats"
    assert "Du kan fortfarande logga in med den" in told.text
    told = mailbox.to(NEW)[-1]
    assert told.subject == "Din huvudadress har ändrats"
    assert NEW in told.text
    with clock.stopped_at(NOW + timedelta(hours=2)):
        alice.post("/account/proof/mail")
        assert "visar att det är du" in mailbox.to(NEW)[-1].subject


def test_each_mail_says_where_the_other_one_went_and_whom_to_ask(alice, other, mailbox):
    begun(alice, other, mailbox)
    old, new = mailbox.to(OLD)[-1], mailbox.to(NEW)[-1]
    assert old.subject == new.subject == "Bekräfta din nya huvudadress"
    assert f"skickat till {NEW}" in old.text
    assert f"skickat till {OLD}" in new.text
    assert link_in(old) != link_in(new)
    assert "evil" not in old.text


def test_the_page_says_what_waits_and_what_to_do_when_the_old_one_can_not_be_read(
    portal, alice, other, mailbox
):
    page = alice.get(f"/account/addresses/{other}/primary")
    assert f"Kan du inte läsa {OLD} längre?" in page.text
    links = begun(alice, other, mailbox)
    Browser(portal).post(links[1])
    page = alice.get("/account/addresses").text
    assert "Två mejl väntar på dig" in page
    assert "Inte bekräftad än" in page
    assert f"Kan du inte läsa {OLD} längre?" in page


def test_opening_the_links_confirms_nothing(portal, personas, alice, other, mailbox):
    links = begun(alice, other, mailbox)
    scanner = Browser(portal)
    for link in links * 2:
        assert "<button" in scanner.get(link).text
        assert scanner.client.head(link).status_code == 200
    assert states() == [(False, False, False)]
    assert held(personas.alice) == [OLD, NEW]


@pytest.mark.parametrize("htmx", [False, True])
def test_one_mailbox_alone_changes_nothing_however_often_it_confirms(
    portal, personas, alice, other, mailbox, htmx
):
    old, _new = begun(alice, other, mailbox)
    for _time in range(3):
        assert Browser(portal).post(old, htmx=htmx).status_code == (200 if htmx else 303)
    assert states() == [(True, False, False)]
    assert held(personas.alice) == [OLD, NEW]


@pytest.mark.parametrize(
    ("minutes", "done"), [(59, True), (60, False), (61, False), (24 * 60, False)]
)
def test_the_links_work_for_an_hour(portal, personas, alice, other, mailbox, minutes, done):
    assert timedelta(hours=1) == CHANGE_LIFE
    links = begun(alice, other, mailbox)
    with clock.stopped_at(NOW + timedelta(minutes=minutes)):
        codes = [Browser(portal).post(link).status_code for link in links]
        assert codes == ([303, 303] if done else [422, 422])
        text = Browser(portal).get(links[0]).text
    assert ("gäller inte längre" in text) is not done
    assert held(personas.alice)[0] == (NEW if done else OLD)


@pytest.mark.parametrize("htmx", [False, True])
def test_only_the_newest_change_can_be_confirmed(portal, personas, alice, other, mailbox, htmx):
    first = begun(alice, other, mailbox)
    second = begun(alice, other, mailbox)
    for link in first:
        answer = Browser(portal).post(link, htmx=htmx)
        assert answer.status_code == 422
        assert "Länken gäller inte längre" in answer.text
    for link in second:
        Browser(portal).post(link)
    assert held(personas.alice) == [NEW, OLD]


def test_a_change_can_be_taken_back(portal, personas, alice, other, mailbox):
    links = begun(alice, other, mailbox)
    assert alice.post("/account/addresses/change/withdrawal").status_code == 303
    assert "Två mejl väntar" not in alice.get("/account/addresses").text
    assert [Browser(portal).post(link).status_code for link in links] == [422, 422]
    assert held(personas.alice) == [OLD, NEW]


def test_what_is_done_stays_done_when_a_link_is_opened_again(
    portal, personas, alice, other, mailbox
):
    links = begun(alice, other, mailbox)
    for link in links + links:
        assert Browser(portal).post(link).status_code == 303
    assert "Klart" in Browser(portal).get(links[0]).text
    assert held(personas.alice) == [NEW, OLD]
    assert len(mailbox.to(OLD)) == 2 + 1  # added, asked, told once


@pytest.mark.parametrize("spoil", [lambda v: v[:-1], lambda v: v + "0", lambda _v: "å" * 40])
def test_a_link_with_another_secret_is_no_page(portal, alice, other, mailbox, spoil):
    base, _slash, secret = begun(alice, other, mailbox)[0].rpartition("/")
    reader = Browser(portal)
    for answer in (reader.get(f"{base}/{spoil(secret)}"), reader.post(f"{base}/{spoil(secret)}")):
        assert answer.status_code == 404
    assert reader.get(f"/account/addresses/confirmation/nosuchid2345/{secret}").status_code == 404


def test_an_address_that_is_gone_or_a_suspension_ends_the_change(
    portal, personas, alice, other, mailbox
):
    links = begun(alice, other, mailbox)
    with unit_of_work():
        session().get_one(Person, personas.alice.id).suspended_at = NOW
    assert [Browser(portal).post(link).status_code for link in links] == [404, 404]
    with unit_of_work():
        session().get_one(Person, personas.alice.id).suspended_at = None
    alice.post(f"/account/addresses/{other}/removal")
    assert [Browser(portal).post(link).status_code for link in links] == [404, 404]
    assert held(personas.alice) == [OLD]


def test_both_mailboxes_at_once_make_one_primary(portal, personas, alice, other, mailbox):
    links = begun(alice, other, mailbox)

    def prepare(number):
        reader = Browser(portal)
        reader.get(links[number % 2])
        return lambda: reader.post(links[number % 2]).status_code

    assert race(portal, 6, prepare) == [303] * 6
    session().rollback()
    primaries = select(EmailAddress.address).where(
        EmailAddress.person_id == personas.alice.id, EmailAddress.is_primary
    )
    assert session().scalars(primaries).all() == [NEW]
    assert states() == [(True, True, True)]


def test_an_address_that_goes_while_it_is_confirmed_is_told(
    portal, personas, alice, other, mailbox
):
    """The row of the change goes with it: whoever confirms at that moment gets no error."""
    links = begun(alice, other, mailbox)
    Browser(portal).post(links[0])

    def prepare(number):
        if number:
            reader = Browser(portal)
            reader.get(links[1])
            return lambda: reader.post(links[1]).status_code
        return lambda: alice.post(f"/account/addresses/{other}/removal").status_code

    found = sorted(race(portal, 4, prepare), key=str)
    assert set(found) <= {303, 403, 404, 422}, found
    assert held(personas.alice) in ([OLD], [NEW, OLD])


def test_the_primary_one_can_not_be_made_primary(alice, personas):
    session().rollback()
    query = select(EmailAddress.public_id).where(EmailAddress.address == OLD)
    first = session().scalars(query).one()
    assert "redan din huvudadress" in alice.get(f"/account/addresses/{first}/primary").text
    assert alice.post(f"/account/addresses/{first}/primary").status_code == 403


def test_ten_changes_may_be_begun_in_a_day(alice, other):
    codes = [alice.post(f"/account/addresses/{other}/primary").status_code for _time in range(11)]
    assert codes == [303] * 10 + [429]


def test_the_links_are_made_of_the_configured_address(alice, other, mailbox):
    evil = {"base_url": "http://evil.example"}
    alice.client.set_cookie(
        "session", alice.client.get_cookie("session").value, domain="evil.example"
    )
    alice.get("/about", **evil)
    assert alice.post(f"/account/addresses/{other}/primary", **evil).status_code == 303
    for address in (OLD, NEW):
        mail = mailbox.to(address)[-1]
        assert link_in(mail)
        assert "evil.example" not in mail.text + mail.html

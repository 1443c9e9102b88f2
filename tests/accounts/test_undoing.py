"""The former primary address is told of a change, and can undo it: whoever did it is shut out."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.actions import undo_change, undo_secret
from portal.accounts.models import Account, Passkey, PrimaryChange, UserSession
from portal.accounts.policy import SUSPECT, UNDO_LIFE
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.decisions import NotAllowed
from tests.accounts.addresses import give, held, link_in
from tests.accounts.walk import GOOD_PASSWORD, enter, is_in, race
from tests.conftest import NOW
from tests.support.browser import Browser

OLD, NEW, LONG_HELD = "alice@example.com", "thief@home.example.net", "alice@private.example.net"


@pytest.fixture
def thief(personas):
    """A browser of Alice's that somebody else sits at; all her addresses but one are old."""
    with clock.stopped_at(NOW - timedelta(days=100)):
        give(personas.alice, LONG_HELD)
    browser = personas.browser(personas.alice)
    browser.post("/account/password", {"password": GOOD_PASSWORD})
    return browser


@pytest.fixture
def changed(portal, personas, thief, mailbox):
    """The thief has made an address of theirs the primary one; the link to undo it."""
    other = give(personas.alice, NEW)
    thief.post(f"/account/addresses/{other}/primary")
    for link in [link_in(mailbox.to(address)[-1]) for address in (OLD, NEW)]:
        assert Browser(portal).post(link).status_code == 303
    assert held(personas.alice)[0] == NEW
    return link_in(mailbox.to(OLD)[-1])


def passkeys():
    session().rollback()
    return session().scalars(select(Passkey.name).order_by(Passkey.id)).all()


def test_the_mail_leads_to_a_page_that_says_what_happens(portal, changed, mailbox):
    mail = mailbox.to(OLD)[-1]
    assert mail.subject == "Din huvudadress har ändrats"
    assert changed in mail.html
    page = Browser(portal).get(changed)
    assert page.status_code == 200
    assert OLD in page.text
    assert NEW in page.text
    assert "Det var inte jag" in page.text


@pytest.mark.parametrize("htmx", [False, True])
def test_whoever_reads_the_former_address_undoes_it(
    portal, personas, thief, changed, mailbox, htmx
):
    reader = Browser(portal)
    answer = reader.post(changed, htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == "/sign-in"
    assert "Det är ångrat" in reader.get("/sign-in").text
    assert not is_in(reader)
    assert not is_in(thief)
    assert held(personas.alice) == [OLD, LONG_HELD]
    assert session().get_one(Account, personas.alice.id).password_hash is None
    subjects = [mail.subject for mail in mailbox.to(OLD)]
    assert "Ändringen av din huvudadress ångrades" in subjects
    log = enter(Browser(portal), mailbox, OLD).get("/account/log").text
    assert "Ändringen av din huvudadress ångrades" in log


def test_the_address_that_was_put_in_lets_nobody_in_any_more(portal, personas, changed, mailbox):
    Browser(portal).post(changed)
    thief = Browser(portal)
    thief.post("/sign-in", {"email": NEW})
    assert "/sign-in/link" not in mailbox.to(NEW)[-1].text
    answer = thief.post("/sign-in/password", {"email": OLD, "password": GOOD_PASSWORD})
    assert answer.status_code == 422


def test_ways_in_that_had_just_been_added_go_and_older_ones_stay(portal, personas, changed):
    with unit_of_work() as work:
        for name, at in (("old", NOW - SUSPECT - timedelta(minutes=1)), ("new", NOW)):
            work.add(passkey(personas.alice.id, name, at))
    Browser(portal).post(changed)
    assert passkeys() == ["old"]


def passkey(person_id, name, at):
    return Passkey(
        public_id=f"passkey-{name}",
        person_id=person_id,
        name=name,
        credential_id=name,
        public_key=b"key",
        sign_count=0,
        may_sync=False,
        is_synced=False,
        added_at=at,
    )


def test_the_act_itself_asks_whether_it_is_late(personas, changed):
    """The page has asked before; whoever calls the act from elsewhere need not remember to."""
    assert changed
    change = session().scalars(select(PrimaryChange)).one()
    with pytest.raises(NotAllowed), unit_of_work():
        undo_change(change, NOW + UNDO_LIFE)
    assert held(personas.alice)[0] == NEW


def test_opening_the_link_undoes_nothing(portal, personas, thief, changed):
    scanner = Browser(portal)
    for _time in range(3):
        assert "<button" in scanner.get(changed).text
        assert scanner.client.head(changed).status_code == 200
    assert held(personas.alice)[0] == NEW
    assert is_in(thief)


@pytest.mark.parametrize(
    ("later", "undone"), [(UNDO_LIFE - timedelta(seconds=1), True), (UNDO_LIFE, False)]
)
def test_the_link_works_for_three_days(portal, personas, changed, later, undone):
    assert timedelta(days=3) == UNDO_LIFE
    with clock.stopped_at(NOW + later):
        reader = Browser(portal)
        assert reader.get(changed).status_code == (200 if undone else 303)
        reader.post(changed)
        page = reader.get("/sign-in").text
    assert ("Länken gäller inte längre" in page) is not undone
    assert held(personas.alice)[0] == (OLD if undone else NEW)


def test_it_works_once_and_twice_at_once_is_once(portal, personas, changed):
    def prepare(_number):
        reader = Browser(portal)
        reader.get(changed)
        return lambda: reader.post(changed).status_code

    assert race(portal, 4, prepare) == [303] * 4
    assert held(personas.alice) == [OLD, LONG_HELD]
    reader = Browser(portal)
    assert reader.get(changed).headers["Location"] == "/sign-in"
    assert "Länken gäller inte längre" in reader.get("/sign-in").text


def test_a_later_change_does_not_save_the_thief(portal, personas, thief, changed, mailbox):
    third = give(personas.alice, "thief@third.example.net")
    thief.post(f"/account/addresses/{third}/primary")
    for address in (NEW, "thief@third.example.net"):
        Browser(portal).post(link_in(mailbox.to(address)[-1]))
    [theirs] = [link_in(mailbox.to(NEW)[-1])]
    assert held(personas.alice)[0] == "thief@third.example.net"
    Browser(portal).post(changed)
    assert held(personas.alice) == [OLD, LONG_HELD]
    Browser(portal).post(theirs)
    assert held(personas.alice) == [OLD, LONG_HELD]


def test_after_it_was_undone_another_change_is_mailed_and_works(portal, personas, changed, mailbox):
    """The rows of the first change are gone, and their numbers are given out again."""
    Browser(portal).post(changed)
    alice, other = personas.browser(personas.alice), give(personas.alice, "alice@home.example.net")
    alice.post(f"/account/addresses/{other}/primary")
    for address in (OLD, "alice@home.example.net"):
        assert Browser(portal).post(link_in(mailbox.to(address)[-1])).status_code == 303
    assert held(personas.alice)[0] == "alice@home.example.net"


def test_no_other_link_undoes_it(portal, personas, changed, mailbox):
    base, _slash, secret = changed.rpartition("/")
    confirmed = re.sub("/undoing/", "/confirmation/", changed)
    for path in (f"{base}/{secret[:-1]}", f"{base}/å", changed.replace(base, base[:-1] + "x")):
        answer = Browser(portal).post(path)
        assert answer.headers["Location"] == "/sign-in", path
    assert Browser(portal).post(confirmed).status_code == 404
    assert held(personas.alice)[0] == NEW


def test_a_change_that_waits_can_not_be_undone(portal, personas, thief, mailbox):
    other = give(personas.alice, NEW)
    thief.post(f"/account/addresses/{other}/primary")
    session().rollback()
    change = session().scalars(select(PrimaryChange)).one()
    path = f"/account/addresses/undoing/{change.public_id}/{undo_secret(change)}"
    assert Browser(portal).post(path).status_code == 303
    assert Browser(portal).get(path).status_code == 303
    assert is_in(thief)
    assert session().query(UserSession).filter(UserSession.ended_at.is_(None)).count() >= 1

"""One mailbox, one account: another spelling neither makes a second one nor opens the first (CHECKS C10)."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.actions import confirm_address, receive_person
from portal.people.models import EmailAddress, Person
from portal.people.queries import person_by_address
from tests.accounts.addresses import held
from tests.accounts.walk import code_in, latest
from tests.kernel.test_mailboxes import OTHERS, SAME
from tests.support.browser import Browser

ALICE = "alice@example.com"


def people():
    session().rollback()
    return session().scalar(select(func.count()).select_from(Person))


@pytest.mark.parametrize("address", SAME)
def test_signing_up_with_another_spelling_makes_no_second_person(personas, mailbox, address):
    assert personas.alice
    before = people()
    browser = Browser(personas.app)
    answer = browser.post("/sign-up", {"name": "Somebody Else", "email": address})
    assert answer.status_code in (303, 422)
    if answer.status_code == 303:
        mail = latest(mailbox)
        assert mail.address == ALICE
        browser.post("/sign-in/code", {"code": code_in(mail)})
        assert "Alice Åkerlund" in browser.get("/account").text
    assert people() == before


@pytest.mark.parametrize("address", OTHERS)
def test_a_look_alike_never_opens_or_learns_of_the_account(personas, mailbox, address):
    """Not even where its mailbox is real: no mail about Alice goes there, no code for her."""
    assert personas.alice
    browser = Browser(personas.app)
    for path, form in (("/sign-in", {}), ("/sign-up", {"name": "Lisa Lik"})):
        answer = browser.post(path, {"email": address, **form})
        if answer.status_code == 303:
            mail = latest(mailbox)
            assert mail.address != ALICE
            assert "Alice" not in mail.text
            if form:
                browser.post("/sign-in/code", {"code": code_in(mail)})
                assert "Alice Åkerlund" not in browser.get("/account").text
    assert mailbox.to(ALICE) == []


@pytest.mark.parametrize("address", [one for one in SAME if "\0" not in one])
def test_adding_another_spelling_of_ones_own_adds_nothing(personas, address):
    alice = personas.browser(personas.alice)
    assert alice.post("/account/addresses/new", {"email": address}).status_code == 422
    assert held(personas.alice) == [ALICE]


@pytest.mark.parametrize("address", [one for one in SAME if "\0" not in one])
def test_whatever_writes_an_address_down_meets_the_same_wall(personas, address):
    """An import, a command, an organisation's sign-in: none of them goes by the form."""
    alice = personas.alice.id
    assert person_by_address(address).id == alice
    with pytest.raises(IntegrityError), unit_of_work():
        confirm_address(receive_person("Somebody", clock.now()), address, clock.now())
    session().rollback()
    assert session().scalar(select(func.count()).select_from(EmailAddress)) == 1


def test_the_mail_goes_to_the_address_as_its_owner_wrote_it(make, browser, mailbox):
    make.person("Alva", address="Alva.Alm@Example.com")
    browser.post("/sign-in", {"email": "alva.alm@example.com"})
    assert latest(mailbox).address == "Alva.Alm@Example.com"


def test_a_name_that_runs_the_other_way_is_kept_apart(personas, make):
    person = make.person("\u202eGnidnats \u202d", address="rtl@example.com")
    browser = personas.browser(person)
    assert "<bdi>\u202eGnidnats" in browser.get("/account").text

"""A visitor joins with name and address, and proves the address with a code."""

import pytest
from sqlalchemy import func, select

from portal.accounts import actions
from portal.accounts.models import Account, SignInRequest
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.models import EmailAddress, Person, Relation
from tests.accounts.walk import asked, code_in, enter, is_in, link_in, race
from tests.support.browser import Browser


def count(model: type) -> int:
    session().rollback()
    return session().scalar(select(func.count()).select_from(model)) or 0


def test_a_visitor_joins_with_name_and_address(browser, mailbox):
    mail = asked(browser, mailbox, "stina@example.com", name="Stina Öberg")
    assert "Välkommen" in mail.text
    assert code_in(mail) in mail.subject
    answer = browser.post("/sign-in/code", {"code": code_in(mail)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Stina Öberg" in browser.get("/account").text


def test_a_new_person_has_an_open_candidate_relation(browser, mailbox):
    enter(browser, mailbox, "stina@example.com", name="Stina Öberg")
    relation = session().scalars(select(Relation)).one()
    assert (relation.kind, relation.ended_on, relation.source) == ("candidate", None, "sign-up")
    assert relation.purpose
    assert relation.legal_basis


def test_nobody_exists_before_the_address_is_proved(browser, mailbox):
    asked(browser, mailbox, "stina@example.com", name="Stina Öberg")
    assert count(Person) == 0


def test_joining_works_by_the_link_too(browser, mailbox):
    mail = asked(browser, mailbox, "stina@example.com", name="Stina Öberg")
    phone = Browser(browser.app)
    phone.get(link_in(mail))
    assert phone.post(link_in(mail)).status_code == 303
    assert is_in(phone)


@pytest.mark.parametrize(
    "address", ["alice@example.com", "ALICE@Example.COM", " alice@example.com "]
)
def test_joining_with_a_known_address_just_signs_in(browser, mailbox, personas, address):
    name = personas.alice.name
    before = count(Person)
    enter(browser, mailbox, address, name="Somebody Else")
    assert count(Person) == before
    assert name in browser.get("/account").text


def test_the_mail_to_a_known_address_does_not_use_the_typed_name(browser, mailbox, personas):
    assert personas.alice
    mail = asked(browser, mailbox, "alice@example.com", name="Köp billigt nu")
    assert "Köp billigt" not in mail.text + mail.html + mail.subject


def test_joining_keeps_the_language_and_where_one_was_going(browser, mailbox):
    browser.post("/language", {"lang": "en"})
    mail = asked(browser, mailbox, "stina@example.com", name="Stina", next="/terms?a=1")
    assert mail.subject.endswith("is your code")
    answer = browser.post("/sign-in/code", {"code": code_in(mail)})
    assert answer.headers["Location"] == "/terms?a=1"
    assert session().scalars(select(Account)).one().language == "en"


@pytest.mark.parametrize("htmx", [False, True])
def test_what_was_typed_comes_back_with_what_is_wrong(browser, htmx):
    answer = browser.post("/sign-up", {"name": "", "email": "<script>@"}, htmx=htmx)
    assert answer.status_code == 422
    assert "Skriv ditt namn." in answer.text
    assert "&lt;script&gt;@" in answer.text
    assert "<script>@" not in answer.text
    assert ("<h1>" in answer.text) is not htmx


def test_a_name_with_markup_is_shown_as_text(browser, mailbox):
    enter(browser, mailbox, "stina@example.com", name="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in browser.get("/account").text


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "a@b",
        "a@@example.com",
        "a b@example.com",
        "@example.com",
        "a" * 250 + "@example.com",
    ],
)
def test_what_is_no_address_is_refused_in_plain_words(browser, mailbox, address):
    assert browser.post("/sign-up", {"name": "Stina", "email": address}).status_code == 422
    assert mailbox.all() == []


def test_an_address_with_swedish_letters_in_its_domain_is_written_for_mail_servers(
    browser, mailbox
):
    enter(browser, mailbox, "info@Bågar.example.com", name="Stina")
    kept = session().scalars(select(EmailAddress)).one()
    assert kept.address == "info@xn--bgar-qoa.example.com"


def test_eight_browsers_that_race_with_one_link_make_one_person(portal, mailbox):
    link = link_in(asked(Browser(portal), mailbox, "stina@example.com", name="Stina"))

    def prepare(_number):
        racer = Browser(portal)
        racer.get(link)
        return lambda: racer.post(link).status_code

    assert sorted(race(portal, 8, prepare)) == [303] + [422] * 7
    assert count(Person) == count(EmailAddress) == count(Account) == 1


def test_two_requests_for_one_address_that_are_used_at_once_make_one_person(portal, make):
    make.host()
    with unit_of_work():
        asked_for = [
            actions.ask_to_sign_in("stina@example.com", "sv", clock.now(), name="Stina")
            for _time in range(2)
        ]
        asked_for[0].superseded_at = None  # as if the second came while the first was being used
        ids = [one.id for one in asked_for]

    def prepare(number):
        def use():
            with unit_of_work():
                asked = session().get_one(SignInRequest, ids[number])
                code = actions.code_of(asked)
                return type(actions.enter_by_code(asked, code, "H", "B", clock.now())).__name__

        return use

    assert race(portal, 2, prepare) == ["Entrance", "Entrance"]
    assert count(Person) == count(EmailAddress) == count(Account) == 1

"""Signing in at one's organisation, against a certified provider: who comes in, as whom."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select, update

from portal.accounts.models import Identity, SpentState, UserSession
from portal.accounts.policy import STATE_LIFE
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.models import EmailAddress, Person, Relation
from tests.accounts.walk import cookie, enter, is_in, with_cookie
from tests.support.browser import Browser
from tests.support.organisation import Organisation, running
from tests.support.settings import set_to

START = "/sign-in/with/acme"


@pytest.fixture(scope="module")
def acme() -> Iterator[Organisation]:
    """The organisation, running."""
    with running("http://127.0.0.1:5000") as organisation:
        yield organisation


@pytest.fixture
def organisation(acme, portal):
    """The organisation, taken by the portal, at the time that it is there."""
    with set_to(portal, providers=(acme.provider,)), clock.stopped_at(datetime.now(UTC)):
        yield acme


def back(browser, location, **options):
    """Come back from the organisation."""
    parts = urlsplit(location)
    return browser.get(f"{parts.path}?{parts.query}", **options)


def come(browser, organisation, login, *, start=START, **changed):
    """Walk all the way: there, in, and back."""
    leaving = browser.get(start)
    assert leaving.status_code == 303, leaving.text
    return back(browser, organisation.sign_in(leaving.headers["Location"], login, **changed))


def identities():
    session().rollback()
    return session().scalars(select(Identity).order_by(Identity.id)).all()


def people():
    session().rollback()
    return session().scalars(select(Person.name).order_by(Person.id)).all()


def told(browser, path="/about"):
    return browser.get(path).text


def test_the_question_carries_state_nonce_and_pkce(organisation, browser):
    leaving = browser.get(f"{START}?next=/networks")
    asked = parse_qs(urlsplit(leaving.headers["Location"]).query)
    assert leaving.headers["Location"].startswith(organisation.provider.issuer)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["code_challenge"][0]) == 43
    assert len(asked["state"][0]) >= 43
    assert len(asked["nonce"][0]) >= 32
    assert asked["scope"] == ["openid email profile"]
    assert asked["redirect_uri"] == ["http://127.0.0.1:5000/sign-in/with/acme/arrival"]
    again = parse_qs(urlsplit(Browser(browser.app).get(START).headers["Location"]).query)
    for name in ("state", "nonce", "code_challenge"):
        assert asked[name] != again[name]


def test_a_verified_address_that_is_known_joins_that_account(
    organisation, personas, browser, mailbox
):
    before = [personas.alice.name]
    answer = come(browser, organisation, "alice", start=f"{START}?next=/networks")
    assert answer.headers["Location"] == "/networks"
    assert "Alice Åkerlund" in told(browser)
    assert people() == before
    [identity] = identities()
    assert (identity.person_id, identity.subject) == (personas.alice.id, "alice")
    assert [mail.subject for mail in mailbox.to("alice@example.com")] == [
        "En organisations inloggning kopplades till ditt konto"
    ]
    way = session().scalars(select(UserSession.way)).one()
    assert way == "organisation"


def test_the_second_time_one_is_known_by_subject_whatever_the_address(
    organisation, personas, browser, portal
):
    assert personas.alice
    come(browser, organisation, "alice")
    with unit_of_work() as work:
        work.execute(update(EmailAddress).values(address="a@b.example", folded="a@b.example"))
    other = Browser(portal)
    come(other, organisation, "alice")
    assert "Alice Åkerlund" in told(other)
    assert len(identities()) == len(people()) == 1


def test_somebody_new_becomes_a_person_with_a_candidate_relation(organisation, browser):
    answer = come(browser, organisation, "nora")
    assert answer.headers["Location"] == "/"
    assert people() == ["Nora <b>Ny</b>"]
    assert "Nora &lt;b&gt;Ny&lt;/b&gt;" in told(browser)
    relation = session().scalars(select(Relation)).one()
    assert (relation.kind, relation.source) == ("candidate", "sign-up")
    address = session().scalars(select(EmailAddress)).one()
    assert address.address == "nora@example.com"
    assert address.verified_at is not None


def test_somebody_new_without_a_name_is_called_by_their_address(organisation, browser):
    come(browser, organisation, "nils")
    assert people() == ["Nils Holm"]


@pytest.mark.parametrize("login", ["ulla", "silent", "nobody"])
def test_an_unverified_address_never_joins_an_account(organisation, personas, browser, login):
    before = [personas.alice.name]
    answer = come(browser, organisation, login)
    assert answer.headers["Location"] == f"{START}/unproved"
    page = browser.get(f"{START}/unproved")
    assert "En sak först" in page.text
    assert 'href="/sign-in?next=/account/organisations"' in page.text
    assert not is_in(browser)
    assert people() == before
    assert identities() == []


def test_after_signing_in_by_code_the_unverified_one_is_linked_by_hand(
    organisation, personas, browser, mailbox, portal
):
    assert personas.alice
    come(browser, organisation, "ulla")
    enter(browser, mailbox, "alice@example.com")
    answer = come(browser, organisation, "ulla", start="/account/organisations/acme/link")
    assert answer.headers["Location"] == "/account/organisations/confirmation"
    assert identities() == []
    page = browser.get("/account/organisations/confirmation").text
    assert "alice@example.com" in page
    answer = browser.post("/account/organisations/confirmation")
    assert answer.headers["Location"] == "/account/organisations"
    assert [one.person_id for one in identities()] == [personas.alice.id]
    other = Browser(portal)
    come(other, organisation, "ulla")
    assert "Alice Åkerlund" in told(other)


def test_a_sign_in_that_belongs_to_another_is_not_linked(organisation, personas, browser, portal):
    assert personas.alice
    come(browser, organisation, "alice")
    bob = personas.browser(personas.bob)
    come(bob, organisation, "alice", start="/account/organisations/acme/link")
    bob.post("/account/organisations/confirmation")
    assert "hör till ett annat konto" in told(bob, "/account/organisations")
    assert [one.person_id for one in identities()] == [personas.alice.id]


def test_nothing_is_linked_by_coming_back_alone(organisation, personas):
    """An attacker can make a browser fetch addresses, but not press the button of the page."""
    bob = personas.browser(personas.bob)
    come(bob, organisation, "nora", start="/account/organisations/acme/link")
    bob.get("/account/organisations/confirmation")
    assert identities() == []
    assert bob.post("/account/organisations/confirmation", token="").status_code == 400
    assert identities() == []


def test_what_was_asked_for_one_session_is_not_linked_in_another(organisation, personas, mailbox):
    bob = personas.browser(personas.bob)
    leaving = bob.get("/account/organisations/acme/link")
    answer = organisation.sign_in(leaving.headers["Location"], "nora")
    bob.post("/sign-out")
    assert back(bob, answer).headers["Location"] == "/sign-in"
    assert identities() == []


@pytest.mark.parametrize("htmx", [False, True])
def test_one_unlinks_it_and_it_opens_nothing_more(
    organisation, personas, browser, mailbox, portal, htmx
):
    assert personas.alice
    come(browser, organisation, "alice")
    [identity] = identities()
    path = f"/account/organisations/{identity.public_id}/removal"
    assert "Acme &amp; Co" in told(browser, "/account/organisations")
    assert personas.browser(personas.bob).post(path).status_code == 404
    answer = browser.post(path, htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    assert identities() == []
    assert browser.post(path, htmx=htmx).status_code == 404
    assert mailbox.to("alice@example.com")[-1].subject.startswith("En organisations inloggning")


def test_the_last_way_in_is_never_unlinked(organisation, personas, browser):
    assert personas.alice
    come(browser, organisation, "alice")
    with unit_of_work() as work:
        work.execute(update(EmailAddress).values(verified_at=None, is_primary=False))
    [identity] = identities()
    page = told(browser, "/account/organisations")
    assert "Det här är din enda väg in." in page
    assert "/removal" not in page
    assert browser.post(f"/account/organisations/{identity.public_id}/removal").status_code == 403
    assert len(identities()) == 1


def test_a_second_step_is_asked_for_here_too(organisation, personas, browser):
    from tests.accounts.second_steps import app_code, turned_on

    turned_on(personas.browser(personas.alice))
    answer = come(browser, organisation, "alice", start=f"{START}?next=/networks")
    assert answer.headers["Location"] == "/sign-in/second-step"
    assert not is_in(browser)
    answer = browser.post("/sign-in/second-step", {"code": app_code(1)})
    assert answer.headers["Location"] == "/networks"
    assert is_in(browser)


def test_somebody_suspended_is_kept_out(organisation, personas, browser):
    suspended = update(Person).where(Person.id == personas.alice.id)
    with unit_of_work() as work:
        work.execute(suspended.values(suspended_at=clock.now()))
    assert come(browser, organisation, "alice").headers["Location"] == "/sign-in"
    assert not is_in(browser)
    assert identities() == []


def test_the_session_is_new_and_ends_what_the_browser_held(organisation, personas, browser):
    assert personas.alice
    leaving = browser.get(START)
    planted = cookie(browser)
    back(browser, organisation.sign_in(leaving.headers["Location"], "alice"))
    assert is_in(browser)
    assert cookie(browser) != planted
    assert not is_in(with_cookie(browser, planted))


def test_the_buttons_stand_on_the_pages_for_signing_in(organisation, browser):
    for path in ("/sign-in", "/sign-in/password"):
        page = told(browser, f"{path}?next=/networks")
        assert f'href="{START}?next=/networks"' in page
        assert "Logga in med Acme &amp; Co" in page


def test_states_are_kept_no_longer_than_they_can_be_used(organisation, personas, browser):
    from portal.accounts.jobs import clear_ways_in

    assert personas.alice
    come(browser, organisation, "alice")
    with clock.stopped_at(clock.now() + STATE_LIFE * 200), unit_of_work():
        clear_ways_in()
    assert session().scalars(select(SpentState)).all() == []

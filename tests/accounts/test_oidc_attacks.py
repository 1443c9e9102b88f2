"""What is not taken from an organisation: forged, copied, late and changed answers; and when it is down."""

import re
from contextlib import ExitStack
from datetime import timedelta
from urllib.parse import quote

import pytest
from requests.adapters import HTTPAdapter

from portal.accounts.policy import STATE_LIFE
from portal.config import Provider
from portal.kernel import clock
from portal.kernel.db import session
from tests.accounts.test_next import DECENT, HOSTILE
from tests.accounts.test_oidc import (  # noqa: F401 - fixtures
    START,
    acme,
    back,
    come,
    identities,
    organisation,
    people,
    told,
)
from tests.accounts.walk import cookie, is_in, with_cookie
from tests.support.browser import Browser
from tests.support.organisation import free_port, running
from tests.support.settings import set_to

SIGN_IN = "/sign-in"


def refused(browser, answer):
    assert answer.status_code == 303
    assert answer.headers["Location"] == SIGN_IN
    assert not is_in(browser)
    assert identities() == []
    page = told(browser, SIGN_IN)
    [words] = re.findall(r'notice--error">([^<]+)<', page)
    return words


def answered(organisation, browser, login="alice", **changed):  # noqa: F811
    leaving = browser.get(START)
    return organisation.sign_in(leaving.headers["Location"], login, **changed)


@pytest.fixture
def alice(personas):
    return personas.alice


@pytest.mark.parametrize("state", ["", "x", "å" * 43, None])
def test_a_wrong_state_is_refused(organisation, alice, browser, state):  # noqa: F811
    location = answered(organisation, browser)
    new = "" if state is None else f"state={state}"
    words = refused(browser, back(browser, re.sub(r"state=[^&]+", new, location)))
    assert "började någon annanstans" in words
    assert back(browser, location).headers["Location"] == "/"  # the right answer still counts


def test_an_answer_to_another_browser_is_refused(organisation, alice, browser, portal):  # noqa: F811
    """Else somebody could sign others in as themselves, and read what they write."""
    location = answered(organisation, browser)
    victim = Browser(portal)
    refused(victim, back(victim, location))
    other = Browser(portal)
    other.get(START)
    refused(other, back(other, location))


def test_an_answer_works_once_even_with_a_copy_of_the_cookie(organisation, alice, browser):  # noqa: F811
    location = answered(organisation, browser)
    held = cookie(browser)
    assert back(browser, location).headers["Location"] == "/"
    for one in (Browser(browser.app), with_cookie(browser, held)):
        assert back(one, location).headers["Location"] == SIGN_IN
        assert not is_in(one)
    assert len(identities()) == 1


def test_a_changed_nonce_is_refused(organisation, alice, browser):  # noqa: F811
    location = answered(organisation, browser, nonce="an-attackers-own")
    assert "gick inte att använda" in refused(browser, back(browser, location))


def test_a_changed_challenge_is_refused(organisation, alice, browser):  # noqa: F811
    """PKCE: the code is worth nothing to whoever did not ask the question."""
    other = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    location = answered(organisation, browser, code_challenge=other)
    refused(browser, back(browser, location))


@pytest.mark.parametrize("code", ["x", "%00", "a" * 4000, "<script>"])
def test_a_made_up_code_is_refused(organisation, alice, browser, code):  # noqa: F811
    location = re.sub(r"code=[^&]+", f"code={code}", answered(organisation, browser))
    answer = back(browser, location)
    assert answer.status_code in (303, 400)
    assert not is_in(browser)


@pytest.mark.parametrize("issuer", ["iss=https%3A%2F%2Fevil.example", ""])
def test_an_answer_from_another_issuer_is_refused(organisation, alice, browser, issuer):  # noqa: F811
    location = re.sub(r"iss=[^&]+", issuer, answered(organisation, browser))
    refused(browser, back(browser, location))


def test_who_says_no_there_comes_back_kindly(organisation, alice, browser):  # noqa: F811
    leaving = browser.get(START)
    location = organisation.cancel(leaving.headers["Location"])
    assert "error=access_denied" in location
    words = refused(browser, back(browser, location))
    assert words == "Du sa nej hos Acme &amp; Co, så ingenting har hänt."


@pytest.mark.parametrize(("late", "works"), [(-2, True), (0, False)])
def test_one_may_be_away_ten_minutes(organisation, alice, browser, late, works):  # noqa: F811
    location = answered(organisation, browser)
    with clock.stopped_at(clock.now() + STATE_LIFE + timedelta(seconds=late)):
        back(browser, location)
    assert (len(identities()) == 1) is works


def test_a_head_request_uses_nothing_up(organisation, alice, browser):  # noqa: F811
    location = answered(organisation, browser)
    path = location.removeprefix("http://127.0.0.1:5000")
    assert browser.client.head(path).status_code == 303
    assert back(browser, location).headers["Location"] == "/"


@pytest.mark.parametrize("value", HOSTILE[::7] + DECENT[:4])
def test_next_leads_to_our_own_pages_only(organisation, alice, browser, value):  # noqa: F811
    answer = browser.get(f"{START}?next={quote(value)}")
    if answer.status_code == 400:
        return
    location = organisation.sign_in(answer.headers["Location"], "alice")
    where = back(browser, location).headers["Location"]
    assert where.startswith("/")
    assert not where.startswith(("//", "/\\"))
    assert "evil" not in where or value in DECENT


def test_an_organisation_we_do_not_know_does_not_exist(organisation, browser, personas):  # noqa: F811
    bob = personas.browser(personas.bob)
    for path in ("/sign-in/with/other", "/sign-in/with/other/arrival", "/sign-in/with/x/unproved"):
        assert browser.get(path).status_code == 404
    assert bob.get("/account/organisations/other/link").status_code == 404


def test_the_network_is_never_asked_while_a_transaction_is_open(
    organisation,  # noqa: F811
    alice,
    browser,
    monkeypatch,
):
    seen, real = [], HTTPAdapter.send

    def watch(self, request, *args, **options):
        seen.append(session().in_transaction())
        return real(self, request, *args, **options)

    monkeypatch.setattr(HTTPAdapter, "send", watch)
    location = answered(organisation, browser)
    seen.clear()
    assert back(browser, location).headers["Location"] == "/"
    assert len(seen) >= 2  # token, keys, userinfo
    assert not any(seen)


@pytest.fixture
def silent(portal):
    """An organisation whose sign-in does not answer."""
    issuer = f"http://127.0.0.1:{free_port()}"
    provider = Provider("acme", "Acme", issuer, "portal", "secret")
    with set_to(portal, providers=(provider,)):
        yield provider


def test_when_it_does_not_answer_one_is_told_and_can_come_in_another_way(silent, browser):
    answer = browser.get(f"{START}?next=/networks")
    assert answer.headers["Location"] == SIGN_IN
    page = told(browser, SIGN_IN)
    assert "Inloggningen hos Acme svarar inte." in page
    assert 'action="/sign-in"' in page


def test_one_that_does_not_answer_is_left_alone_for_a_while(silent, browser, monkeypatch):
    asked, real = [], HTTPAdapter.send

    def count(self, request, *args, **options):
        asked.append(request.url)
        return real(self, request, *args, **options)

    monkeypatch.setattr(HTTPAdapter, "send", count)
    for _time in range(3):
        browser.get(START)
    assert len(asked) == 1
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        browser.get(START)
    assert len(asked) == 2


def test_when_it_goes_down_on_the_way_one_is_told(alice, portal, browser):
    with ExitStack() as settings:
        with running("http://127.0.0.1:5000") as short_lived:
            settings.enter_context(set_to(portal, providers=(short_lived.provider,)))
            location = answered(short_lived, browser)
        assert "svarar inte" in refused(browser, back(browser, location))
    assert people() == ["Alice Åkerlund"]

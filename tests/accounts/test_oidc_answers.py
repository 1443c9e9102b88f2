"""An organisation's answer is believed only when it is signed, for us, fresh and to our question."""

from datetime import UTC, datetime, timedelta

import pytest
from joserfc.jwk import RSAKey

from portal.accounts.actions import forget_providers
from portal.accounts.policy import Claims, arrival
from portal.kernel import clock
from tests.accounts.liar import lying, nonce_of, state_of
from tests.accounts.test_oidc import identities, people, told
from tests.accounts.walk import cookie, is_in, with_cookie
from tests.support.settings import set_to

START = "/sign-in/with/acme"
ARRIVAL = f"{START}/arrival"


@pytest.fixture(scope="module")
def running():
    with lying() as liar:
        yield liar


@pytest.fixture
def liar(running, portal):
    running.__init__(running.issuer)
    with set_to(portal, providers=(running.provider,)), clock.stopped_at(datetime.now(UTC)):
        yield running


def come(browser, liar, more=""):
    """Go there and come back."""
    leaving = browser.get(START)
    assert "/auth?" in leaving.headers["Location"], told(browser, "/sign-in")
    liar.nonce = nonce_of(leaving.headers["Location"])
    return browser.get(f"{ARRIVAL}?code=c&state={state_of(leaving.headers['Location'])}{more}")


def refused(browser, liar, more=""):
    answer = come(browser, liar, more)
    assert answer.headers["Location"] == "/sign-in"
    assert not is_in(browser)
    assert identities() == []


def test_the_truth_is_believed(liar, browser):
    assert come(browser, liar).headers["Location"] == "/"
    assert is_in(browser)
    assert liar.asked == ["/.well-known/openid-configuration", "/token", "/jwks"]


def test_what_it_says_of_itself_is_kept_an_hour(liar, browser, portal):
    from tests.support.browser import Browser

    come(browser, liar)
    come(Browser(portal), liar)
    assert liar.asked.count("/.well-known/openid-configuration") == 1
    assert liar.asked.count("/jwks") == 1
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        Browser(portal).get(START)
    assert liar.asked.count("/.well-known/openid-configuration") == 2


HOUR = 3600


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another-client"},
        {"aud": None},
        {"aud": ["portal", "another"]},
        {"aud": ["portal", "another"], "azp": "another"},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
        {"nonce": None},
        {"nonce": "another"},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"nbf": 2**33},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
)
def test_claims_that_are_not_for_us_now_are_refused(liar, browser, claims):
    liar.claims = claims
    refused(browser, liar)


def test_an_unsigned_token_is_refused(liar, browser):
    liar.alg = "none"
    refused(browser, liar)


def test_a_token_signed_with_the_shared_secret_is_refused(liar, browser):
    liar.sign_with_our_secret()
    refused(browser, liar)
    liar.metadata = {"id_token_signing_alg_values_supported": ["HS256", "none"]}
    forget_providers()
    refused(browser, liar)


def test_a_token_signed_by_another_key_is_refused(liar, browser):
    liar.signing = RSAKey.generate_key(2048, {"kid": "one"})
    refused(browser, liar)


def test_a_new_key_is_fetched_once_a_minute_at_most(liar, browser, portal):
    from tests.support.browser import Browser

    come(browser, liar)
    liar.key = liar.signing = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        assert come(Browser(portal), liar).headers["Location"] == "/"
        assert liar.asked.count("/jwks") == 2
        liar.signing = RSAKey.generate_key(2048, {"kid": "three"})
        for _time in range(3):
            assert come(Browser(portal), liar).headers["Location"] == "/sign-in"
        assert liar.asked.count("/jwks") == 2


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/token", b""),
        ("/token", b"not json"),
        ("/token", b"[]"),
        ("/token", b'{"access_token": "a"}'),
        ("/token", b'{"access_token": "a", "id_token": 7}'),
        ("/token", b'{"id_token": "a.b.c"}'),
        ("/token", b"{" + b" " * 400_000 + b"}"),
        ("/jwks", b"{}"),
        ("/jwks", b'{"keys": 7}'),
        ("/jwks", b'{"keys": [{"kty": "odd"}]}'),
    ],
)
def test_noise_is_refused_and_breaks_nothing(liar, browser, path, body):
    liar.bodies = {path: body or b" "}
    refused(browser, liar)


@pytest.mark.parametrize("status", [301, 302, 307, 400, 403, 404, 429, 500, 503])
@pytest.mark.parametrize("path", ["/token", "/jwks"])
def test_errors_and_ways_elsewhere_are_refused(liar, browser, path, status):
    """A way elsewhere is not followed: it could lead into the house (CHECKS C11)."""
    liar.statuses = {path: status}
    refused(browser, liar)
    assert "/elsewhere" not in liar.asked


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"authorization_endpoint": "ftp://evil.example"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": 7},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": None},
    ],
)
def test_what_it_says_of_itself_is_checked(liar, browser, metadata):
    liar.metadata = metadata
    assert browser.get(START).headers["Location"] == "/sign-in"
    assert "gick inte att använda" in told(browser, "/sign-in")


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_sign_in_that_says_nothing_of_itself_is_told_kindly(liar, browser, status):
    liar.statuses = {"/.well-known/openid-configuration": status}
    assert browser.get(START).headers["Location"] == "/sign-in"
    assert "svarar inte" in told(browser, "/sign-in")


def test_one_that_is_too_slow_is_told_kindly(liar, browser, monkeypatch):
    from portal.accounts.actions.providers import careful

    monkeypatch.setattr(careful, "TIMEOUT", (0.2, 0.2))
    liar.pause = 0.6
    assert browser.get(START).headers["Location"] == "/sign-in"
    assert "svarar inte" in told(browser, "/sign-in")


def test_userinfo_about_somebody_else_is_refused(liar, browser):
    liar.claims = {"email": None}
    liar.userinfo = {"sub": "mallory", "email": "alice@example.com", "email_verified": True}
    refused(browser, liar)


def test_a_state_is_spent_even_when_they_take_a_code_twice(liar, browser):
    leaving = browser.get(START)
    held = cookie(browser)
    liar.nonce = nonce_of(leaving.headers["Location"])
    path = f"{ARRIVAL}?code=c&state={state_of(leaving.headers['Location'])}"
    assert browser.get(path).headers["Location"] == "/"
    copy = with_cookie(browser, held)
    assert copy.get(path).headers["Location"] == "/sign-in"
    assert not is_in(copy)
    assert liar.asked.count("/token") == 2


def test_thirty_arrivals_in_five_minutes_from_one_place_then_a_pause(liar, browser):
    liar.claims = {"aud": "another-client"}
    for _time in range(30):
        refused(browser, liar)
    assert come(browser, liar).status_code == 429


@pytest.mark.parametrize(
    ("verified", "joins"),
    [(True, True), ("true", True), (False, False), ("false", False), (None, False), (1, False)],
)
def test_only_a_verified_address_joins(liar, browser, personas, verified, joins):
    assert personas.alice
    liar.claims = {"email_verified": verified}
    come(browser, liar)
    assert is_in(browser) is joins
    assert people() == ["Alice Åkerlund"]


@pytest.mark.parametrize(
    "address",
    [
        "ALICE@EXAMPLE.COM",
        " alice@example.com ",
        "alice@example.com\u200b",
    ],
)
def test_the_same_mailbox_is_the_same_person(liar, browser, personas, address):
    assert personas.alice
    liar.claims = {"email": address}
    come(browser, liar)
    assert people() == ["Alice Åkerlund"]


@pytest.mark.parametrize(
    "address",
    [
        "alıce@example.com",
        "аlice@example.com",
        "alice@example.com, bob@example.com",
        "",
        "alice",
        7,
    ],
)
def test_what_only_looks_like_the_mailbox_is_not_that_person(liar, browser, personas, address):
    assert personas.alice
    liar.claims = {"email": address}
    come(browser, liar)
    assert "Alice Åkerlund" not in told(browser, "/account")


@pytest.mark.parametrize(
    "name", ["x" * 500, "<script>alert(1)</script>", "a\u202eb\r\nBcc: x@y.z", 7]
)
def test_a_name_is_one_decent_line(liar, browser, name):
    liar.claims = {"name": name}
    come(browser, liar)
    [kept] = people()
    assert 0 < len(kept) <= 120
    assert not set(kept) & set("\r\n\u202e")
    assert "<script>alert" not in told(browser, "/account")


@pytest.mark.parametrize(
    ("linked", "verified", "address", "known", "who"),
    [
        (True, False, None, False, "known"),
        (True, True, "a@b.se", True, "known"),
        (False, True, "a@b.se", True, "join"),
        (False, True, "a@b.se", False, "new"),
        (False, False, "a@b.se", True, "unproved"),
        (False, False, "a@b.se", False, "unproved"),
        (False, True, None, False, "unproved"),
    ],
)
def test_who_has_come_as_a_table(linked, verified, address, known, who):
    claims = Claims("https://i", "s", address, verified, "N")
    assert arrival(claims, is_linked=linked, address_is_known=known) == who

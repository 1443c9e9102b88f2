"""Step-up: before something that matters, show again who sits there (CHECKS A8)."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import select

from portal.accounts.models import ProofRequest, UserSession
from portal.accounts.policy import RECENT
from portal.kernel import clock
from portal.kernel.db import session
from tests.accounts.walk import GOOD_PASSWORD, code_in, cookie, is_in, latest, with_cookie, wrong
from tests.conftest import NOW
from tests.support.browser import Browser

LATER = NOW + RECENT
BACK = "/account/addresses/new"
PROOF = "/account/proof"
CODE = "/account/proof/code"


@pytest.fixture
def alice(personas):
    """Alice's browser, half an hour after she signed in; she has a password."""
    browser = personas.browser(personas.alice)
    browser.post("/account/password", {"password": GOOD_PASSWORD})
    with clock.stopped_at(LATER):
        yield browser


def where(answer, htmx=False):
    return answer.headers["HX-Redirect" if htmx else "Location"]


def asked(browser, mailbox, **form):
    assert browser.post(f"{PROOF}/mail", form).status_code == 303
    return latest(mailbox)


def test_one_comes_back_to_the_page_one_was_going_to(alice):
    answer = alice.get(BACK)
    assert where(answer) == f"{PROOF}?next={BACK}"
    page = alice.get(where(answer))
    assert f'name="next" value="{BACK}"' in page.text
    answer = alice.post(PROOF, {"password": GOOD_PASSWORD, "next": BACK})
    assert where(answer) == BACK
    assert alice.get(BACK).status_code == 200


@pytest.mark.parametrize("htmx", [False, True])
def test_the_password_proves_it(alice, htmx):
    answer = alice.post(PROOF, {"password": GOOD_PASSWORD}, htmx=htmx)
    assert where(answer, htmx) == "/account"
    assert alice.get(BACK).status_code == 200


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("password", ["", "x", GOOD_PASSWORD + " ", "x" * 300])
def test_a_wrong_password_proves_nothing(alice, htmx, password):
    answer = alice.post(PROOF, {"password": password, "next": BACK}, htmx=htmx)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{BACK}"' in answer.text
    assert ("<h1>" in answer.text) is not htmx
    assert alice.get(BACK).status_code == 303


@pytest.mark.parametrize("htmx", [False, True])
def test_a_mailed_code_proves_it(alice, mailbox, htmx):
    answer = alice.post(f"{PROOF}/mail", {"next": BACK}, htmx=htmx)
    assert where(answer, htmx) == f"{CODE}?next={BACK}"
    assert "alice@example.com" in alice.get(f"{CODE}?next={BACK}").text
    mail = latest(mailbox)
    assert mail.address == "alice@example.com"
    assert "/sign-in/link" not in mail.text + mail.html
    answer = alice.post(CODE, {"code": code_in(mail), "next": BACK}, htmx=htmx)
    assert where(answer, htmx) == BACK
    assert alice.get(BACK).status_code == 200


def test_the_code_works_once_for_fifteen_minutes_with_five_tries_and_is_the_newest(alice, mailbox):
    first, second = asked(alice, mailbox), asked(alice, mailbox)
    if code_in(first) != code_in(second):
        assert alice.post(CODE, {"code": code_in(first)}).status_code == 422
    with clock.stopped_at(LATER + timedelta(minutes=15)):
        answer = alice.post(CODE, {"code": code_in(second)})
        assert answer.status_code == 422
        assert "gäller inte längre" in answer.text
    third = asked(alice, mailbox)
    for _try in range(5):
        assert alice.post(CODE, {"code": wrong(code_in(third))}).status_code == 422
    assert alice.post(CODE, {"code": code_in(third)}).status_code == 422
    fourth = asked(alice, mailbox)
    assert alice.post(CODE, {"code": code_in(fourth)}).status_code == 303
    with clock.stopped_at(LATER + RECENT):
        assert where(alice.post(CODE, {"code": code_in(fourth)})) == PROOF


def test_the_code_proves_it_at_the_browser_that_asked_and_at_no_other(alice, personas, mailbox):
    with clock.stopped_at(NOW):
        others = [personas.browser(personas.alice), personas.browser(personas.bob)]
    mail = asked(alice, mailbox)
    for other in others:
        assert where(other.post(CODE, {"code": code_in(mail)})) == PROOF
        assert where(other.get(BACK)).startswith(PROOF)
    asked(others[0], mailbox)
    assert others[0].post(CODE, {"code": code_in(mail)}).status_code == 422


def test_a_code_to_sign_in_is_no_proof_and_the_other_way_round(alice, browser, mailbox):
    proof = asked(alice, mailbox)
    browser.post("/sign-in", {"email": "alice@example.com"})
    entry = latest(mailbox)
    if code_in(proof) != code_in(entry):
        assert alice.post(CODE, {"code": code_in(entry)}).status_code == 422
        assert browser.post("/sign-in/code", {"code": code_in(proof)}).status_code == 422


@pytest.mark.parametrize("by", ["password", "code"])
def test_a_proof_gives_the_browser_a_new_token_and_changes_nobody(alice, personas, mailbox, by):
    before, old = session_ids(), cookie(alice)
    if by == "password":
        alice.post(PROOF, {"password": GOOD_PASSWORD})
    else:
        alice.post(CODE, {"code": code_in(asked(alice, mailbox))})
    assert cookie(alice) != old
    assert not is_in(with_cookie(alice, old))
    assert "Alice Åkerlund" in alice.get("/account").text
    assert session_ids() == before


def test_a_proof_lasts_half_an_hour(alice):
    alice.post(PROOF, {"password": GOOD_PASSWORD})
    with clock.stopped_at(LATER + RECENT - timedelta(seconds=1)):
        assert alice.get(BACK).status_code == 200
    with clock.stopped_at(LATER + RECENT):
        assert alice.get(BACK).status_code == 303


def test_whoever_has_just_proved_it_is_led_on(alice):
    alice.post(PROOF, {"password": GOOD_PASSWORD})
    for path in (PROOF, CODE):
        assert where(alice.get(f"{path}?next={BACK}")) == BACK
        assert where(alice.get(path)) == "/account"


def test_without_a_password_a_code_is_the_way(personas, browser):
    bob = personas.browser(personas.bob)
    with clock.stopped_at(LATER):
        page = bob.get(PROOF)
        assert 'name="password"' not in page.text
        assert f'action="{PROOF}/mail"' in page.text
        assert bob.post(PROOF, {"password": "anything at all"}).status_code == 422
        assert where(bob.get(CODE)) == PROOF
        assert where(bob.get(f"{PROOF}/mail")) == PROOF
    for path in (PROOF, CODE):
        assert where(browser.get(path)) == f"/sign-in?next={path}"


def test_ten_wrong_passwords_and_five_codes_are_the_end_for_a_while(alice, personas):
    codes = [alice.post(PROOF, {"password": "wrong"}).status_code for _time in range(11)]
    assert codes == [422] * 10 + [429]
    with clock.stopped_at(NOW):
        elsewhere = personas.browser(personas.alice)
    headers = {"X-Forwarded-For": "9.9.9.9"}
    answer = elsewhere.post(PROOF, {"password": "wrong"}, headers=headers)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    codes = [alice.post(f"{PROOF}/mail").status_code for _time in range(6)]
    assert codes == [303] * 5 + [429]


@pytest.mark.parametrize("value", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_nobody_is_led_off_site(alice, mailbox, value):
    asked_for = f"?next={quote(value)}"
    assert "evil.example" not in alice.get(PROOF + asked_for).text.split("<main")[1]
    assert where(alice.post(f"{PROOF}/mail", {"next": value})) == CODE
    mail = latest(mailbox)
    assert where(alice.post(CODE, {"code": code_in(mail), "next": value})) == "/account"
    assert where(alice.get(PROOF + asked_for)) == "/account"


def test_opening_the_pages_writes_nothing(alice, mailbox, count_queries):
    asked(alice, mailbox)
    with count_queries() as count:
        for path in (PROOF, CODE, BACK):
            alice.get(path)
    assert all(statement.lstrip().startswith("SELECT") for statement in count.statements)


def test_the_code_itself_is_not_stored(alice, mailbox):
    code = code_in(asked(alice, mailbox))
    session().rollback()
    row = session().scalars(select(ProofRequest)).one()
    assert code not in str(vars(row))


def session_ids():
    session().rollback()
    query = select(UserSession.public_id, UserSession.person_id).order_by(UserSession.id)
    return [tuple(row) for row in session().execute(query)]


def test_a_fresh_sign_in_is_a_proof(personas):
    assert Browser(personas.app).sign_in(personas.bob).get(BACK).status_code == 200

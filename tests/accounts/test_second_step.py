"""The second step: turned on with an app, asked for on the way in, turned off; codes on paper."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.actions.second_step import code_at, secret_of
from portal.accounts.models import FirstStep, PrintedCode, SecondStep
from portal.accounts.policy import FIRST_STEP_LIFE, MOST_SECOND_TRIES, RECENT, STEP
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow
from tests.accounts.walk import (
    GOOD_PASSWORD,
    asked,
    code_in,
    cookie,
    is_in,
    link_in,
    race,
    with_cookie,
    wrong,
)
from tests.conftest import NOW
from tests.support.browser import Browser

MINE = "/account/second-step"
SECOND = "/sign-in/second-step"
ALICE = "alice@example.com"
PRINTED = re.compile(r"<li><code>([a-z2-9]{5}-[a-z2-9]{5})</code></li>")


def step_of(person_id):
    session().rollback()
    return session().get(SecondStep, person_id)


def the_one():
    """Return whose second step it is, where there is one."""
    session().rollback()
    return session().scalars(select(SecondStep.person_id)).one()


def app_code(steps=0):
    """Return what the app shows now, or some steps from now."""
    now = int(clock.now().timestamp()) // STEP
    return code_at(step_of(the_one()), now + steps)


def turned_on(browser):
    """Turn the second step on; returns the printed codes."""
    assert browser.post(f"{MINE}/beginning").status_code == 303
    answer = browser.post(f"{MINE}/setup", {"code": app_code()})
    assert answer.status_code == 200, answer.text
    return PRINTED.findall(answer.text)


def first_step(browser, mailbox, **form):
    """Take the first step with a mailed code."""
    mail = asked(browser, mailbox, ALICE, **form)
    answer = browser.post("/sign-in/code", {"code": code_in(mail)})
    assert answer.headers["Location"] == SECOND
    return browser


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


@pytest.fixture
def printed(alice):
    """Alice's printed codes; her second step is on."""
    return turned_on(alice)


@pytest.mark.parametrize("htmx", [False, True])
def test_it_is_turned_on_with_a_code_of_the_app(alice, htmx, mailbox):
    assert "Slå på det" in alice.get(MINE).text
    alice.post(f"{MINE}/beginning")
    page = alice.get(f"{MINE}/setup").text
    secret = secret_of(step_of(the_one()))
    assert " ".join(secret[at : at + 4] for at in range(0, 32, 4)) in page
    form = {"code": wrong(app_code())}
    refused = alice.post(f"{MINE}/setup", form, htmx=htmx)
    assert refused.status_code == 422
    assert 'id="code-error"' in refused.text
    assert step_of(the_one()).confirmed_at is None
    shown = app_code()
    answer = alice.post(f"{MINE}/setup", {"code": f" {shown[:3]} {shown[3:]} "}, htmx=htmx)
    assert answer.status_code == 200
    assert len(set(PRINTED.findall(answer.text))) == 10
    assert ("<h1>" in answer.text) is not htmx
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "10 av dem är oanvända." in alice.get(MINE).text
    assert mailbox.to(ALICE)[-1].subject == "Din inloggning har nu ett andra steg"


def test_the_picture_holds_the_same_secret_and_passes_the_content_policy(alice):
    alice.post(f"{MINE}/beginning")
    answer = alice.get(f"{MINE}/picture.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "style" not in answer.text
    assert "<script" not in answer.text
    turned_on(alice)
    assert alice.get(f"{MINE}/picture.svg").status_code == 404
    assert alice.get(f"{MINE}/setup").status_code == 303  # the secret is shown no more


def test_a_second_click_on_turn_on_makes_no_other_secret(alice):
    alice.post(f"{MINE}/beginning")
    first = step_of(the_one()).nonce
    alice.post(f"{MINE}/beginning")
    assert step_of(the_one()).nonce == first
    turned_on(alice)
    alice.post(f"{MINE}/beginning")
    assert step_of(the_one()).nonce == first
    assert step_of(the_one()).confirmed_at == NOW


def test_nothing_is_asked_for_before_it_is_confirmed(alice, portal, mailbox):
    alice.post(f"{MINE}/beginning")
    browser = Browser(portal)
    mail = asked(browser, mailbox, ALICE)
    assert browser.post("/sign-in/code", {"code": code_in(mail)}).headers["Location"] == "/"


def test_turning_it_on_signs_other_browsers_out(alice, personas):
    other = personas.browser(personas.alice)
    turned_on(alice)
    assert is_in(alice)
    assert not is_in(other)


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("way", ["code", "link", "password"])
def test_every_single_way_in_leads_to_the_second_step(portal, alice, mailbox, way, htmx):
    if way == "password":
        alice.post("/account/password", {"password": GOOD_PASSWORD})
    turned_on(alice)
    browser = Browser(portal)
    if way == "password":
        form = {"email": ALICE, "password": GOOD_PASSWORD, "next": "/about"}
        answer = browser.post("/sign-in/password", form, htmx=htmx)
    else:
        mail = asked(browser, mailbox, ALICE, next="/about")
        path, form = ("/sign-in/code", {"code": code_in(mail)}), {}
        if way == "link":
            path = (link_in(mail), form)
        answer = browser.post(*path, htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == SECOND
    assert not is_in(browser)
    held = cookie(browser)
    answer = browser.post(SECOND, {"code": app_code(1)}, htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == "/about"
    assert is_in(browser)
    assert not is_in(with_cookie(browser, held))


@pytest.mark.parametrize("htmx", [False, True])
def test_a_wrong_code_is_refused_at_the_field(printed, browser, mailbox, htmx):
    first_step(browser, mailbox)
    for typed in ("", wrong(app_code()), "12345", "x" * 300, "<script>"):
        answer = browser.post(SECOND, {"code": typed}, htmx=htmx)
        if answer.status_code == 422:
            assert 'id="code-error"' in answer.text
            assert "<script>" not in answer.text
        assert not is_in(browser)


@pytest.mark.parametrize(
    ("steps", "works"), [(-2, False), (-1, False), (0, False), (1, True), (2, False)]
)
def test_codes_of_the_neighbouring_steps_are_taken_but_none_twice(
    printed, browser, mailbox, steps, works
):
    """The code that turned it on was of this step: it, and any older one, is spent."""
    first_step(browser, mailbox)
    browser.post(SECOND, {"code": app_code(steps)})
    assert is_in(browser) is works


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_wrong_by_one_step(printed, browser, mailbox, steps):
    with clock.stopped_at(NOW + timedelta(minutes=5)):
        first_step(browser, mailbox)
        browser.post(SECOND, {"code": app_code(steps)})
        assert is_in(browser)


def test_the_same_code_does_not_let_two_in(portal, printed, mailbox):
    one, other = Browser(portal), Browser(portal)
    code = app_code(1)
    first_step(one, mailbox)
    first_step(other, mailbox)
    assert one.post(SECOND, {"code": code}).status_code == 303
    assert other.post(SECOND, {"code": code}).status_code == 422
    assert not is_in(other)


def test_a_rush_with_the_same_code_lets_one_in(portal, printed, browser, mailbox):
    first_step(browser, mailbox)
    browser.get(SECOND)
    code, held, token = app_code(1), cookie(browser), browser.token

    def prepare(_number):
        copy = with_cookie(browser, held)
        return lambda: copy.post(SECOND, {"code": code}, token=token).headers.get("Location")

    results = race(portal, 5, prepare)
    assert results.count("/") == 1, results


def test_five_wrong_codes_end_it_and_the_person_is_told(printed, browser, mailbox):
    first_step(browser, mailbox)
    bad = wrong(app_code(1))
    answers = [browser.post(SECOND, {"code": bad}) for _try in range(MOST_SECOND_TRIES)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [303]
    assert answers[-1].headers["Location"] == "/sign-in"
    assert "Logga in från början." in browser.get("/sign-in").text
    answer = browser.post(SECOND, {"code": app_code(1)})
    assert answer.headers["Location"] == "/sign-in"
    assert not is_in(browser)
    assert mailbox.to(ALICE)[-1].subject == "Någon försökte logga in som du"


def test_the_right_code_at_the_fifth_try_lets_in(printed, browser, mailbox):
    first_step(browser, mailbox)
    for _try in range(MOST_SECOND_TRIES - 1):
        browser.post(SECOND, {"code": wrong(app_code(1))})
    browser.post(SECOND, {"code": app_code(1)})
    assert is_in(browser)


def test_starting_over_gives_no_endless_tries(portal, printed, personas):
    """A stranger who knows the password is stopped, whatever address they come from."""
    answers = []
    for number in range(6):
        at = {"environ_base": {"REMOTE_ADDR": f"10.3.{number}.1"}}
        browser = Browser(portal)
        with unit_of_work() as work:
            taken = FirstStep(
                public_id=f"first{number}", person_id=personas.alice.id, way="code", created_at=NOW
            )
            work.add(taken)
        with browser.client.session_transaction() as held:
            held["first_step"] = f"first{number}"
        answers += [browser.post(SECOND, {"code": "0"}, **at).status_code for _try in range(4)]
    assert answers == [422] * 19 + [429] * 5  # one try was to turn it on


@pytest.mark.parametrize(("late", "works"), [(-1, True), (0, False)])
def test_a_first_step_waits_ten_minutes(printed, browser, mailbox, late, works):
    first_step(browser, mailbox)
    with clock.stopped_at(NOW + FIRST_STEP_LIFE + timedelta(seconds=late)):
        browser.post(SECOND, {"code": app_code()})
        assert is_in(browser) is works


def test_without_a_first_step_there_is_no_second(browser, alice):
    for one in (browser, alice):
        assert one.get(SECOND).headers["Location"] == "/sign-in"
        assert one.post(SECOND, {"code": "123456"}).headers["Location"] == "/sign-in"


@pytest.mark.parametrize("spelt", [str.upper, lambda code: code.replace("-", " "), str])
def test_a_printed_code_lets_in_once(portal, printed, browser, mailbox, spelt):
    first_step(browser, mailbox)
    page = browser.get(f"{SECOND}?with=printed").text
    assert 'name="with" value="printed"' in page
    form = {"code": spelt(printed[3]), "with": "printed"}
    assert browser.post(SECOND, form).status_code == 303
    assert is_in(browser)
    assert mailbox.to(ALICE)[-1].subject == "En utskriven kod användes"
    again = first_step(Browser(portal), mailbox)
    answer = again.post(SECOND, form)
    assert answer.status_code == 422
    assert "oanvända utskrivna koder" in answer.text
    assert not is_in(again)


@pytest.mark.parametrize("htmx", [False, True])
def test_new_printed_codes_take_the_place_of_the_old(portal, alice, printed, mailbox, htmx):
    answer = alice.post(f"{MINE}/codes", htmx=htmx)
    assert answer.status_code == 200
    fresh = PRINTED.findall(answer.text)
    assert len(set(fresh)) == 10
    assert not set(fresh) & set(printed)
    browser = first_step(Browser(portal), mailbox)
    assert browser.post(SECOND, {"code": printed[0]}).status_code == 422
    assert browser.post(SECOND, {"code": fresh[0]}).status_code == 303


@pytest.mark.parametrize("htmx", [False, True])
def test_turning_it_off_needs_a_code(portal, alice, printed, mailbox, htmx):
    for typed in ("", "000000", "aaaaa-aaaaa"):
        answer = alice.post(f"{MINE}/removal", {"code": typed}, htmx=htmx)
        assert answer.status_code == 422
        assert 'id="code-error"' in answer.text
    answer = alice.post(f"{MINE}/removal", {"code": app_code(1)}, htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    session().rollback()
    assert session().scalars(select(SecondStep)).all() == []
    assert session().scalars(select(PrintedCode)).all() == []
    assert mailbox.to(ALICE)[-1].subject == "Det andra steget stängdes av"
    browser = Browser(portal)
    mail = asked(browser, mailbox, ALICE)
    assert browser.post("/sign-in/code", {"code": code_in(mail)}).headers["Location"] == "/"


def test_a_printed_code_turns_it_off_when_the_phone_is_lost(alice, printed):
    assert alice.post(f"{MINE}/removal", {"code": printed[9]}).status_code == 303


def test_the_pages_want_a_fresh_proof(alice, printed):
    with clock.stopped_at(NOW + RECENT):
        for path in ("", "/setup", "/picture.svg", "/codes", "/removal", "/beginning"):
            assert alice.get(MINE + path).headers["Location"].startswith("/account/proof")
        for path in ("/setup", "/codes", "/removal", "/beginning"):
            answer = alice.post(MINE + path, {"code": printed[0]})
            assert answer.headers["Location"].startswith("/account/proof")
    assert step_of(the_one()) is not None


def test_where_it_is_off_its_forms_lead_back(alice):
    for path in ("/setup", "/codes", "/removal"):
        answer = alice.post(MINE + path, {"code": "123456"})
        assert answer.headers["Location"] == MINE
    for path in ("/beginning", "/codes", "/removal"):
        assert alice.get(MINE + path).headers["Location"] == MINE


def test_a_passkey_needs_no_second_step(portal, alice):
    from tests.accounts.device import Device
    from tests.accounts.test_passkeys import add, enter

    device = Device()
    add(alice, device)
    turned_on(alice)
    browser = Browser(portal)
    assert enter(browser, device).headers["Location"] == "/"
    assert is_in(browser)


def test_the_database_alone_opens_nothing(portal, alice, printed):
    """With another key the app's codes are others, and printed codes are kept as keyed digests."""
    step = step_of(the_one())
    code = code_at(step, 1)
    kept = session().scalars(select(PrintedCode.digest)).all()
    before = portal.config["SECRET_KEY"]
    portal.config["SECRET_KEY"] = "another-" * 5
    assert code_at(step, 1) != code
    portal.config["SECRET_KEY"] = before
    assert all(len(digest) == 64 for digest in kept)
    facts = session().scalars(select(FactRow.body)).all()
    assert not any(one in str(facts) for one in printed)


@pytest.fixture
def required(portal):
    """The portal, where staff must have a second step."""
    before = portal.extensions["settings"]
    portal.extensions["settings"] = replace(before, staff_second_step=True)
    yield
    portal.extensions["settings"] = before


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(("who", "page"), [("kim", "/admin"), ("mona", "/today")])
def test_where_it_is_required_staff_are_led_to_it_first(required, personas, who, page, htmx):
    browser = personas.browser(getattr(personas, who))
    answer = browser.get(page, htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == MINE
    assert "Dina sidor för personal" in browser.get(MINE).text
    turned_on(browser)
    assert browser.get(page).status_code == 200


def test_where_it_is_required_coordinators_decide_nothing_without(required, personas, make):
    make.membership(personas.bob, personas.network, state="asked")
    mona = personas.browser(personas.mona)
    for act in ("approval", "refusal"):
        path = f"/networks/bygg/requests/{personas.bob.public_id}/{act}"
        assert mona.post(path, {"reason": "Nej"}).headers["Location"] == MINE
    assert personas.browser(personas.alice).get("/networks").status_code == 200


@pytest.mark.parametrize(("who", "advised"), [("kim", True), ("mona", True), ("alice", False)])
def test_staff_are_advised_to_turn_it_on_and_nobody_is_stopped(personas, who, advised):
    browser = personas.browser(getattr(personas, who))
    assert ("Slå gärna på det andra steget" in browser.get(MINE).text) is advised
    assert browser.get("/admin").status_code == (200 if who == "kim" else 404)

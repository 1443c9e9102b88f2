"""What a passkey is not taken for: copies, replays, other sites, other browsers, late answers, noise."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from portal.accounts.models import Passkey
from portal.accounts.policy import CHALLENGE_LIFE
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow
from portal.people.models import Person
from tests.accounts.device import Device, b64
from tests.accounts.passkeys import add, asked, enter, kept
from tests.accounts.walk import cookie, is_in, race, with_cookie
from tests.conftest import NOW
from tests.support.browser import Browser

SIGN_IN = "/sign-in/passkey"


def refused(answer):
    assert answer.status_code == 422, answer.headers
    assert 'role="alert"' in answer.text
    return answer


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:8080"},
        {"rp_id": "evil.example"},
        {"verified": False},
    ],
)
def test_a_passkey_shown_to_another_site_or_by_somebody_unverified_is_refused(
    portal, alice, device, wrong, htmx
):
    for name, value in wrong.items():
        setattr(device, name, value)
    stranger = Browser(portal)
    refused(enter(stranger, device, htmx=htmx))
    assert not is_in(stranger)
    fresh = Device(**wrong)
    assert add(alice, fresh).status_code == 422
    assert len(kept()) == 1


def test_an_answer_from_within_another_sites_page_is_refused(portal, device):
    refused(enter(Browser(portal), device, crossOrigin=True))


def test_a_signature_by_another_key_is_refused(portal, device):
    forged = Device(credential_id=device.credential_id, user_key=device.user_key, counter=5)
    refused(enter(Browser(portal), forged))


def test_an_answer_works_once(portal, device):
    first, told = Browser(portal), None
    told = asked(first, SIGN_IN)
    held, form = cookie(first), {"credential": device.show(told)}
    assert first.post(SIGN_IN, form).status_code == 303
    copy = with_cookie(first, held)
    refused(copy.post(SIGN_IN, form))
    assert not is_in(copy)


def test_a_rush_with_one_answer_signs_in_once(portal, device):
    one = Browser(portal)
    form = {"credential": device.show(asked(one, SIGN_IN))}
    held, token = cookie(one), one.token

    def prepare(_number):
        copy = with_cookie(one, held)
        return lambda: copy.post(SIGN_IN, form, token=token).status_code

    results = race(portal, 6, prepare)
    assert sorted(map(str, results)) == ["303"] + ["422"] * 5


def test_an_answer_to_another_browsers_question_is_refused(portal, device):
    told = asked(Browser(portal), SIGN_IN)
    other = Browser(portal)
    asked(other, SIGN_IN)
    refused(other.post(SIGN_IN, {"credential": device.show(told)}))


def test_an_answer_to_another_purpose_is_refused(portal, alice, device):
    told = asked(alice, "/account/passkeys")
    told["rpId"] = told["rp"]["id"]
    refused(alice.post(SIGN_IN, {"credential": device.show(told)}))
    proof = asked(alice, "/account/proof/passkey")
    refused(alice.post(SIGN_IN, {"credential": device.show(proof)}))
    sign_in = asked(alice, SIGN_IN)
    answer = alice.post("/account/proof/passkey", {"credential": device.show(sign_in)})
    assert answer.headers["Location"].startswith("/account/proof")


@pytest.mark.parametrize(("late", "works"), [(-1, True), (0, False), (60, False)])
def test_an_answer_is_awaited_five_minutes(portal, device, late, works):
    assert timedelta(minutes=5) == CHALLENGE_LIFE
    one = Browser(portal)
    told = asked(one, SIGN_IN)
    with clock.stopped_at(NOW + CHALLENGE_LIFE + timedelta(seconds=late)):
        answer = one.post(SIGN_IN, {"credential": device.show(told)})
        assert (answer.status_code == 303) is works


@pytest.mark.parametrize("counter", [-1, 0])
def test_a_counter_that_goes_back_is_a_copy_and_is_told(portal, device, mailbox, counter):
    for _time in range(3):
        enter(Browser(portal), device)
    device.counter += counter - 1
    stranger = Browser(portal)
    answer = refused(enter(stranger, device))
    assert "kan vara kopierad" in answer.text
    assert not is_in(stranger)
    session().rollback()
    assert session().scalars(select(FactRow.name).where(FactRow.name == "PasskeyRefused")).all()
    assert mailbox.to("alice@example.com")[-1].subject == "En av dina passnycklar godtogs inte"


def test_a_device_that_does_not_count_is_taken_each_time(portal, alice):
    device = Device(counts=False)
    add(alice, device)
    for _time in range(3):
        assert enter(Browser(portal), device).status_code == 303


def test_the_user_that_the_device_names_must_be_the_owner(portal, device, personas):
    bobs = Device()
    add(personas.browser(personas.bob), bobs)
    device.user_key = bobs.user_key
    refused(enter(Browser(portal), device))
    device.user_key = ""
    refused(enter(Browser(portal), device))


def test_whether_it_may_be_synced_never_changes(portal, alice, device):
    device.may_sync = True
    refused(enter(Browser(portal), device))


def test_one_that_may_not_be_synced_and_says_it_is_makes_no_sense(portal, alice, device):
    device.synced = True
    refused(enter(Browser(portal), device))
    assert add(alice, Device(synced=True)).status_code == 422


def test_somebody_suspended_is_kept_out(portal, alice, device, personas):
    with unit_of_work() as work:
        work.execute(update(Person).where(Person.id == personas.alice.id).values(suspended_at=NOW))
    stranger = Browser(portal)
    refused(enter(stranger, device))
    assert not is_in(stranger)


def test_signing_in_rotates_the_session_and_ends_what_the_browser_held(portal, device, personas):
    bob = personas.browser(personas.bob)
    held = cookie(bob)
    assert enter(bob, device).status_code == 303
    assert "Alice Åkerlund" in bob.get("/account").text
    assert not is_in(with_cookie(bob, held))


@pytest.mark.parametrize("value", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_next_leads_to_our_own_pages_only(portal, device, value):
    answer = enter(Browser(portal), device, next_path=value)
    assert answer.headers["Location"] == "/"


NOISE = [
    "",
    "x",
    "[]",
    "null",
    "1" * 5000,
    '{"id": 1}',
    '{"id": "a", "response": null}',
    '{"id": "a", "response": []}',
    '{"id": "\\ud800", "response": {}}',
    '{"id": "a\\u0000"}',
    "[" * 10_000,
    json.dumps({"id": "a", "response": {"clientDataJSON": "!"}}),
    json.dumps({"id": "a", "response": {"clientDataJSON": b64(b"[]")}}),
    json.dumps({"id": "a", "response": {"clientDataJSON": b64(b'{"challenge": 1}')}}),
    '{"id": "' + "a" * 400_000 + '"}',
]


@pytest.mark.parametrize("noise", NOISE)
def test_noise_is_refused_and_breaks_nothing(portal, alice, device, noise):
    refused(Browser(portal).post(SIGN_IN, {"credential": noise}))
    assert alice.post("/account/passkeys", {"name": "x", "credential": noise}).status_code == 422


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(junk=st.one_of(st.text(max_size=50), st.integers(), st.none(), st.binary(max_size=60)))
def test_a_spoilt_part_is_refused(portal, alice, device, part, junk):
    one = Browser(portal)
    sent = json.loads(device.show(asked(one, SIGN_IN)))
    sent["response"][part] = b64(junk) if isinstance(junk, bytes) else junk
    environ = {"REMOTE_ADDR": f"10.9.{abs(hash((part, repr(junk)))) % 250}.1"}
    answer = one.post(SIGN_IN, {"credential": json.dumps(sent)}, environ_base=environ)
    assert answer.status_code in (422, 429)
    assert not is_in(one)


def test_the_database_alone_opens_nothing(portal, alice, device):
    """No secret is among what is kept: the public key, digests of what was asked."""
    told = asked(Browser(portal), SIGN_IN)
    session().rollback()
    row = session().execute(select(Passkey.__table__)).mappings().one()
    private = device.key.private_numbers().private_value.to_bytes(32, "big")
    assert private not in row["public_key"]
    from portal.accounts.models import PasskeyChallenge

    digests = session().scalars(select(PasskeyChallenge.digest)).all()
    assert told["challenge"] not in digests

"""Passkeys: added, named, removed; and one signs in with them without saying who one is."""

import re

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Passkey, PasskeyChallenge, PasskeyUser, UserSession
from portal.accounts.policy import MOST_PASSKEYS, RECENT
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from tests.accounts.device import Device
from tests.accounts.passkeys import add, asked, enter, kept
from tests.accounts.walk import is_in
from tests.conftest import NOW
from tests.support.browser import Browser

LATER = NOW + RECENT


@pytest.mark.parametrize("htmx", [False, True])
def test_one_adds_a_passkey_and_sees_it_in_the_list(alice, htmx):
    answer = add(alice, Device(), "Min telefon <script>", htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == "/account/passkeys"
    page = alice.get("/account/passkeys").text
    assert "<bdi>Min telefon &lt;script&gt;</bdi>" in page
    assert "Inte använd än" in page


def test_the_device_is_asked_for_a_resident_verified_key_and_told_no_id_of_ours(alice, personas):
    told = asked(alice)
    assert told["authenticatorSelection"]["residentKey"] == "required"
    assert told["authenticatorSelection"]["userVerification"] == "required"
    assert told["attestation"] == "none"
    assert told["rp"] == {"id": "localhost", "name": "Kundidat"}
    assert told["user"]["name"] == "alice@example.com"
    assert told["excludeCredentials"] == []
    key = session().scalars(select(PasskeyUser.user_key)).one()
    assert key == told["user"]["id"]
    assert len(key) >= 43
    assert personas.alice.public_id not in told["user"]["id"]


def test_a_device_is_told_which_passkeys_there_are(alice, device):
    told = asked(alice)
    [known] = told["excludeCredentials"]
    assert known["transports"] == ["internal"]
    assert told["user"]["id"] == device.user_key


@pytest.mark.parametrize("htmx", [False, True])
def test_one_signs_in_without_an_address(portal, device, htmx):
    stranger = Browser(portal)
    answer = enter(stranger, device, next_path="/about", htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == "/about"
    assert "Alice Åkerlund" in stranger.get("/account").text
    [passkey] = kept()
    assert (passkey.sign_count, passkey.used_at) == (1, NOW)
    way = session().scalars(select(UserSession.way).order_by(UserSession.id.desc())).first()
    assert way == "passkey"


def test_one_sees_which_passkeys_are_on_one_device_only(portal, alice, device):
    assert "Bara på den enheten" in alice.get("/account/passkeys").text
    phone = Device(may_sync=True, counts=False)
    add(alice, phone, "Ny telefon")
    assert alice.get("/account/passkeys").text.count("Bara på den enheten") == 2
    phone.synced = True
    assert enter(Browser(portal), phone).status_code == 303
    page = alice.get("/account/passkeys").text
    assert page.count("Bara på den enheten") == 1
    assert "Följer med till dina andra enheter" in page
    assert [(one.may_sync, one.is_synced) for one in kept()] == [(False, False), (True, True)]


def test_signing_in_asks_for_no_passkey_by_name(portal, device):
    told = asked(Browser(portal), "/sign-in/passkey")
    assert told["allowCredentials"] == []
    assert told["userVerification"] == "required"


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_is_needed_and_what_was_typed_is_kept(alice, name, htmx):
    answer = add(alice, Device(), name, htmx=htmx)
    assert answer.status_code == 422
    assert 'id="name-error"' in answer.text
    assert f'value="{name.strip()}"' in answer.text
    assert kept() == []


def test_the_same_passkey_is_added_once(alice, device):
    answer = add(alice, device)
    assert answer.status_code == 422
    assert "Den passnyckeln finns redan bland dina." in answer.text
    assert len(kept()) == 1


def test_nobody_adds_more_passkeys_than_they_can_oversee(alice, personas):
    with unit_of_work() as work:
        for number in range(MOST_PASSKEYS):
            work.add(
                Passkey(
                    public_id=f"p{number}",
                    person_id=personas.alice.id,
                    name="x",
                    credential_id=f"c{number}",
                    public_key=b"",
                    sign_count=0,
                    may_sync=False,
                    is_synced=False,
                    added_at=NOW,
                )
            )
    assert add(alice, Device()).status_code == 422
    assert "data-passkey=" not in alice.get("/account/passkeys").text


@pytest.mark.parametrize("htmx", [False, True])
def test_one_gives_it_another_name(alice, device, htmx):
    [passkey] = kept()
    path = f"/account/passkeys/{passkey.public_id}"
    wrong = alice.post(f"{path}/name", {"name": " "}, htmx=htmx)
    assert wrong.status_code == 422
    answer = alice.post(f"{path}/name", {"name": "  Åsas   dator "}, htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    assert [one.name for one in kept()] == ["Åsas dator"]
    assert "Åsas dator" in alice.get(path).text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_removed_passkey_opens_nothing(portal, alice, device, mailbox, htmx):
    [passkey] = kept()
    path = f"/account/passkeys/{passkey.public_id}"
    assert "Ta bort passnyckeln" in alice.get(path).text
    answer = alice.post(f"{path}/removal", htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    assert kept() == []
    stranger = Browser(portal)
    assert enter(stranger, device).status_code == 422
    assert not is_in(stranger)
    assert alice.post(f"{path}/removal", htmx=htmx).status_code == 404  # it is gone by now
    subjects = [mail.subject for mail in mailbox.to("alice@example.com")]
    assert subjects == [
        "En passnyckel lades till på ditt konto",
        "En passnyckel togs bort från ditt konto",
    ]


def test_another_persons_passkey_does_not_exist(portal, device, personas):
    [passkey] = kept()
    bob = personas.browser(personas.bob)
    for path in ("", "/name", "/removal"):
        known = bob.get(f"/account/passkeys/{passkey.public_id}{path}")
        unknown = bob.get(f"/account/passkeys/nosuchid2345{path}")
        assert (known.status_code, unknown.status_code) == (404, 404)
    for act in ("name", "removal"):
        answer = bob.post(f"/account/passkeys/{passkey.public_id}/{act}", {"name": "Bobs"})
        assert answer.status_code == 404
    assert [one.name for one in kept()] == ["Min telefon"]


def test_the_pages_want_a_fresh_proof(alice, device):
    [passkey] = kept()
    with clock.stopped_at(LATER):
        for path in ("", f"/{passkey.public_id}"):
            where = f"/account/passkeys{path}"
            answer = alice.get(where)
            assert answer.headers["Location"] == f"/account/proof?next={where}"
        for path in (
            "",
            "/challenge",
            f"/{passkey.public_id}/name",
            f"/{passkey.public_id}/removal",
        ):
            answer = alice.post(f"/account/passkeys{path}", {"name": "x"})
            assert answer.headers["Location"].startswith("/account/proof")
    assert len(kept()) == 1


def test_a_passkey_is_a_proof_of_who_sits_there(alice, device):
    with clock.stopped_at(LATER):
        page = alice.get("/account/proof?next=/account/passkeys").text
        assert 'data-options="/account/proof/passkey/challenge"' in page
        told = asked(alice, "/account/proof/passkey")
        assert [one["id"] for one in told["allowCredentials"]]
        form = {"credential": device.show(told), "next": "/account/passkeys"}
        answer = alice.post("/account/proof/passkey", form)
        assert answer.headers["Location"] == "/account/passkeys"
        assert alice.get("/account/passkeys").status_code == 200


def test_the_passkey_of_another_proves_nothing(alice, device, personas):
    bob, bobs = personas.browser(personas.bob), Device()
    add(bob, bobs)
    with clock.stopped_at(LATER):
        told = asked(bob, "/account/proof/passkey")
        form = {"credential": device.show(told), "next": "/account/passkeys"}
        answer = bob.post("/account/proof/passkey", form)
        assert answer.headers["Location"] == "/account/proof?next=/account/passkeys"
        assert bob.get("/account/passkeys").status_code == 303


def test_without_a_passkey_none_is_asked_for_as_proof(alice):
    with clock.stopped_at(LATER):
        assert "passkey-proof" not in alice.get("/account/proof").text
        assert alice.post("/account/proof/passkey/challenge").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in/passkey",
        "/sign-in/passkey/challenge",
        "/account/passkeys/challenge",
        "/account/proof/passkey",
        "/account/proof/passkey/challenge",
    ],
)
def test_the_addresses_of_the_forms_lead_back_to_a_page(alice, path):
    assert alice.get(path).status_code == 303


def test_a_page_writes_nothing_and_asks_little(alice, device, count_queries):
    for path in ("/account/passkeys", f"/account/passkeys/{kept()[0].public_id}"):
        with count_queries() as count:
            assert alice.get(path).status_code == 200
        assert count.total <= 4
        assert all(one.lstrip().startswith(("SELECT", "(SELECT")) for one in count.statements)
    session().rollback()
    assert session().scalar(select(func.count()).select_from(PasskeyChallenge)) == 0


def test_the_sign_in_page_hides_the_button_until_the_script_has_looked(browser):
    page = browser.get("/sign-in?next=/about").text
    [form] = re.findall(r'<form id="passkey-sign-in"[^>]*>', page)
    assert " hidden" in form
    assert 'data-origin="http://localhost"' in form
    assert 'autocomplete="username webauthn"' in page


def test_where_passkeys_cannot_work_the_page_says_so(alice):
    at = {"base_url": "http://127.0.0.1:5000"}
    other = Browser(alice.app)
    assert "passkey-sign-in" not in other.get("/sign-in", **at).text
    assert other.post("/sign-in/passkey/challenge", **at).status_code in (400, 404)


def test_a_challenge_that_comes_late_writes_no_session_anew(portal):
    """Somebody may be on their way to an organisation by then, with what they took along."""
    stranger = Browser(portal)
    stranger.get("/sign-in")
    answer = stranger.post("/sign-in/passkey/challenge")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers

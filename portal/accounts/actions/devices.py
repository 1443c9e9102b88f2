"""What devices are asked and what they answer (WebAuthn 3); nothing here touches the database."""

import json
import re
from dataclasses import dataclass
from typing import Any

from portal.accounts.policy import LARGEST_ANSWER, WRONG_PASSKEY, RelyingParty
from portal.kernel.decisions import Decision

BYTES = re.compile(r"[A-Za-z0-9_-]{1,1364}")
TRANSPORTS = ("usb", "nfc", "ble", "smart-card", "hybrid", "internal")


@dataclass(frozen=True)
class Made:
    """A new passkey, as a device has made it."""

    challenge: str
    credential_id: str
    public_key: bytes
    sign_count: int
    transports: str


@dataclass(frozen=True)
class Shown:
    """A passkey that a device has shown; `challenge` is what it says it was asked."""

    challenge: str
    credential_id: str
    sign_count: int
    handle: str


def options_to_make(
    party: RelyingParty,
    brand: str,
    challenge: str,
    handle: str,
    names: tuple[str, str],
    known: list[tuple[str, str]],
) -> dict[str, Any]:
    """Return what a browser needs to make a passkey; `names` are address and name, `known` those made."""
    return {
        "rp": {"id": party.id, "name": brand},
        "user": {"id": handle, "name": names[0], "displayName": names[1]},
        "challenge": challenge,
        "pubKeyCredParams": [{"type": "public-key", "alg": alg} for alg in (-8, -7, -257)],
        "timeout": 300_000,
        "excludeCredentials": [_described(*one) for one in known],
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "attestation": "none",
    }


def options_to_show(
    party: RelyingParty, challenge: str, known: list[tuple[str, str]]
) -> dict[str, Any]:
    """Return what a browser needs to show a passkey; with none `known`, it asks which."""
    return {
        "rpId": party.id,
        "challenge": challenge,
        "timeout": 300_000,
        "userVerification": "required",
        "allowCredentials": [_described(*one) for one in known],
    }


def credential_in(answer: str) -> str:
    """Return which passkey an answer is about; empty when it can't be read. Nothing is verified."""
    return _text(_read(answer).get("id"))


def read_made(answer: str, party: RelyingParty) -> Made | Decision:
    """Verify a device's answer to `options_to_make`."""
    from webauthn import base64url_to_bytes, verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    challenge = _challenge_in(answer)
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except Exception:  # whatever strangers send, and however the library stumbles on it
        return WRONG_PASSKEY
    named = bytes_to_base64url(made.credential_id)
    if not challenge or named != credential_in(answer) or len(made.credential_public_key) > 1200:
        return WRONG_PASSKEY
    reached = _transports(_read(answer))
    return Made(challenge, named, made.credential_public_key, made.sign_count, reached)


def read_shown(answer: str, party: RelyingParty, public_key: bytes) -> Shown | Decision:
    """Verify a device's answer to `options_to_show`; whether it counts on is for the caller to ask."""
    from webauthn import base64url_to_bytes, verify_authentication_response

    challenge = _challenge_in(answer)
    try:
        shown = verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    except Exception:  # as above
        return WRONG_PASSKEY
    handle = _text(_read(answer)["response"].get("userHandle"))
    named = credential_in(answer)
    if not challenge or not named:
        return WRONG_PASSKEY
    return Shown(challenge, named, shown.new_sign_count, handle)


def _read(answer: str) -> dict[str, Any]:
    """Read an answer's JSON; empty when it is none, or is longer than any device makes it."""
    if len(answer) > LARGEST_ANSWER:
        return {}
    try:
        told = json.loads(answer)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _challenge_in(answer: str) -> str:
    """Return what an answer says was asked, by a page of ours; empty when it can't be read."""
    from webauthn import base64url_to_bytes

    try:
        asked = json.loads(base64url_to_bytes(_read(answer)["response"]["clientDataJSON"]))
        return "" if asked.get("crossOrigin") else _text(asked["challenge"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""


def _text(told: object) -> str:
    """Return what is written the way browsers write bytes (base64url), else nothing."""
    return told if isinstance(told, str) and BYTES.fullmatch(told) else ""


def _described(credential_id: str, transports: str) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "public-key", "id": credential_id}
    return found | ({"transports": transports.split(",")} if transports else {})


def _transports(told: dict[str, Any]) -> str:
    """Return how a browser reaches the device, in words that we know."""
    named = told["response"].get("transports")
    return ",".join(one for one in TRANSPORTS if isinstance(named, list) and one in named)

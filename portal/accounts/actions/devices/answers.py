"""What a device answers, read and verified with py_webauthn (WebAuthn 3, 7.1 and 7.2)."""

import json
import re
from dataclasses import dataclass
from typing import Any

from portal.accounts.policy import (
    LARGEST_ANSWER,
    LONGEST_PUBLIC_KEY,
    WRONG_PASSKEY,
    RelyingParty,
)
from portal.kernel.decisions import Decision

BYTES = re.compile(r"[A-Za-z0-9_-]{1,1364}")  # base64url of at most 1 023 bytes
TRANSPORTS = ("usb", "nfc", "ble", "smart-card", "hybrid", "internal")


@dataclass(frozen=True)
class Made:
    """A new passkey, as a device has made it."""

    challenge: str
    credential_id: str
    public_key: bytes
    sign_count: int
    transports: str
    may_sync: bool
    is_synced: bool


@dataclass(frozen=True)
class Shown:
    """A passkey that a device has shown; `challenge` is what it says it was asked."""

    challenge: str
    credential_id: str
    sign_count: int
    user_key: str
    may_sync: bool
    is_synced: bool


def credential_in(answer: str) -> str:
    """Return which passkey an answer is about; empty when it can't be read. Nothing is verified."""
    return _text(_read(answer).get("id"))


def read_made(answer: str, party: RelyingParty) -> Made | Decision:
    """Verify a device's answer to `options_to_make`."""
    from webauthn import base64url_to_bytes, verify_registration_response
    from webauthn.helpers import bytes_to_base64url
    from webauthn.helpers.structs import CredentialDeviceType

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
    named, key = bytes_to_base64url(made.credential_id), made.credential_public_key
    if not challenge or named != credential_in(answer) or len(key) > LONGEST_PUBLIC_KEY:
        return WRONG_PASSKEY
    return Made(
        challenge=challenge,
        credential_id=named,
        public_key=key,
        sign_count=made.sign_count,
        transports=_transports(_read(answer)),
        may_sync=made.credential_device_type is CredentialDeviceType.MULTI_DEVICE,
        is_synced=made.credential_backed_up,
    )


def read_shown(answer: str, party: RelyingParty, public_key: bytes) -> Shown | Decision:
    """Verify a device's answer to `options_to_show`; whether it counts on is for the caller to ask."""
    from webauthn import base64url_to_bytes, verify_authentication_response
    from webauthn.helpers.structs import CredentialDeviceType

    challenge, named = _challenge_in(answer), credential_in(answer)
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
    if not challenge or not named:
        return WRONG_PASSKEY
    return Shown(
        challenge=challenge,
        credential_id=named,
        sign_count=shown.new_sign_count,
        user_key=_text(_read(answer)["response"].get("userHandle")),
        may_sync=shown.credential_device_type is CredentialDeviceType.MULTI_DEVICE,
        is_synced=shown.credential_backed_up,
    )


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


def _transports(told: dict[str, Any]) -> str:
    """Return how a browser reaches the device, in words that we know."""
    named = told["response"].get("transports")
    return ",".join(one for one in TRANSPORTS if isinstance(named, list) and one in named)

"""What a browser is told so that it can ask a device for a passkey (WebAuthn 3, 5.4 and 5.5)."""

from typing import Any

from portal.accounts.policy import ALGORITHMS, CHALLENGE_LIFE, RelyingParty

TIMEOUT = int(CHALLENGE_LIFE.total_seconds() * 1000)  # milliseconds


def options_to_make(
    party: RelyingParty,
    brand: str,
    challenge: str,
    user_key: str,
    names: tuple[str, str],
    known: list[tuple[str, str]],
) -> dict[str, Any]:
    """Return what a browser needs to make a passkey; `names` are address and name, `known` those made."""
    return {
        "rp": {"id": party.id, "name": brand},
        "user": {"id": user_key, "name": names[0], "displayName": names[1]},
        "challenge": challenge,
        "pubKeyCredParams": [{"type": "public-key", "alg": number} for number in ALGORITHMS],
        "timeout": TIMEOUT,
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
        "timeout": TIMEOUT,
        "userVerification": "required",
        "allowCredentials": [_described(*one) for one in known],
    }


def _described(credential_id: str, transports: str) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "public-key", "id": credential_id}
    return found | ({"transports": transports.split(",")} if transports else {})

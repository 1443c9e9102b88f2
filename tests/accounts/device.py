"""A device with passkeys, in software: makes and shows them as a browser would send them."""

import base64
import hashlib
import json
import secrets
import struct
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

ORIGIN = "http://localhost"
PRESENT, VERIFIED, MAY_SYNC, SYNCED, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Device:
    """One device; what it does wrong can be chosen."""

    origin: str = ORIGIN
    rp_id: str | None = None
    verified: bool = True
    counts: bool = True
    may_sync: bool = False
    synced: bool = False
    counter: int = 0
    user_key: str = ""
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, told: dict[str, Any], **client: Any) -> str:
        """Answer to creation options."""
        self.user_key = told["user"]["id"]
        data = self._data(told["rp"]["id"], ATTESTED) + self._attested()
        whole = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer(
            {
                "clientDataJSON": b64(self._client("webauthn.create", told, client)),
                "attestationObject": b64(whole),
                "transports": ["internal", "made-up"],
            }
        )

    def show(self, told: dict[str, Any], **client: Any) -> str:
        """Answer to request options."""
        self.counter += self.counts
        data = self._data(told["rpId"], 0)
        said = self._client("webauthn.get", told, client)
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": b64(said),
                "authenticatorData": b64(data),
                "signature": b64(signed),
                "userHandle": self.user_key,
            }
        )

    def _answer(self, response: dict[str, Any]) -> str:
        name = b64(self.credential_id)
        whole = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps(whole | {"clientExtensionResults": {}})

    def _client(self, kind: str, told: dict[str, Any], more: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": told["challenge"], "origin": self.origin}
        return json.dumps(said | {"crossOrigin": False} | more).encode()

    def _data(self, rp_id: str, more: int) -> bytes:
        digest = hashlib.sha256((self.rp_id or rp_id).encode()).digest()
        flags = PRESENT | (VERIFIED if self.verified else 0) | more
        flags |= (MAY_SYNC if self.may_sync else 0) | (SYNCED if self.synced else 0)
        return digest + struct.pack(">BI", flags, self.counter)

    def _attested(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        point = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        public = cbor2.dumps({1: 2, 3: -7, -1: 1} | point)
        length = struct.pack(">H", len(self.credential_id))
        return bytes(16) + length + self.credential_id + public

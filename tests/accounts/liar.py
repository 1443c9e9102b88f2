"""An organisation on loopback that says whatever a test wants: a small, untrustworthy OIDC provider."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from joserfc.jws import JWSRegistry

from portal.config import Provider

ALGORITHMS = ["RS256", "HS256", "none"]


class Liar:
    """What it says can be changed by attribute."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.signing = self.key
        self.alg = "RS256"
        self.claims: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {"sub": "alice"}
        self.bodies: dict[str, bytes] = {}
        self.statuses: dict[str, int] = {}
        self.pause = 0.0
        self.nonce = ""
        self.asked: list[str] = []

    @property
    def provider(self) -> Provider:
        return Provider("acme", "Acme", self.issuer, "portal", "s" * 40)

    def answer(self, path: str) -> dict[str, Any]:
        if path == "/.well-known/openid-configuration":
            return self._metadata() | self.metadata
        if path == "/jwks":
            return KeySet([self.key]).as_dict(private=False)  # type: ignore[no-any-return]
        if path == "/token":
            token = {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token()}
            return {name: value for name, value in token.items() if value}
        return self.userinfo

    def id_token(self) -> str:
        now = int(time.time())
        told: dict[str, Any] = {
            "iss": self.issuer,
            "sub": "alice",
            "aud": "portal",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "email": "alice@example.com",
            "email_verified": True,
            "name": "Alice",
        }
        told = {name: value for name, value in (told | self.claims).items() if value is not None}
        if self.alg == "none":
            head, body = ({"alg": "none"}, told)
            return f"{_b64(head)}.{_b64(body)}."
        header = {"alg": self.alg, "kid": self.signing.kid or "one"}
        signed: str = jwt.encode(
            header, told, self.signing, registry=JWSRegistry(algorithms=ALGORITHMS)
        )
        return signed

    def sign_with_our_secret(self) -> None:
        """Sign as HS256, with the client's secret: what some libraries let through."""
        self.alg, self.signing = "HS256", OctKey.import_key("s" * 40)

    def _metadata(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/me",
        }


@contextmanager
def lying() -> Iterator[Liar]:
    """Run one."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            path = urlsplit(self.path).path
            liar.asked.append(path)
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            time.sleep(liar.pause)
            body = liar.bodies.get(path) or json.dumps(liar.answer(path)).encode()
            self.send_response(liar.statuses.get(path, 200))
            self.send_header("Content-Type", "application/json")
            if liar.statuses.get(path, 200) in (301, 302, 307):
                self.send_header("Location", f"{liar.issuer}/elsewhere")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    liar = Liar(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield liar
    server.shutdown()
    thread.join()
    server.server_close()


def nonce_of(address: str) -> str:
    """Return the nonce of a question."""
    return parse_qs(urlsplit(address).query)["nonce"][0]


def state_of(address: str) -> str:
    """Return the state of a question."""
    return parse_qs(urlsplit(address).query)["state"][0]


def _b64(told: dict[str, Any]) -> str:
    from tests.accounts.device import b64

    return b64(json.dumps(told).encode())

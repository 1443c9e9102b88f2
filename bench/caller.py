"""Asks a WSGI application for a page, in this process, with nothing in between."""

import gzip
import io
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from portal.kernel import clock

PARTIAL = {"HTTP_HX_REQUEST": "true", "HTTP_HX_REQUEST_TYPE": "partial"}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Caller:
    """Asks one application the same thing again and again, as a browser that takes gzip."""

    def __init__(self, app: Any, path: str, cookie: str = "", **more: str) -> None:
        self.app = app
        path, _mark, query = path.partition("?")
        self.environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "HTTP_HOST": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
            "HTTP_ACCEPT_LANGUAGE": "sv-SE,sv;q=0.9,en;q=0.8",
            "HTTP_COOKIE": cookie,
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        } | more

    def call(self) -> tuple[str, list[tuple[str, str]], bytes]:
        """Ask once."""
        told: list[Any] = []
        environ = dict(self.environ)
        environ["wsgi.input"] = io.BytesIO()
        chunks = self.app(
            environ, lambda status, headers, _error=None: told.extend((status, headers))
        )
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        return told[0], told[1], body

    def answer(self) -> Answer:
        """Ask once and read the answer."""
        status, headers, body = self.call()
        return Answer(int(status[:3]), body, {name.lower(): value for name, value in headers})


def cookie_of(app: Flask, token: str = "") -> str:
    """Make the cookie of a browser that has been here before, signed in or not."""
    kept: dict[str, Any] = {"csrf_token": "0" * 40}
    if token:
        kept |= {"_user_id": token, "lang": "sv", "seen": int(clock.now().timestamp())}
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return f"session={serializer.dumps(kept)}"

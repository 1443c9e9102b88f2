"""An organisation with a sign-in of its own: the certified oidc-provider, on loopback."""

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
from requests import Response, Session

from portal.config import Provider

HERE = Path(__file__).resolve().parents[1] / "oidc"
OLDEST_NODE = (20, 12)
NO_PROVIDER = (
    "to sign in at a real organisation in the tests, install Node 20.12 or newer, and run "
    "npm ci --ignore-scripts --prefix tests/oidc"
)
CLIENT_ID, CLIENT_SECRET = "portal", "a secret of the tests alone, 40 letters"
FORM = re.compile(r'<form[^>]*action="([^"]+)"')
PEOPLE = {
    "alice": {"email": "Alice@Example.com", "email_verified": True, "name": "Alice Å"},
    "nora": {"email": "nora@example.com", "email_verified": True, "name": "Nora <b>Ny</b>"},
    "nils": {"email": "nils.holm@example.com", "email_verified": True},
    "ulla": {"email": "alice@example.com", "email_verified": False, "name": "Ulla"},
    "silent": {"email": "alice@example.com", "name": "Silent"},
    "nobody": {},
}


@dataclass
class Organisation:
    """A running sign-in, and somebody's browser at it."""

    provider: Provider
    callback: str
    process: "subprocess.Popen[str]"

    def sign_in(self, address: str, login: str, **changed: str) -> str:
        """Sign in there as `login`; returns where the organisation sends the browser then.

        `changed` are parameters of the question that an attacker changes on the way.
        """
        parts = urlsplit(address)
        asked = dict(parse_qsl(parts.query)) | changed
        with Session() as visitor:
            answer = visitor.get(parts._replace(query=urlencode(asked)).geturl())
            answer = self._send(
                visitor, answer, {"prompt": "login", "login": login, "password": "x"}
            )
            if FORM.search(answer.text):
                answer = self._send(visitor, answer, {"prompt": "consent"})
            return str(answer.headers["Location"])

    def cancel(self, address: str) -> str:
        """Say no there; returns where the organisation sends the browser then."""
        with Session() as visitor:
            page = visitor.get(address)
            cancelled = re.search(r'href="([^"]+/abort)"', page.text)
            assert cancelled, page.text
            return str(
                self._followed(
                    visitor, visitor.get(urljoin(page.url, cancelled[1]), allow_redirects=False)
                ).headers["Location"]
            )

    def _send(self, visitor: Session, page: Response, form: dict[str, str]) -> Response:
        found = FORM.search(page.text)
        assert found, page.text
        where = urljoin(page.url, found[1])
        return self._followed(visitor, visitor.post(where, form, allow_redirects=False))

    def _followed(self, visitor: Session, answer: Response) -> Response:
        while answer.is_redirect and not answer.headers["Location"].startswith(self.callback):
            where = urljoin(answer.url, answer.headers["Location"])
            answer = visitor.get(where, allow_redirects=False)
        return answer


@contextmanager
def running(base_url: str) -> Iterator[Organisation]:
    """Run an organisation's sign-in for the portal at `base_url`; skips where it can't be run."""
    node = _node()
    if node is None or not (HERE / "node_modules" / "oidc-provider").is_dir():
        pytest.skip(NO_PROVIDER)
    port, callback = free_port(), f"{base_url}/sign-in/with/acme/arrival"
    settings = {
        "PATH": os.environ["PATH"],
        "PORT": str(port),
        "CALLBACK": callback,
        "CLIENT_ID": CLIENT_ID,
        "CLIENT_SECRET": CLIENT_SECRET,
        "PEOPLE": json.dumps(PEOPLE),
    }
    command = [node, str(HERE / "provider.js")]
    process = subprocess.Popen(
        command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout and process.stdout.readline() == "ready\n"
        issuer = f"http://127.0.0.1:{port}"
        provider = Provider("acme", "Acme & Co", issuer, CLIENT_ID, CLIENT_SECRET)
        yield Organisation(provider, callback, process)
    finally:
        process.terminate()
        process.communicate()


def free_port() -> int:
    """Return a port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _node() -> str | None:
    """Return the first Node that is new enough: the machine's, or one beside the provider."""
    beside = sorted(map(str, HERE.glob("node_modules/node-linux-*/bin/node")))
    for command in filter(None, [os.environ.get("NODE"), shutil.which("node"), *beside]):
        told = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"v(\d+)\.(\d+)", told.stdout)
        if version and (int(version[1]), int(version[2])) >= OLDEST_NODE:
            return command
    return None

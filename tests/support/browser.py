"""A browser without JavaScript, or with htmx: keeps cookies, sends the page's own CSRF token."""

import re
from contextvars import Context
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from portal.accounts.actions import enter_as, open_account
from portal.accounts.queries import account_of
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.models import Person

TOKEN = re.compile(r'X-CSRFToken":\s?"([^"]+)"')
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


class Browser:
    """One visitor's browser; never answers 5xx without the test failing."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.token = ""

    def get(self, path: str, *, htmx: bool = False, **options: Any) -> TestResponse:
        """Open a page, or a fragment of it."""
        headers = (HTMX if htmx else {}) | options.pop("headers", {})
        return self._sent("GET", path, headers=headers, **options)

    def post(
        self,
        path: str,
        data: dict[str, Any] | None = None,
        *,
        htmx: bool = False,
        token: str | None = None,
        **options: Any,
    ) -> TestResponse:
        """Send a form; `token=""` sends none."""
        if not self.token and token is None:
            self.get("/about")
        headers = (HTMX if htmx else {}) | options.pop("headers", {})
        form = {"csrf_token": self.token if token is None else token} | (data or {})
        return self._sent("POST", path, data=form, headers=headers, **options)

    def sign_in(self, person: Person, language: str = "sv") -> "Browser":
        """Sign a person in without the mail round (tests/accounts walk the real way)."""
        with unit_of_work():
            if account_of(person.id) is None:
                open_account(person, language, clock.now())
            entrance = enter_as(person, "Test browser", clock.now())
        with self.client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = entrance.token
            cookie["lang"] = entrance.language
            cookie["seen"] = int(clock.now().timestamp())
        self.token = ""
        return self

    def _sent(self, method: str, path: str, **options: Any) -> TestResponse:
        """Send in a context of its own: the test's application context must not be shared."""
        self.leave_transaction()
        return self._seen(Context().run(self.client.open, path, method=method, **options))

    @staticmethod
    def leave_transaction() -> None:
        """Let go of what the test itself has read, so that it sees what the request changes."""
        session().rollback()

    def _seen(self, answer: TestResponse) -> TestResponse:
        assert answer.status_code < 500 or answer.status_code == 503, answer.text[:2000]
        if found := TOKEN.search(answer.text if answer.mimetype == "text/html" else ""):
            self.token = found[1]
        return answer


def without_token(text: str) -> str:
    """Return a page without its token, which is another one every second."""
    text = re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", text)
    return re.sub(r'X-CSRFToken":\s?"[^"]*"', "", text)

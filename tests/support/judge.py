"""Judges what a walk is answered: each answer by itself, and what all of them say together."""

import re

from werkzeug.test import TestResponse

from tests.support import world
from tests.support.page_lint import lint_answer, lint_of
from tests.support.walk import MODES, ROLES, Walk, Way, ways

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "",
    "Vary": "Cookie, HX-Request",
}
BROKEN = "nothing breaks"
BARE = "every answer carries the headers that keep it safe"
SHARED = "no cache between keeps a page of somebody who is signed in"
TOUCHED = "what is refused writes nothing"
WRITTEN = "a GET changes no row"
LEAKED = "no secret is seen by a role without right"
UNSEEN = "every secret is seen by each role that may, else the walk would prove nothing"
DOORS = "what is refused in one way is not served in the other"
ILL_MADE = "every page and fragment is well made"
SENTENCES = (BROKEN, BARE, SHARED, TOUCHED, WRITTEN, LEAKED, UNSEEN, DOORS, ILL_MADE)
Table = dict[str, list[str]]


class Judge:
    """Asks every route as every role, once, and keeps the statuses and the faults."""

    def __init__(self, walked: Walk) -> None:
        self.walked = walked
        self.lint = lint_of(walked.app, walked.language)
        self.table: Table = {}
        self.faults: dict[str, dict[str, list[str]]] = {one: {} for one in SENTENCES}
        self.known: set[str] = set()
        self.unseen = {(secret, role) for secret, may in world.SECRETS.items() for role in may}
        for way in [*ways(walked.app, "GET"), *ways(walked.app, "POST")]:
            self.table[str(way)] = [self._asked(role, way) for role in ROLES]
        for secret, role in self.unseen:
            self._note(UNSEEN, secret, f"as {role}")

    def told(self, sentence: str) -> str:
        """Return the faults against a sentence, each with some places: nothing where it is true."""
        met = self.faults[sentence].items()
        return "\n".join(
            f"{fault}\n  {'; '.join(where[:9])} ({len(where)})" for fault, where in met
        )

    def _asked(self, role: str, way: Way) -> str:
        """Ask plainly and with htmx; return what stands in the table."""
        answers = []
        for mode in MODES:
            answer = self.walked.ask(role, way, mode)
            self._judge(answer, role, way, mode)
            answers.append(answer)
        plain, htmx = answers
        codes = cell(plain, htmx)
        if is_refusal(role, plain) != is_refusal(role, htmx):
            self._note(DOORS, codes, f"{way} as {role}")
        return codes

    def _judge(self, answer: TestResponse, role: str, way: Way, mode: str) -> None:
        where = f"{way} as {role}, {mode}"
        changed = self.walked.changed()
        if way.method == "GET" and changed:
            self._note(WRITTEN, str(changed), where)
        if is_refusal(role, answer) and changed:
            self._note(TOUCHED, str(changed), where)
        if answer.status_code >= 500:
            self._note(BROKEN, answer.status, where)
        for name in missing_headers(answer):
            self._note(BARE, name, where)
        kept = answer.headers.get("Cache-Control", "")
        if role != "visitor" and answer.mimetype == "text/html" and "private" not in kept:
            self._note(SHARED, kept, where)
        if not is_for_developers(way):
            self._search(answer, role, where)
        self._lint(answer, role, mode, where)

    def _search(self, answer: TestResponse, role: str, where: str) -> None:
        """Look for the secrets."""
        kind = answer.mimetype or ""
        text = answer.text if kind.startswith(("text/", "application/json")) else ""
        for secret in (secret for secret in world.SECRETS if secret in text):
            self.unseen.discard((secret, role))
            if role not in world.SECRETS[secret]:
                self._note(LEAKED, secret, where)

    def _lint(self, answer: TestResponse, role: str, mode: str, where: str) -> None:
        """Look at each page and fragment once."""
        if answer.mimetype != "text/html" or not answer.text.strip():
            return
        bare = self.walked.impersonal(role, answer.text)
        if bare not in self.known:
            self.known.add(bare)
            for fault in lint_answer(self.lint, answer.text, mode):
                self._note(ILL_MADE, re.sub(r"^line \d+ ", "", fault), where)

    def _note(self, sentence: str, fault: str, where: str) -> None:
        self.faults[sentence].setdefault(fault, []).append(where)


def cell(plain: TestResponse, htmx: TestResponse) -> str:
    same = plain.status_code == htmx.status_code
    return str(plain.status_code) if same else f"{plain.status_code}/{htmx.status_code}"


def is_refusal(role: str, answer: TestResponse) -> bool:
    """Say whether an answer keeps somebody out: an error, or a visitor's way to sign in."""
    place = answer.headers.get("Location", "") + answer.headers.get("HX-Redirect", "")
    if role == "visitor" and place.split("?")[0] == "/sign-in":
        return True
    return answer.status_code >= 400 and answer.status_code != 422


def is_for_developers(way: Way) -> bool:
    """Say whether it is the page of mails that have not left: only where no mail server is set."""
    return way.path.startswith("/dev/")


def missing_headers(answer: TestResponse) -> list[str]:
    return [
        name
        for name, start in HEADERS.items()
        if not answer.headers.get(name, "-").startswith(start)
    ]

"""Does time tell who has an account? Known and unknown addresses in turn, at every form for one."""

import statistics
import time
from typing import Any, NamedTuple

from flask import Flask

from bench import report
from bench.chapters import Bench
from bench.pages import Page
from bench.seeding import World, member
from portal.accounts.actions import hash_password, open_account
from portal.accounts.models import Account
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.people.actions import confirm_address, receive_person
from tests.support.browser import Browser

SIZES = (500,)  # people with an account; every other has a password
SETTINGS: dict[str, str] = {}
PAGES: tuple[Page, ...] = ()
PAIRS = 60
Took = tuple[float, float]  # milliseconds on the clock and of CPU


class Asked(NamedTuple):
    """A form, and what is posted before it at the same browser."""

    name: str
    path: str
    fields: dict[str, str] = {}
    before: tuple[str, ...] = ()


FORMS = (
    Asked("a code by mail", "/sign-in"),
    Asked("a new code", "/sign-in/code/renewal", before=("/sign-in",)),
    Asked("join", "/sign-up", {"name": "Somebody"}),
    Asked("a wrong password", "/sign-in/password", {"password": "not the right one"}),
    Asked("a wrong code", "/sign-in/code", {"code": "000000"}, ("/sign-in",)),
)


def seed(portal: Flask, count: int) -> World:
    """Fill an empty database with `count` people who have an account."""
    now, hashed = clock.now(), hash_password("trumpet lagun vattentorn")
    with portal.app_context():
        with unit_of_work():
            for number in range(count):
                person = receive_person(f"Person {number}", now)
                confirm_address(person, _address("known", number), now)
                if number:
                    account: Account = open_account(person, "sv", now)
                    account.password_hash = hashed if number % 2 else None
        return member(0, count)


def measure(benches: list[Bench], _rounds: int) -> str:
    """Post each form for a known and an unknown address in turn; compare the medians.

    Time on the clock is what a stranger sees; CPU tells the same on a machine that is busy.
    """
    rows: list[list[object]] = []
    for number, form in enumerate(FORMS):
        with benches[0].app.app_context():
            known, unknown = _pairs(benches[0].app, number, form)
        rows.append([form.name, *(f"{wall:.1f} ({cpu:.1f})" for wall, cpu in (known, unknown))])
        rows[-1] += [_apart(*pair) for pair in zip(known, unknown, strict=True)]
    head = ["form", "known: ms (CPU)", "unknown: ms (CPU)", "clock apart", "CPU apart"]
    return report.table(head, rows)


def _apart(known: float, unknown: float) -> str:
    """Say how far two medians are apart, and whether that is within 4 ms or 15 %."""
    apart = abs(known - unknown)
    bound = max(4.0, 0.15 * min(known, unknown))
    return f"{apart:.1f}" if apart <= bound else f"**{apart:.1f}**"


def _pairs(app: Flask, number: int, form: Asked) -> list[Took]:
    """Return the medians for known and for unknown addresses."""
    took: dict[str, list[Took]] = {"known": [], "unknown": []}
    for turn in range(PAIRS):
        # Who comes first changes, and every pair has addresses that no other pair has used.
        for kind in ("known", "unknown") if turn % 2 else ("unknown", "known"):
            took[kind].append(_post(app, _address(kind, 1 + number * PAIRS + turn), turn, form))
    return [
        (statistics.median(wall for wall, _cpu in times), statistics.median(c for _w, c in times))
        for times in (took["known"], took["unknown"])
    ]


def _post(app: Flask, address: str, turn: int, form: Asked) -> Took:
    """Return how many milliseconds a form takes, from a network address of its own."""
    browser = Browser(app)
    place: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": f"10.0.{turn}.1"}}
    for earlier in form.before:
        browser.post(earlier, {"email": address}, **place)
    browser.get("/about")
    wall, cpu = time.perf_counter(), time.process_time()
    answer = browser.post(form.path, {"email": address, **form.fields}, **place)
    took = (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
    if answer.status_code not in (303, 422):
        raise RuntimeError(f"{form.path} answers {answer.status_code}.")
    return took


def _address(kind: str, number: int) -> str:
    return f"{kind}-{number:04}@example.com"

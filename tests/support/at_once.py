"""Many acts at the same instant, each in a thread of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask
from werkzeug.test import TestResponse

from portal.kernel.db import session
from tests.support.browser import Browser

T = TypeVar("T")
Act = Callable[[], T]


def at_once(acts: Sequence[Act[T]]) -> list[T]:
    """Do all acts at once; return what each gave."""
    ready = Barrier(len(acts))

    def wait_and_do(act: Act[T]) -> T:
        ready.wait(timeout=60)
        return act()

    session().rollback()
    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(wait_and_do, act) for act in acts]]


def inside(app: Flask, act: Act[T]) -> Act[T]:
    """Let an act have a session of its own."""

    def do() -> T:
        with app.app_context():
            return act()

    return do


def posting(browser: Browser, path: str, *, htmx: bool = False, **form: str) -> Act[TestResponse]:
    """Make ready to post from a browser that already has its token."""
    browser.get("/about")
    return inside(browser.app, lambda: browser.post(path, form, htmx=htmx))

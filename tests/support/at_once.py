"""Many clicks at the same instant, each in a thread of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from werkzeug.test import TestResponse

from portal.kernel.db import session
from tests.support.browser import Browser

Act = Callable[[], TestResponse]


def at_once(acts: Sequence[Act]) -> list[TestResponse]:
    """Do all acts at once; return the answers."""
    ready = Barrier(len(acts))

    def wait_and_do(act: Act) -> TestResponse:
        ready.wait(timeout=20)
        return act()

    session().rollback()
    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(wait_and_do, act) for act in acts]]


def posting(browser: Browser, path: str, **form: str) -> Act:
    """Make ready to post from a browser that already has its token."""
    browser.get("/about")

    def post() -> TestResponse:
        with browser.app.app_context():
            return browser.post(path, form)

    return post

"""An act that may come too late: done in one transaction, or told in words why it was not."""

from collections.abc import Callable

from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed


def outcome(done: str, act: Callable[[], object]) -> tuple[str, str]:
    """Do it, and return what to say of it and in which tone: `done`, or why it may not be done."""
    try:
        with unit_of_work():
            act()
    except NotAllowed as late:
        return str(late.reason), "info"
    return done, "success"

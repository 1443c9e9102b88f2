"""What happens to openings by themselves: those whose time is up are closed."""

from datetime import timedelta

from portal.kernel import clock
from portal.kernel.jobs import enqueue
from portal.kernel.worker import every
from portal.openings.actions.closing import MOST_AT_ONCE, close_expired


@every(timedelta(hours=1), "openings.close_expired")
def close_those_expired() -> None:
    """Close openings whose deadline has passed, and go on at once when there are more."""
    if close_expired(clock.now()) == MOST_AT_ONCE:
        enqueue("openings.close_expired", {})

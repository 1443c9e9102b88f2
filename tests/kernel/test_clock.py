"""The one place that knows the time."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.kernel import clock

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_time_is_told_in_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_stopped_clock_stands_until_the_block_ends() -> None:
    with clock.stopped_at(NOON):
        assert clock.now() == NOON
        with clock.stopped_at(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON
    assert clock.now() != NOON


def test_the_clock_goes_on_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), clock.stopped_at(NOON):
        raise ZeroDivisionError
    assert clock.now() != NOON

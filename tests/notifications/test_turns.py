"""The turns of a digest: one a local day, at the person's hour, whatever their clock does."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.notifications.policy.rhythm import Habit, first_mail

ZONES = (
    "Europe/Stockholm",
    "America/New_York",
    "Asia/Beirut",  # the clock changes at midnight
    "Australia/Lord_Howe",  # by half an hour
    "Asia/Kolkata",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Africa/Casablanca",
)
HOURS = st.integers(0, 23)
INSTANTS = st.datetimes(
    min_value=datetime(2020, 1, 1),
    max_value=datetime(2040, 1, 1),
    timezones=st.just(UTC),
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("hour", "after", "expected"),
    [
        (8, utc(2026, 11, 23, 6, 59), utc(2026, 11, 23, 7)),
        (8, utc(2026, 11, 23, 7), utc(2026, 11, 24, 7)),
        (8, utc(2027, 3, 27, 8), utc(2027, 3, 28, 6)),  # the night when summer time begins
        (2, utc(2027, 3, 27, 12), utc(2027, 3, 28, 1)),  # that night has no 02:00: it is 03:00
        (2, utc(2027, 3, 28, 1), utc(2027, 3, 29, 0)),
        (2, utc(2027, 10, 30, 12), utc(2027, 10, 31, 0)),  # 02:00 comes twice: the first
        (2, utc(2027, 10, 31, 0), utc(2027, 11, 1, 1)),
    ],
)
def test_a_turn_in_stockholm(hour, after, expected):
    assert Habit("Europe/Stockholm", hour, 0).next("daily", after) == expected


def test_the_weekly_turn_is_on_the_chosen_day_at_the_same_hour():
    habit = Habit("America/New_York", 20, 6)
    assert habit.next("weekly", utc(2026, 11, 23, 12)) == utc(
        2026, 11, 30, 1
    )  # Sunday evening there


def test_an_unknown_zone_goes_by_the_usual_clock():
    assert Habit("Mars/Olympus", 8, 0).next("daily", utc(2026, 11, 23, 6)) == utc(2026, 11, 23, 7)


@given(st.sampled_from(ZONES), HOURS, INSTANTS)
@example("Asia/Beirut", 0, utc(2027, 3, 26, 12))
@example("Europe/Stockholm", 2, utc(2027, 10, 29, 12))
def test_a_local_day_has_one_turn_and_none_is_left_out(zone, hour, start):
    habit, days, at = Habit(zone, hour, 0), Counter(), start
    for _turn in range(6):
        following = habit.next("daily", at)
        assert at < following <= at + timedelta(hours=26)
        local = following.astimezone(ZoneInfo(zone))
        assert (local.hour - hour) % 24 <= 1, "where the hour is left out it is the one after"
        days[local.date()] += 1
        at = following
    assert set(days.values()) == {1}
    assert (max(days) - min(days)).days == 5


@given(st.sampled_from(ZONES), HOURS, st.integers(0, 6), INSTANTS)
def test_the_weekly_turn_is_one_of_the_daily_ones(zone, hour, weekday, after):
    habit = Habit(zone, hour, weekday)
    weekly = habit.next("weekly", after)
    assert weekly.astimezone(ZoneInfo(zone)).weekday() == weekday
    assert weekly - after <= timedelta(days=7, hours=2)
    assert habit.next("daily", weekly - timedelta(microseconds=1)) == weekly


@given(st.sampled_from(ZONES), HOURS, st.integers(0, 6), INSTANTS, st.integers(0, 400))
def test_after_an_outage_each_digest_has_its_turn_once(zone, hour, weekday, start, hours):
    habit = Habit(zone, hour, weekday)
    first, now = habit.next("daily", start), start + timedelta(hours=hours)
    passed = habit.passed(first, now)
    assert ("daily" in passed) == (first <= now)
    assert ("weekly" in passed) == (habit.next("weekly", start) <= now)


@given(INSTANTS, st.none() | st.timedeltas(timedelta(0), timedelta(hours=3)))
def test_two_mails_at_once_are_an_hour_apart(at, since):
    told_at = None if since is None else at - since
    when = first_mail(told_at, at)
    assert when >= at
    assert told_at is None or when - told_at >= timedelta(hours=1)

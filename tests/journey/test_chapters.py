"""Before, during, after: how dated relations become chapters, and entries stand in them."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.journey.policy import chapter_of, chapters, days_of, laid_out, with_empty_ones
from portal.people.models import PHASES

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tie:
    """A relation as the rule looks at it."""

    name: str
    phase: str
    began_on: date
    ended_on: date | None = None
    organisation_kind: str = "host"


def on(written):
    return date.fromisoformat(f"{written}-01-01"[:10])


def tie(name, phase, began, ended=None, kind="host"):
    return Tie(name, phase, on(began), on(ended) if ended else None, kind)


CANDIDATE = tie("candidate", "before", "2016", "2016-05-01")
CONSULTANT = tie("consultant", "during", "2016-05-01", "2019-08-31")
ALUMNA = tie("alumna", "after", "2019-09-01")
CUSTOMER = tie("customer", "during", "2022", kind="customer")
OWN_JOB = tie("own job", "during", "2019-09-01", kind="employer")
TABLE = {
    "nobody to us yet": ([], [("before", "", "")]),
    "a candidate": (
        [tie("candidate", "before", "2026")],
        [("before", "candidate", "")],
    ),
    "candidate, consultant, alumna, and a customer": (
        [CUSTOMER, OWN_JOB, ALUMNA, CONSULTANT, CANDIDATE],
        [
            ("after", "alumna", "customer"),
            ("during", "consultant", "candidate"),
            ("before", "candidate", ""),
        ],
    ),
    "a customer only": ([CUSTOMER], [("during", "customer", ""), ("before", "", "")]),
    "only at another employer": ([OWN_JOB], [("before", "", "")]),
    "two at once, working with us counts": (
        [
            tie("consultant", "during", "2016", "2019"),
            tie("candidate", "before", "2017", "2018"),
            tie("employee", "during", "2018", "2020"),
        ],
        [
            ("after", "", ""),
            ("during", "employee consultant", "candidate"),
            ("before", "", ""),
        ],
    ),
    "an alumna who looks again": (
        [ALUMNA, CONSULTANT, tie("candidate", "before", "2023", "2023-06-30")],
        [
            ("after", "alumna", ""),
            ("before", "candidate", "alumna"),
            ("after", "alumna", ""),
            ("during", "consultant", ""),
            ("before", "", ""),
        ],
    ),
    "a candidate never closed does not outlive the work": (
        [tie("candidate", "before", "2016"), CONSULTANT, ALUMNA],
        [
            ("after", "alumna", "candidate"),
            ("during", "consultant", "candidate"),
            ("before", "candidate", ""),
        ],
    ),
    "between two times as a candidate it is still before": (
        [tie("first", "before", "2016", "2017"), tie("second", "before", "2020")],
        [("before", "second first", "")],
    ),
    "after the last day": (
        [tie("consultant", "during", "2016", "2019")],
        [("after", "", ""), ("during", "consultant", ""), ("before", "", "")],
    ),
    "what begins next year is not yet": (
        [tie("employee", "during", "2027"), CANDIDATE],
        [("before", "candidate", "")],
    ),
    "what ends next year is not over": (
        [tie("employee", "during", "2020", "2027")],
        [("during", "employee", ""), ("before", "", "")],
    ),
}


@pytest.mark.parametrize(("ties", "told"), TABLE.values(), ids=TABLE.keys())
def test_chapters_follow_from_the_relations(ties, told):
    found = chapters(ties, TODAY)
    as_told = [
        (
            one.phase,
            " ".join(tie.name for tie in one.relations),
            " ".join(tie.name for tie in one.others),
        )
        for one in found
    ]
    assert as_told == told


def test_the_days_of_a_change_stand_where_one_would_look_for_them():
    found = chapters([ALUMNA, CONSULTANT, CANDIDATE], TODAY)
    wanted = {"2016-04-30": "before", "2016-05-01": "during", "2019-08-31": "during"}
    wanted |= {"2019-09-01": "after", "1999-01-01": "before", "2030-01-01": "after"}
    assert {day: chapter_of(found, on(day)).phase for day in wanted} == wanted
    keys = ["2019-09-01..now", "2016-05-01..2019-08-31", "start..2016-04-30"]
    assert [one.key for one in found] == keys
    assert [days_of(key) for key in keys] == [(one.first, one.last) for one in found]


@pytest.mark.parametrize("key", ["", "now", "..", "start", "2016-05-01", "0001-01-01..now", "x..y"])
def test_an_address_that_asks_for_no_days_asks_for_all(key):
    assert days_of(key) is None


DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
TIES = st.builds(
    lambda number, phase, began, length, kind: Tie(
        str(number), phase, began, began + length if length is not None else None, kind
    ),
    st.integers(0, 9),
    st.sampled_from(PHASES),
    DAYS,
    st.none() | st.integers(0, 3000).map(lambda days: days * DAY),
    st.sampled_from(("host", "customer", "employer")),
)
SOME_TIES = st.lists(TIES, max_size=7)


@given(SOME_TIES)
def test_chapters_divide_all_time(ties):
    found = chapters(ties, TODAY)
    assert found[-1].first == date.min
    assert found[0].last == date.max
    for later, earlier in pairwise(found):
        assert earlier.last + DAY == later.first
        assert earlier.phase != later.phase
    assert len({one.key for one in found}) == len(found)


@given(SOME_TIES, st.lists(DAYS, max_size=40), st.integers(1, 7))
def test_every_entry_stands_once_in_its_chapter_and_in_order(ties, days, size):
    """Page by page, as they are read; the chapters come in their order, too, empty ones as well."""
    every, entries = chapters(ties, TODAY), sorted(days, reverse=True)
    read, heads = [], []
    before = None
    pages = [entries[start : start + size] for start in range(0, len(entries), size)] or [[]]
    for number, page in enumerate(pages):
        parts = laid_out(every, page, lambda day: day, before)
        parts = with_empty_ones(parts, every, before, more=number + 1 < len(pages))
        for part in parts:
            inside = [day for _year, some in part.years for day in some]
            assert all(part.chapter.holds(day) for day in inside)
            assert all(day.year == year for year, some in part.years for day in some)
            assert part.goes_on == (bool(heads) and heads[-1] == part.chapter)
            heads += [] if part.goes_on else [part.chapter]
            read += inside
        before = page[-1] if page else None
    assert read == entries
    shown = [one for one in every if one in heads]
    assert heads == shown
    assert all(one in heads for one in every if one.relations)

"""Relations in words, and as bars over the years."""

from dataclasses import dataclass
from datetime import date

import pytest

from portal.directory.policy import stretches, years
from portal.kernel.text import speaking

TODAY = date(2026, 11, 23)


@dataclass
class Told:
    began_on: date
    ended_on: date | None = None
    name_sv: str = "Konsult"
    name_en: str = "Consultant"
    title: str = ""
    organisation: str = "Vidarebro"
    organisation_kind: str = "host"


@pytest.mark.parametrize(
    ("began", "ended", "words"),
    [
        (date(2016, 5, 1), date(2019, 8, 1), "2016–2019"),
        (date(2016, 2, 1), date(2016, 5, 1), "2016"),
        (date(2019, 9, 1), None, "sedan 2019"),
        (date(2027, 1, 1), None, "från 2027"),
        (date(2026, 1, 1), date(2027, 3, 1), "2026–2027"),
    ],
)
def test_the_years_of_a_relation(began, ended, words):
    with speaking("sv"):
        assert str(years(began, ended, TODAY)) == words


def test_nobody_is_nothing():
    assert stretches([], TODAY) == []


def test_bars_lie_between_the_first_day_and_today():
    whole = Told(date(2016, 11, 23))
    first_half = Told(date(2016, 11, 23), date(2021, 11, 23))
    last_half = Told(date(2021, 11, 23))
    one_day = Told(date(2026, 11, 23))
    bars = [
        (bar.start, bar.length) for bar in stretches([whole, first_half, last_half, one_day], TODAY)
    ]
    assert bars == [(0, 100), (0, 50), (50, 50), (98.5, 1.5)]


@pytest.mark.parametrize("ended", [None, date(2028, 1, 1)])
def test_no_bar_leaves_its_frame(ended):
    told = [Told(date(2027, 6, 1), ended), Told(date(2020, 1, 1), date(2020, 1, 1))]
    bars = stretches(told, TODAY)
    assert len(bars) == 2
    for bar in bars:
        assert 0 <= bar.start <= 100
        assert 0 < bar.length <= 100.1 - bar.start


def test_another_company_than_ours_is_named():
    ours, theirs = stretches(
        [Told(TODAY), Told(TODAY, organisation="Nordbygg", organisation_kind="customer")], TODAY
    )
    assert ours.is_host
    assert not theirs.is_host

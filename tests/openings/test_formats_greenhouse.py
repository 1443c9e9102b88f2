"""Greenhouse boards: HTML escaped once more, American times, places in free text."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.openings.formats import AdPlace, Broken, UnreadableSource, parse
from portal.openings.formats.whereabouts import places_in, remote_in

SAMPLE = Path(__file__).parent / "samples" / "greenhouse.json"


@pytest.fixture(scope="module")
def records():
    return list(parse("greenhouse", SAMPLE.read_bytes(), company="Fallback"))


def test_a_job_becomes_an_ad(records):
    ad = records[0]
    assert (ad.external_id, ad.title) == ("4000000001", "Account Manager")
    assert (ad.company, ad.department, ad.language) == ("Made Up Inc", "Sales", "en")
    assert ad.published_at == datetime(2026, 7, 16, 15, 55, 32, tzinfo=UTC)
    assert ad.expires_at == datetime(2026, 8, 31, 23, 59, 59, tzinfo=UTC)
    assert (ad.forms, ad.extents) == (("temporary",), ("full_time",))
    assert ad.remote == "full"
    assert ad.places == (AdPlace("Göteborg", "1480", "14", "SE"), AdPlace(country="NO"))


def test_the_content_is_unescaped_once_and_only_once(records):
    assert records[0].body_html == "<h3>You &amp; us</h3><p>Sell &lt;more&gt;</p>"


def test_an_open_application_takes_its_place_from_the_office(records):
    ad = records[1]
    assert (ad.standing, ad.remote, ad.company) == (True, "hybrid", "Fallback")
    assert ad.places == (AdPlace("Stockholm", "0180", "01", "SE"),)


def test_broken_jobs_say_which_and_why(records):
    assert records[2] == Broken("greenhouse", "4000000003", 2, "absolute_url is missing")
    assert isinstance(records[3], Broken)
    assert records[3].external_id is None


@pytest.mark.parametrize(
    ("text", "remote", "places"),
    [
        ("Remote, Israel; Remote, United Kingdom", "full", [(None, "IL"), (None, "GB")]),
        ("Remote - US", "full", [(None, "US")]),
        ("Netherlands (remote)", "full", [(None, "NL")]),
        ("Remote", "full", []),
        ("Remote-Friendly (Travel-Required) | Lund, Sweden", "hybrid", [("Lund", "SE")]),
        ("WA - Seattle; CA - San Francisco", "none", [("Seattle", "US"), ("San Francisco", "US")]),
        ("New York, NY or Toronto, Canada", "none", [("New York", "US"), ("Toronto", "CA")]),
        ("Leuven (BE)", "none", [("Leuven", "BE")]),
        ("Singapore", "none", [(None, "SG")]),
        ("Malmö", "none", [("Malmö", "SE")]),
        ("Mora, MN", "none", [("Mora", "US")]),
        ("In-Office", "none", []),
        ("", "none", []),
    ],
)
def test_free_text_tells_places_and_distance(text, remote, places):
    assert remote_in(text) == remote
    assert [(one.city, one.country) for one in places_in(text)] == places


@pytest.mark.parametrize("payload", [b"", b"<html>", b"[]", b'{"error": "no such board"}'])
def test_what_is_no_board_is_refused_at_once(payload):
    with pytest.raises(UnreadableSource):
        parse("greenhouse", payload)

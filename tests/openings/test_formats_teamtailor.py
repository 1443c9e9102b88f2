"""Teamtailor: RSS with several places, the API's pages, and XML that means harm."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.openings.formats import Ad, AdPlace, Broken, Removal, UnreadableSource, parse

SAMPLE = Path(__file__).parent / "samples" / "teamtailor.rss"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<rss><channel><item><title>&b;</title></item></channel></rss>"""
FILE = b"""<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&x;</title></item></channel></rss>"""


@pytest.fixture(scope="module")
def records():
    return list(parse("teamtailor", SAMPLE.read_bytes()))


def page(attributes, **relationships):
    """Return one page of the API with one job and its office."""
    job = {
        "id": "7",
        "links": {"careersite-job-url": "https://x.example/jobs/7-a"},
        "attributes": {"title": "A", "created-at": "2026-01-01T00:00:00+01:00"} | attributes,
        "relationships": {name: {"data": data} for name, data in relationships.items()},
    }
    office = {"id": "1", "type": "locations", "attributes": {"city": "Lund", "country": "Sweden"}}
    return json.dumps({"data": [job], "included": [office]}).encode()


def test_every_place_is_kept_with_its_municipality(records):
    assert records[0].places == (
        AdPlace("Malmö", "1280", "12", "SE"),
        AdPlace("Göteborg", "1480", "14", "SE"),
        AdPlace("Helsinki", None, None, "FI"),
    )


def test_an_item_becomes_an_ad(records):
    ad = records[0]
    assert ad.external_id == "0b8a7f7e-0000-4000-8000-000000000001"
    assert (ad.title, ad.company) == ("Ekonom & allkonstnär", "Påhittade Bolaget")
    assert ad.apply_url == "https://pahittad.example/jobs/71-ekonom/applications/new"
    assert ad.published_at == datetime(2026, 9, 8, 17, 7, tzinfo=UTC)
    assert ad.body_html.startswith("<h3>Om oss</h3><p>Vi söker")
    assert "x()" not in ad.body_html
    assert (ad.remote, ad.department, ad.language) == ("full", "Ekonomi", "sv")
    assert not ad.standing


def test_an_open_application_stands_and_an_unknown_remote_word_is_on_site(records):
    assert (records[1].standing, records[1].remote) == (True, "none")


def test_an_item_without_link_is_broken_alone(records):
    assert records[2] == Broken(
        "teamtailor", "0b8a7f7e-0000-4000-8000-000000000003", 2, "link is missing"
    )


def test_an_api_job_finds_its_office_and_its_pay():
    given = {"employment-type": "fulltime", "min-salary": 1, "max-salary": 2, "currency": "SEK"}
    payload = page(given, locations=[{"type": "locations", "id": 1}])
    (ad,) = parse("teamtailor", payload, company="Påhittade Bolaget")
    assert isinstance(ad, Ad)
    assert ad.company == "Påhittade Bolaget"
    assert [place.city for place in ad.places] == ["Lund"]
    assert (ad.extents, ad.salary_text) == (("full_time",), "1–2 SEK")


@pytest.mark.parametrize("hidden", [{"human-status": "unlisted"}, {"internal": True}])
def test_an_api_job_that_is_not_public_is_removed(hidden):
    assert list(parse("teamtailor", page(hidden))) == [Removal("teamtailor", "7", None)]


@pytest.mark.parametrize("payload", [BOMB, FILE, b"", b"<rss/>", b"<html>", b"{}", b"[]"])
def test_bombs_and_other_answers_are_refused_at_once(payload):
    with pytest.raises(UnreadableSource):
        parse("teamtailor", payload)

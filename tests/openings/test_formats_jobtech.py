"""JobTech ads: ids as text, Swedish time, fixed concepts, and no contact persons."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.openings.formats import Ad, AdPlace, Broken, Removal, UnreadableSource, parse

SAMPLE = Path(__file__).parent / "samples" / "jobtech-stream.json"


@pytest.fixture(scope="module")
def records():
    return list(parse("jobtech", SAMPLE.read_bytes(), source="af"))


def test_ads_removals_and_broken_records_come_in_their_order(records):
    assert [type(one) for one in records] == [Ad, Removal, Broken, Broken, Ad, Broken, Ad]
    assert all(one.source == "af" for one in records)


def test_a_removal_has_its_number_as_text_and_its_time_in_utc(records):
    gone = datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert records[1] == Removal("af", "70000002", gone)


def test_broken_records_say_which_and_why(records):
    assert records[2] == Broken("af", "70000003", 2, "headline is missing")
    assert records[3] == Broken("af", None, 3, "the record is not an object")
    assert records[5] == Broken("af", "70000005", 5, "publication date is missing or unreadable")


def test_times_are_swedish_and_know_of_summer_time(records):
    assert records[0].published_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert records[0].expires_at == datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)
    assert records[4].published_at == datetime(2024, 1, 15, 7, tzinfo=UTC)


def test_titles_and_names_are_tidied(records):
    assert records[0].title == "Lönekonsult till Umeå"
    assert records[0].company == "Påhittade Byrån AB"
    assert records[0].company_url == "https://www.pahittad.example"
    assert records[0].salary_text is None


def test_concepts_and_codes_outrank_labels(records):
    ad = records[0]
    assert (ad.forms, ad.extents, ad.duration) == (("permanent",), (), None)
    assert (ad.extent_min, ad.extent_max, ad.vacancies) == (None, 75, 2)
    assert (ad.ssyk, ad.occupation_field_id) == ("3313", "X82t_awd_Qyc")
    assert ad.places == (AdPlace("Umeå", "2480", "24", "SE"),)


def test_plain_text_is_not_taken_for_html(records):
    assert records[0].body_html == (
        "<p>Vi söker dig &amp; dina vänner.</p><ul><li>lön</li><li>moms</li></ul>"
    )


def test_half_formatted_text_keeps_its_lines(records):
    assert records[6].body_html == (
        "<p>Rubrik</p><p>Fritt &amp; löst</p><ul><li>ett</li><li>två</li></ul><p>Slut</p>"
    )


def test_the_way_to_apply_is_kept(records):
    assert (records[0].apply_email, records[0].apply_text) == ("jobb@pahittad.example", None)
    assert (records[4].apply_url, records[4].apply_email) == ("https://pahittad.example/jobb", None)
    assert records[6].apply_url is None
    assert records[6].apply_text == "Skicka brev\nMärk kuvertet"


def test_contact_persons_are_nowhere_in_what_is_kept(records):
    kept = repr(records)
    for secret in ("Kim Exempel", "kim@pahittad", "hemlig.person", "070-174"):
        assert secret not in kept


def test_an_open_application_stands_until_removed(records):
    assert [one.standing for one in records if isinstance(one, Ad)] == [False, True, False]
    assert records[4].expires_at is None


def test_countries_are_told_by_name_and_the_page_by_id(records):
    assert records[4].places == (AdPlace("Oslo", None, None, "NO"),)
    assert records[6].places == (AdPlace(country="SE"),)
    assert records[4].url == "https://arbetsformedlingen.se/platsbanken/annonser/70000004"


def test_one_ad_alone_and_an_answer_with_hits_are_read_too():
    one = b'{"id": 5, "headline": "A", "publication_date": "2026-01-01T00:00:00"}'
    alone, among = list(parse("jobtech", one)), list(parse("jobtech", b'{"hits": [' + one + b"]}"))
    assert alone == among
    assert alone[0].external_id == "5"
    assert list(parse("jobtech", b'{"hits": []}')) == []


@pytest.mark.parametrize(
    "payload", [b"", b"<html>", b"\xff\xfe\xfa", b'{"message": "down"}', b'"x"', b"[" * 100_000]
)
def test_what_is_no_list_of_ads_is_refused_at_once(payload):
    with pytest.raises(UnreadableSource):
        parse("jobtech", payload)

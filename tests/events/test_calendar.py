"""The calendar file of an event, read back as a calendar would (RFC 5545)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from portal.kernel.db import session, unit_of_work

SUMMER = datetime(2027, 7, 1, 16, 0, tzinfo=UTC)


def read(browser, slug="e"):
    """The one event in the file, and the file."""
    answer = browser.get(f"/events/{slug}.ics")
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.data)
    assert calendar.errors == []
    [entry] = calendar.walk("VEVENT")
    assert entry.errors == []
    return entry, answer


def test_the_file_is_a_calendar_that_is_downloaded(browser, make):
    event = make.event("Frukost på kajen", slug="e", sequence=3)
    entry, answer = read(browser)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="e.ics"'
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    calendar = Calendar.from_ical(answer.data)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert entry["UID"] == f"event-{event.id}@127.0.0.1"
    assert (entry["SEQUENCE"], entry["STATUS"]) == (3, "CONFIRMED")
    assert entry["SUMMARY"] == "Frukost på kajen"
    assert entry["LOCATION"] == "Kontoret, Storgatan 1, Umeå"
    assert entry["DESCRIPTION"].startswith("Kom och träffas.")
    assert entry["DESCRIPTION"].endswith("/events/e")
    assert entry["URL"].endswith("/events/e")
    assert entry["LAST-MODIFIED"].dt == event.updated_at
    assert entry["DTSTAMP"].dt.tzinfo is not None


@pytest.mark.parametrize(
    ("zone", "starts", "wall"),
    [
        ("Europe/Stockholm", SUMMER, "20270701T180000"),
        ("Europe/Stockholm", datetime(2026, 12, 3, 17, 0, tzinfo=UTC), "20261203T180000"),
        ("America/New_York", SUMMER, "20270701T120000"),
        # Between the American and the European switch the two are five hours apart, not six.
        ("America/New_York", datetime(2027, 3, 20, 17, 0, tzinfo=UTC), "20270320T130000"),
        ("Europe/Stockholm", datetime(2027, 3, 20, 17, 0, tzinfo=UTC), "20270320T180000"),
        # The night of the switch: two hours on the wall are three, or one.
        ("Europe/Stockholm", datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "20270328T013000"),
        ("Europe/Stockholm", datetime(2026, 10, 24, 23, 30, tzinfo=UTC), "20261025T013000"),
        ("Australia/Adelaide", SUMMER, "20270702T013000"),
        ("UTC", SUMMER, "20270701T160000"),
    ],
)
def test_the_instant_is_right_in_any_zone_and_season(browser, make, zone, starts, wall):
    make.event(slug="e", timezone=zone, starts_at=starts, ends_at=starts + timedelta(hours=3))
    entry, answer = read(browser)
    assert entry["DTSTART"].dt == starts
    assert entry["DTEND"].dt == starts + timedelta(hours=3)
    assert entry["DTSTART"].to_ical().decode().rstrip("Z") == wall
    if zone != "UTC":
        assert f"DTSTART;TZID={zone}:{wall}".encode() in answer.data
        [described] = Calendar.from_ical(answer.data).walk("VTIMEZONE")
        assert described["TZID"] == zone
        offset = described.to_tz().utcoffset(starts.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
        assert offset == starts.astimezone(ZoneInfo(zone)).utcoffset()


def test_lines_end_with_crlf_and_are_folded_at_75_octets(browser, make):
    title = "Åttiofem års öppet hus på älgskådningens ängar " * 3
    make.event(title[:159], slug="e", description="Räksmörgås, öl & kaffe; allt med å. " * 40)
    entry, answer = read(browser)
    assert answer.data.endswith(b"END:VCALENDAR\r\n")
    lines = answer.data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert entry["SUMMARY"] == title[:159].strip()


def test_commas_semicolons_backslashes_and_breaks_come_through(browser, make):
    words = "Först, sedan; sist \\ slut.\n\nNytt stycke\n\n- ett\n- två"
    make.event("Mat, dryck; dans \\ sång", slug="e", description=words, address="Gatan 1, Örebro")
    entry, answer = read(browser)
    assert entry["SUMMARY"] == "Mat, dryck; dans \\ sång"
    assert "Först, sedan; sist \\ slut.\n\nNytt stycke\n- ett\n- två" in entry["DESCRIPTION"]
    assert entry["LOCATION"] == "Kontoret, Gatan 1, Örebro"
    assert b"SUMMARY:Mat\\, dryck\\; dans \\\\ s" in answer.data


def test_the_description_is_plain_words(browser, make):
    make.event(slug="e", description="**Kom** & [läs](https://example.com) <script>x</script>")
    entry, _answer = read(browser)
    assert "Kom & läs" in entry["DESCRIPTION"]
    assert "**" not in entry["DESCRIPTION"]
    assert "&amp;" not in entry["DESCRIPTION"]


def test_a_hostile_text_adds_no_property(browser, make):
    bad = "Fest\r\nATTACH:https://evil.example/\nEND:VEVENT\r\nBEGIN:VALARM\x0bX\x85Y\u2028Z"
    make.event(bad, slug="e", place_name=bad[:120], address=bad, description=bad)
    entry, answer = read(browser)
    expected = "UID DTSTAMP DTSTART DTEND CREATED LAST-MODIFIED SEQUENCE STATUS SUMMARY"
    assert set(entry) == {*expected.split(), "DESCRIPTION", "URL", "LOCATION"}
    assert not Calendar.from_ical(answer.data).walk("VALARM")
    starts = [line for line in answer.data.split(b"\r\n") if not line.startswith(b" ")]
    assert not [line for line in starts if line.startswith((b"ATTACH", b"BEGIN:VALARM"))]
    assert starts.count(b"END:VEVENT") == 1


def test_the_name_stays_the_same_when_the_address_changes(browser, make):
    event = make.event(slug="e")
    before = read(browser)[0]["UID"]
    with unit_of_work():
        session().merge(event).slug = "another"
    assert read(browser, "another")[0]["UID"] == before


@pytest.mark.parametrize("accept", ["text/calendar", "*/*", "", "text/html;q=0.1, nonsense"])
def test_calendars_that_ask_oddly_are_answered_alike(browser, make, accept):
    make.event(slug="e")
    answer = browser.get("/events/e.ics", headers={"Accept": accept, "User-Agent": "Thunderbird"})
    assert answer.data.startswith(b"BEGIN:VCALENDAR")


def test_an_internal_events_file_is_for_members(personas, make):
    make.event(slug="e", network_id=personas.network.id, audience="members")
    assert personas.browser(personas.bob).get("/events/e.ics").status_code == 404
    assert personas.browser(personas.alice).get("/events/e.ics").status_code == 200

"""An event's hour is the same instant in mail, on pages and in the calendar file, wherever one reads."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from portal.accounts.actions import choose_zone, open_account
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import unit_of_work

STOCKHOLM, YORK = "Europe/Stockholm", "America/New_York"
# In winter six hours lie between the two; from the American switch (14 March) until the European
# one (28 March 2027), five.
INSTANTS = {
    "the day before the American switch": ("2027-03-13T17:00", "18.00", "12.00"),
    "the night of the American switch": ("2027-03-14T07:30", "08.30", "03.30"),
    "between the switches": ("2027-03-20T17:00", "18.00", "13.00"),
    "the day before the European switch": ("2027-03-27T17:00", "18.00", "13.00"),
    "the night of the European switch": ("2027-03-28T01:30", "03.30", "21.30"),
    "after both": ("2027-03-29T16:00", "18.00", "12.00"),
}


def living_in(personas, make, zone):
    """Somebody who goes by the clock of a zone, and their browser."""
    person = make.person("Nils Resande", address="nils@example.com")
    with unit_of_work():
        open_account(person, "sv", clock.now())
        choose_zone(Actor(person.id), zone)
    return personas.browser(person)


def plain(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize("held_in", [STOCKHOLM, YORK])
@pytest.mark.parametrize("reads_in", [STOCKHOLM, YORK])
@pytest.mark.parametrize("when", INSTANTS)
def test_mail_page_and_file_tell_the_same_instant(personas, make, mailbox, when, reads_in, held_in):
    written, swedish, american = INSTANTS[when]
    starts = datetime.fromisoformat(written).replace(tzinfo=UTC)
    wall = {STOCKHOLM: swedish, YORK: american}
    make.event("Middag", slug="m", starts_at=starts, timezone=held_in)
    nils = living_in(personas, make, reads_in)
    nils.post("/events/m/registration")
    [mail] = mailbox.to("nils@example.com")
    pages = [nils.get(path).text for path in ("/events/m", "/events")]
    assert all(f'datetime="{starts:%Y-%m-%dT%H:%M:%S}Z"' in page for page in pages)
    city = {STOCKHOLM: "Stockholm", YORK: "New York"}
    for text in (mail.text, plain(mail.html), *map(plain, pages)):
        assert f", {wall[held_in]}" in text
        if held_in == reads_in:
            assert "(tid i" not in text
        else:
            assert f"(tid i {city[held_in]})" in text
            assert re.search(rf"{wall[reads_in]}(–\d\d\.\d\d)? i {city[reads_in]}", text), text
    [entry] = Calendar.from_ical(nils.get("/events/m.ics").data).walk("VEVENT")
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (starts, starts + timedelta(hours=2))


def test_another_day_there_is_said(personas, make):
    starts = datetime(2026, 12, 3, 21, 0, tzinfo=UTC)
    make.event(slug="m", starts_at=starts)
    tokyo = living_in(personas, make, "Asia/Tokyo")
    text = plain(tokyo.get("/events/m").text)
    assert "torsdag 3 december, 22.00" in text
    assert "fredag 4 december, 06.00–08.00 i Tokyo" in text


def test_where_the_clock_shows_the_same_nothing_is_added(personas, make):
    make.event(slug="m", timezone="Europe/Copenhagen")
    madrid = living_in(personas, make, "Europe/Madrid")
    assert "tid i" not in plain(madrid.get("/events/m").text)

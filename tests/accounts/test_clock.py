"""Whose clock pages and mails go by: chosen on the page of one's account."""

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.kernel.db import session
from portal.web.zone_table import names
from tests.support.html_tree import read

BOTH = pytest.mark.parametrize("htmx", [False, True])
PATH = "/account/clock"
LARGEST = 25_000  # bytes


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def zone_of(person):
    session().rollback()
    return session().scalar(select(Account.zone).where(Account.person_id == person.id))


def chosen(page):
    return [one.get("value") for one in read(page)[0].all("option") if "selected" in one.attributes]


@BOTH
def test_a_clock_is_chosen_and_pages_go_by_it_at_once(personas, alice, htmx):
    assert chosen(alice.get("/account").text) == ["Europe/Stockholm"]
    assert "Där är den 13.00 nu" in alice.get("/account").text
    answer = alice.post(PATH, {"zone": "America/New_York"}, htmx=htmx)
    if htmx:
        assert answer.status_code == 200
        assert "<h1" not in answer.text
        assert "Tider följer nu klockan i New York." in answer.text
    else:
        assert (answer.status_code, answer.headers["Location"]) == (303, "/account#clock")
    shown = answer.text if htmx else alice.get("/account").text
    assert chosen(shown) == ["America/New_York"]
    assert "klockan i New York. Där är den 07.00 nu" in shown
    assert zone_of(personas.alice) == "America/New_York"


@BOTH
@pytest.mark.parametrize("zone", ["", "Stockholm", "Mars/Base", "../../etc/passwd", "x" * 300])
def test_what_is_no_zone_is_refused_at_the_field(personas, alice, zone, htmx):
    answer = alice.post(PATH, {"zone": zone}, htmx=htmx)
    assert answer.status_code == 422
    assert 'id="zone-error"' in answer.text
    assert ("<h1" in answer.text) is not htmx
    assert chosen(answer.text) == ["Europe/Stockholm"]
    assert zone_of(personas.alice) == "Europe/Stockholm"


@BOTH
def test_only_for_who_is_signed_in(browser, htmx):
    assert browser.post(PATH, {"zone": "Asia/Tokyo"}, htmx=htmx).status_code == (
        401 if htmx else 303
    )


def test_cities_stand_by_part_of_the_world_stockholm_first(personas, alice):
    root, _faults = read(alice.get("/account").text)
    [select_] = root.all("select")
    parts = [group.get("label") for group in select_.all("optgroup")]
    assert parts[:3] == ["Europa", "Afrika", "Nord- och Sydamerika"]
    labels = [option.text() for option in select_.all("option")]
    assert labels[0] == "Stockholm, UTC+1"
    for label in (
        "Köpenhamn, UTC+1",
        "New York, UTC−5",
        "Buenos Aires, UTC−3",
        "Kathmandu, UTC+5:45",
    ):
        assert label in labels
    assert len(labels) == len(set(labels)) > 350
    english = personas.browser(personas.bob)
    english.post("/language", {"lang": "en"})
    assert "Copenhagen, UTC+1" in english.get("/account").text


def test_the_list_is_small_enough_for_a_page(alice):
    text = alice.get("/account").text
    written = text[text.index("<select") : text.index("</select>")]
    assert len(written.encode()) < LARGEST
    assert "America/Indiana/Knox" not in names()


def test_a_clock_that_is_no_longer_listed_is_kept(personas, alice):
    session().execute(
        Account.__table__.update().values(zone="America/Indiana/Knox")  # type: ignore[attr-defined]
    )
    session().commit()
    page = alice.get("/account")
    assert chosen(page.text) == ["America/Indiana/Knox"]

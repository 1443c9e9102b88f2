"""Memories: written down, standing where they were, changed, taken away; one's own alone."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.journey.models import Memory
from portal.kernel.db import session
from portal.kernel.facts import FactRow, FactSubject
from tests.journey.reading import BOTH, heads, told

HTMX = pytest.mark.parametrize("htmx", BOTH)
NEW = "/journey/memories"
SCRIPT = "<script>x()</script>"
TYPED = {
    "year": "2017",
    "month": "5",
    "day": "",
    "text": "Fel **skor** första dagen.",
    "shown": "nobody",
}


@pytest.fixture
def consultant(personas, make):
    make.relation(
        personas.alice, "consultant", began_on=date(2016, 5, 1), ended_on=date(2019, 8, 31)
    )


def memories():
    session().rollback()
    return session().scalars(select(Memory).order_by(Memory.id)).all()


def facts():
    """When each memory stands in the history."""
    session().rollback()
    query = select(FactSubject.at).where(FactSubject.kind == "memory")
    return [at.date() for at in session().scalars(query.order_by(FactSubject.at))]


def added(alice, **typed):
    assert alice.post(NEW, TYPED | typed).status_code == 303
    return memories()[-1].public_id


@HTMX
def test_a_memory_stands_in_its_chapter(consultant, alice, htmx):
    answer = alice.post(NEW, TYPED, htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    where = answer.headers["HX-Redirect" if htmx else "Location"]
    assert where == "/journey?chapter=2016-05-01..2019-08-31#history"
    page = alice.get(where)
    assert heads(page) == ["Under · Konsult 2016–2019"]
    assert "Ditt minne" in told(page)
    assert "<p>Fel <strong>skor</strong> första dagen.</p>" in page.text
    assert '<time datetime="2017-05">maj</time>' in page.text
    assert "Ditt minne står i din resa." in page.text


@HTMX
def test_sent_twice_it_is_one_memory(alice, htmx):
    for _time in range(2):
        assert alice.post(NEW, TYPED, htmx=htmx).status_code == (204 if htmx else 303)
    assert len(memories()) == len(facts()) == 1
    assert "Det minnet har du redan." in alice.get("/journey").text


@pytest.mark.parametrize(
    ("typed", "day", "written"),
    [
        ({"month": "", "day": ""}, date(2017, 7, 1), "någon gång under året"),
        ({"month": "5", "day": ""}, date(2017, 5, 15), ">maj<"),
        ({"month": "5", "day": "3"}, date(2017, 5, 3), "3\u00a0maj"),
        ({"year": "2026", "month": "11", "day": "23"}, date(2026, 11, 23), "23\u00a0november"),
        # This month is not over: it stands at this hour, not later.
        ({"year": "2026", "month": "", "day": ""}, date(2026, 7, 1), "någon gång under året"),
    ],
)
def test_it_is_dated_as_exactly_as_it_is_known(alice, typed, day, written):
    added(alice, **typed)
    assert facts() == [day]
    assert written in alice.get("/journey?show=memories").text


@HTMX
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"year": ""}, "year"),
        ({"year": "17"}, "year"),
        ({"year": "1899"}, "year"),
        ({"year": "2027"}, "year"),
        ({"year": "två tusen"}, "year"),
        ({"month": "13"}, "month"),
        ({"year": "2026", "month": "12"}, "month"),
        ({"month": "2", "day": "30"}, "day"),
        ({"month": "", "day": "3"}, "day"),
        ({"day": "x"}, "day"),
        ({"day": "0"}, "day"),
        ({"year": "2026", "month": "11", "day": "24"}, "day"),
        ({"text": "   "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"shown": "everybody"}, "shown"),
        ({"shown": "members"}, "shown"),
    ],
)
def test_what_can_not_be_is_said_at_its_field_and_typing_is_kept(alice, htmx, typed, field):
    answer = alice.post(NEW, TYPED | {"text": "Kvar står jag"} | typed, htmx=htmx)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert ("<html" in answer.text) is not htmx
    if field != "text":
        assert "Kvar står jag" in answer.text
    if field != "year":
        assert 'value="2026"' in answer.text or 'value="2017"' in answer.text
    assert memories() == []


@HTMX
def test_a_memory_can_be_changed_and_moves(consultant, alice, htmx):
    path = f"{NEW}/{added(alice)}"
    text = alice.get(path).text
    assert 'value="2017"' in text
    assert '<option selected value="5">maj</option>' in text
    for _time in range(2):
        changed = TYPED | {"year": "2020", "month": "", "text": "Nytt", "shown": "networks"}
        answer = alice.post(path, changed, htmx=htmx)
        assert answer.status_code == (204 if htmx else 303)
    (memory,) = memories()
    assert (memory.text, memory.shown, memory.precision) == ("Nytt", "networks", "year")
    assert facts() == [date(2020, 7, 1)]
    assert session().scalar(select(func.count()).where(FactRow.name == "MemoryAdded")) == 1
    refused = alice.post(path, changed | {"year": ""}, htmx=htmx)
    assert refused.status_code == 422
    assert "Nytt" in refused.text


@HTMX
def test_a_memory_can_be_taken_away_as_if_it_never_was(alice, htmx):
    path = f"{NEW}/{added(alice)}/removal"
    assert "Fel **skor**" in alice.get(path).text
    assert memories() != []
    assert alice.post(path, htmx=htmx).status_code == (204 if htmx else 303)
    assert memories() == facts() == []
    assert "Ditt minne" not in told(alice.get("/journey"))
    assert alice.post(path, htmx=htmx).status_code == 404


@HTMX
def test_other_peoples_memories_do_not_exist(personas, alice, htmx):
    path = f"{NEW}/{added(alice, shown='networks')}"
    for person in (personas.bob, personas.mona, personas.kim):
        stranger = personas.browser(person)
        for one in (path, f"{path}/removal"):
            assert stranger.get(one, htmx=htmx).status_code == 404
            assert stranger.post(one, TYPED | {"text": "Stulet"}, htmx=htmx).status_code == 404
    assert [one.text for one in memories()] == [TYPED["text"]]


@HTMX
def test_without_a_token_nothing_is_kept_or_lost(alice, htmx):
    path = f"{NEW}/{added(alice)}"
    for one in (NEW, path, f"{path}/removal"):
        typed = TYPED | {"text": "Smuget in"}
        assert alice.post(one, typed, htmx=htmx, token="").status_code == 400
    assert [one.text for one in memories()] == [TYPED["text"]]


def test_a_memory_is_escaped_everywhere(alice):
    public_id = added(alice, text=f"{SCRIPT} [x](javascript:alert(1)) <img src=x onerror=y>")
    pages = ("/journey", "/journey/print", f"{NEW}/{public_id}", f"{NEW}/{public_id}/removal")
    for path in pages:
        text = alice.get(path).text
        assert "<script>x" not in text
        assert 'href="javascript' not in text
        assert "<img src=x" not in text
    assert alice.post(NEW, dict.fromkeys(TYPED, SCRIPT)).status_code == 422


def test_a_year_in_the_address_fills_the_form(alice):
    assert 'value="2012"' in alice.get(f"{NEW}/new?year=2012").text
    for odd in ("x", "20123", "-1", "<script>"):
        assert 'name="year" type="text" value=""' in alice.get(f"{NEW}/new?year={odd}").text


def test_visitors_sign_in_first(browser):
    assert browser.get(f"{NEW}/new").headers["Location"] == f"/sign-in?next={NEW}/new"
    assert browser.post(NEW, TYPED).status_code == 303
    assert memories() == []

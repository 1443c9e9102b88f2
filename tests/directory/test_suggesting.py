"""While a skill is typed in the filter, the list's own words are suggested: nobody's, so nothing leaks."""

import re

import pytest

from portal.kernel.db import unit_of_work
from portal.people.models import Skill

OPTION = re.compile(r'<option value="([^"]+)">')
PATH = "/people/skills"


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def suggested(browser, typed):
    return OPTION.findall(browser.get(PATH, query_string={"skill": typed}, htmx=True).text)


@pytest.mark.parametrize("typed", ["trägo", "TRAGO", " trägo"])
def test_skills_that_begin_so_are_suggested(alice, typed):
    found = suggested(alice, typed)
    assert "Trägolv" in found
    assert len(found) <= 8


@pytest.mark.parametrize("typed", ["", "  ", "xyzzyx", '"><script>x()</script>'])
def test_nothing_is_suggested_for_nothing(alice, typed):
    answer = alice.get(PATH, query_string={"skill": typed}, htmx=True)
    assert answer.status_code == 200
    assert OPTION.findall(answer.text) == []
    assert "<script>x" not in answer.text


def test_what_people_wrote_themselves_is_never_suggested(personas, make, alice):
    person = make.person("Ina", name_shown="members", skills_shown="members")
    with unit_of_work() as work:
        work.add(Skill(person_id=person.id, folded="zzhemlig", label="Zzhemlig"))
    assert suggested(alice, "zzhem") == []


def test_without_htmx_what_was_typed_is_looked_for(alice):
    answer = alice.get(PATH, query_string={"skill": "Trägolv"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/people?skill=tragolv"
    text = alice.get(answer.headers["Location"]).text
    assert 'value="Trägolv"' in text


def test_visitors_are_asked_to_sign_in(browser):
    assert browser.get(PATH).status_code == 303
    assert browser.get(PATH, htmx=True).status_code == 401


def test_the_field_offers_them(alice):
    text = alice.get("/people").text
    assert re.search(r'<input[^>]*id="skill"[^>]*list="skills"', text)
    assert '<datalist id="skills"></datalist>' in text


def test_it_is_one_query(alice, count_queries):
    alice.get("/people")
    with count_queries() as count:
        suggested(alice, "trägo")
    assert count.total == 1, count.statements

"""Choose who sees what of me: field by field, or all at once."""

import re

import pytest
from sqlalchemy import func, select

from portal.kernel.db import session
from portal.kernel.facts import FactRow
from portal.people.models import AUDIENCES, FIELDS, Person
from portal.people.policy import audience_of, is_seen, seen_by

BOTH = pytest.mark.parametrize("htmx", [False, True])
PATH = "/journey/visibility"


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def chosen(person):
    session().rollback()
    row = session().get_one(Person, person.id, populate_existing=True)
    return {field: getattr(row, f"{field}_shown") for field in FIELDS}


def choices():
    session().rollback()
    return session().scalar(select(func.count()).where(FactRow.name == "AudienceChosen"))


def every(audience, **other):
    return dict.fromkeys(FIELDS, audience) | other


def test_who_just_came_shows_nobody_anything(portal):
    row = Person()
    columns = (Person.__table__.columns[f"{field}_shown"] for field in FIELDS)
    assert {column.default.arg for column in columns} == {"nobody"}
    assert row.photo is None


@BOTH
def test_each_choice_counts_at_once_and_again_does_no_harm(personas, alice, htmx):
    wished = every("networks", name="members", about="nobody", contact="members")
    for _time in range(2):
        answer = alice.post(PATH, wished, htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    assert chosen(personas.alice) == wished
    assert choices() == 1
    bob = personas.browser(personas.bob)
    assert bob.get(f"/people/{personas.alice.public_id}").status_code == 200
    alice.post(PATH, wished | {"name": "nobody"}, htmx=htmx)
    assert bob.get(f"/people/{personas.alice.public_id}").status_code == 404


@BOTH
@pytest.mark.parametrize("audience", AUDIENCES)
def test_all_may_be_chosen_at_once(personas, alice, audience, htmx):
    for _time in range(2):
        answer = alice.post(f"{PATH}/all", {"audience": audience}, htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    assert chosen(personas.alice) == every(audience)
    assert choices() == 1


def test_the_page_has_a_radio_button_for_each_choice_and_shows_mine(alice):
    alice.post(PATH, every("networks", skills="members"))
    text = alice.get(PATH).text
    assert len(re.findall(r'type="radio"', text)) == len(FIELDS) * len(AUDIENCES)
    checked = re.findall(r"<input[^>]*checked[^>]*>", text)
    assert len(checked) == len(FIELDS)
    skills = next(one for one in checked if 'name="skills"' in one)
    assert 'value="members"' in skills
    assert 'aria-labelledby="of-skills sees-members"' in skills
    for name in ("of-skills", "sees-members"):
        assert f'id="{name}"' in text


def test_htmx_gets_the_form_and_a_word(alice):
    answer = alice.post(PATH, every("nobody"), htmx=True)
    assert answer.text.lstrip().startswith('<form id="visibility"')
    assert "Dina val är sparade" in answer.text
    assert "Du visar inte ditt namn för någon" in answer.text
    assert "<html" not in answer.text


def test_the_page_says_when_a_field_reaches_no_further_than_the_name(alice):
    alice.post(PATH, every("members", name="networks"))
    assert alice.get(PATH).text.count("Når inte längre än ditt namn gör.") == len(FIELDS) - 1
    alice.post(PATH, every("members"))
    assert "Når inte längre" not in alice.get(PATH).text


@BOTH
@pytest.mark.parametrize("wrong", [{}, {"name": ""}, {"name": "everyone"}, {"photo": "admin"}])
def test_a_choice_that_is_none_is_refused_at_its_field(personas, alice, wrong, htmx):
    wished = every("members") | wrong if wrong else {}
    before = chosen(personas.alice)
    answer = alice.post(PATH, wished, htmx=htmx)
    assert answer.status_code == 422
    assert 'class="field-error"' in answer.text
    assert ("<html" in answer.text) is not htmx
    assert chosen(personas.alice) == before
    assert alice.post(f"{PATH}/all", {"audience": "everyone"}, htmx=htmx).status_code == 422
    assert alice.post(f"{PATH}/all", {}, htmx=htmx).status_code == 422
    assert chosen(personas.alice) == before


def test_nothing_but_audiences_can_be_written_here(personas, alice):
    alice.post(PATH, every("networks", coordinates="9", suspended_at="x", public_id="forged"))
    session().rollback()
    row = session().get_one(Person, personas.alice.id, populate_existing=True)
    assert (row.coordinates, row.suspended_at) == (0, None)
    assert row.public_id == personas.alice.public_id


@BOTH
def test_without_a_token_nothing_changes(personas, alice, htmx):
    before = chosen(personas.alice)
    for path in (PATH, f"{PATH}/all"):
        form = every("members") | {"audience": "members"}
        assert alice.post(path, form, htmx=htmx, token="").status_code == 400
    assert chosen(personas.alice) == before


class Row:
    def __init__(self, name_shown, headline_shown):
        self.name_shown, self.headline_shown = name_shown, headline_shown


@pytest.mark.parametrize("name", AUDIENCES)
@pytest.mark.parametrize("headline", AUDIENCES)
def test_a_field_reaches_as_far_as_its_audience_and_the_name(name, headline):
    row = Row(name, headline)
    order = AUDIENCES.index
    assert order(audience_of(row, "headline")) == min(order(name), order(headline))
    for reached in (set(), {"members"}, {"members", "networks"}, set(AUDIENCES)):
        assert is_seen(row, "headline", frozenset(reached)) == ({name, headline} <= reached)


def test_who_sees_it_is_said_of_every_field(personas):
    words = seen_by(personas.alice)
    assert words.keys() == set(FIELDS)
    assert str(words["name"]) == "Ses av dina nätverk"
    assert str(words["photo"]) == "Ses av ingen"


def test_the_page_is_three_queries(alice, count_queries):
    with count_queries() as count:
        assert alice.get(PATH).status_code == 200
    assert count.total <= 3

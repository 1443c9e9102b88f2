"""Choose who sees my name."""

import pytest
from sqlalchemy import func, select

from portal.kernel.db import session
from portal.kernel.facts import FactRow
from portal.people.models import Person

BOTH = pytest.mark.parametrize("htmx", [False, True])
PATH = "/journey/visibility"


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def shown(personas):
    session().rollback()
    return session().scalar(select(Person.name_shown).where(Person.id == personas.alice.id))


def choices():
    session().rollback()
    return session().scalar(select(func.count()).where(FactRow.name == "AudienceChosen"))


@BOTH
def test_the_choice_counts_at_once_and_again_does_no_harm(personas, alice, htmx):
    bob = personas.browser(personas.bob)
    path = f"/people/{personas.alice.public_id}"
    assert bob.get(path).status_code == 404
    for _time in range(2):
        answer = alice.post(PATH, {"shown": "members"}, htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    assert shown(personas) == "members"
    assert choices() == 1
    assert bob.get(path).status_code == 200
    alice.post(PATH, {"shown": "nobody"}, htmx=htmx)
    assert bob.get(path).status_code == 404


def test_htmx_gets_the_form_with_the_choice_and_a_word(alice):
    answer = alice.post(PATH, {"shown": "nobody"}, htmx=True)
    assert answer.text.lstrip().startswith('<section id="visibility"')
    assert 'checked id="shown-0"' in answer.text
    assert "Ditt val är sparat" in answer.text
    assert "<html" not in answer.text


def test_without_htmx_the_page_says_so(alice):
    answer = alice.post(PATH, {"shown": "nobody"})
    assert answer.headers["Location"] == "/journey#visibility"
    text = alice.get("/journey").text
    assert "Ditt val är sparat" in text
    assert 'checked id="shown-0"' in text


@BOTH
@pytest.mark.parametrize("typed", [{}, {"shown": ""}, {"shown": "everyone"}])
def test_no_choice_is_refused_at_the_field(personas, alice, typed, htmx):
    answer = alice.post(PATH, typed, htmx=htmx)
    assert answer.status_code == 422
    assert 'class="field-error"' in answer.text
    assert ("<html" in answer.text) is not htmx
    assert shown(personas) == "networks"


@BOTH
def test_without_a_token_nothing_changes(personas, alice, htmx):
    assert alice.post(PATH, {"shown": "members"}, htmx=htmx, token="").status_code == 400
    assert shown(personas) == "networks"

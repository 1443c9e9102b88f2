"""Trying how it would be: things are added and the effect is said, and nothing is kept."""

import pytest

from portal.accounts.queries import account_of
from portal.kernel.db import unit_of_work
from tests.directory.doors import PATH, choose, doors_of, filled, organisation, sentence
from tests.support.browser import Browser

BOTH = pytest.mark.parametrize("htmx", [False, True])


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


@pytest.fixture
def mona(personas):
    """Who coordinates Alice's network and has an account."""
    return personas.browser(personas.mona)


@BOTH
@pytest.mark.parametrize(
    ("typed", "ticked"),
    [
        ({"topic": "Knyppling"}, 'name="topics" value="Knyppling" checked'),
        ({"suggested": "Svetsning", "topic": "sve"}, 'name="topics" value="Svetsning" checked'),
        ({"place": "umeå"}, 'name="places" value="2480" checked'),
        ({"domain": "@Nordbygg.se."}, 'name="domains" value="nordbygg.se" checked'),
        ({"organisation": "NORDBYGG"}, 'name="organisations" value="{id}" checked'),
    ],
)
def test_what_is_typed_is_added_and_nothing_is_kept(personas, alice, htmx, typed, ticked):
    ticked = ticked.replace("{id}", str(organisation("Nordbygg AB", "nordbygg.se").id))
    organisation("Nordbygg Tak AB")
    answer = alice.post(f"{PATH}/draft", filled(**typed, add=next(iter(typed))), htmx=htmx)
    assert answer.status_code == 200
    assert ticked in answer.text
    assert 'value="sve"' not in answer.text
    assert answer.text.lstrip().startswith("<form" if htmx else "<!doctype html>")
    assert answer.text.count("autofocus") == 1
    assert doors_of(personas.alice) == []


@BOTH
def test_organisations_are_looked_for(alice, htmx):
    organisation("Nordbygg AB", "nordbygg.se")
    organisation("Nordtak AB")
    organisation("Sydbygg AB")
    form = filled(organisation="nord", add="organisation")
    answer = alice.post(f"{PATH}/draft", form, htmx=htmx)
    assert answer.status_code == 200
    assert "Vilken menar du?" in answer.text
    assert "Nordbygg AB" in answer.text
    assert "Nordtak AB" in answer.text
    assert "Sydbygg AB" not in answer.text
    assert 'value="nord"' in answer.text


@BOTH
def test_what_does_not_fit_is_told_at_its_field_and_the_rest_is_added(alice, htmx):
    form = filled(topic="Trä", domain="x y", add="domain")
    answer = alice.post(f"{PATH}/draft", form, htmx=htmx)
    assert answer.status_code == 422
    assert 'id="domain-error"' in answer.text
    assert 'value="x y"' in answer.text
    assert 'name="topics" value="Trä" checked' in answer.text


def test_without_javascript_the_effect_is_said_on_the_page(personas, mona, alice):
    answer = alice.post(f"{PATH}/effect", filled(position="ajar", topic="Trä"))
    assert answer.status_code == 200
    assert "<!doctype html>" in answer.text
    assert sentence(answer) == "1 samordnare kan se detta."
    assert 'name="topics" value="Trä" checked' in answer.text
    assert doors_of(personas.alice) == []


def test_with_htmx_the_sentence_comes_alone(personas, mona, alice):
    answer = alice.post(f"{PATH}/effect", filled(position="ajar"), htmx=True)
    assert "<form" not in answer.text
    assert sentence(answer) == "1 samordnare kan se detta."
    closed = alice.post(f"{PATH}/effect", filled(position="closed"), htmx=True)
    assert sentence(closed) == "Ingen kan se detta."
    assert doors_of(personas.alice) == []


def test_the_sentence_names_who_is_shut_out(personas, mona, alice):
    names = ("Nordbygg AB", "Sydbygg AB", "Västbygg AB")
    ids = [str(organisation(name).id) for name in names]
    form = filled(position="ajar", organisations=ids[:2], domain="ostbygg.se")
    assert sentence(alice.post(f"{PATH}/effect", form, htmx=True)) == (
        "1 samordnare kan se detta, ingen på Nordbygg AB, Sydbygg AB eller ostbygg.se."
    )
    form["organisations"] = ids
    with unit_of_work():
        account_of(personas.alice.id).language = "en"
    english = Browser(personas.app).sign_in(personas.alice)
    assert sentence(english.post(f"{PATH}/effect", form, htmx=True)) == (
        "1 coordinator can see this, nobody at Nordbygg AB, Sydbygg AB, Västbygg AB or 1 more place."
    )


def test_a_break_is_seen_by_nobody(mona, alice):
    form = filled(position="open", paused_until="2026-12-24")
    answer = alice.post(f"{PATH}/effect", form, htmx=True)
    assert sentence(answer) == "Ingen kan se detta."
    assert "24\u00a0december" in answer.text


def test_who_shows_nobody_their_name_is_told_what_that_means(personas, mona, make):
    person = make.person("Ina Ingen", name_shown="nobody")
    make.membership(person, personas.network)
    answer = personas.browser(person).post(f"{PATH}/effect", filled(), htmx=True)
    assert sentence(answer) == "Ingen kan se detta."
    assert "Du visar inte ditt namn för någon" in answer.text


def test_topics_are_suggested_while_typed(alice):
    answer = alice.get(f"{PATH}/topics?topic=svetstek", htmx=True)
    assert 'name="suggested" value="Svetsteknik"' in answer.text
    assert "Svetsteknik" in alice.get(f"{PATH}/topics?topic=svetstek").text
    assert "<button" not in alice.get(f"{PATH}/topics?topic=", htmx=True).text


def test_the_page_asks_the_database_a_few_times(mona, alice, count_queries):
    choose(alice, position="ajar", topics=["Trä"], domains=["nordbygg.se"])
    with count_queries() as count:
        assert alice.get(PATH).status_code == 200
    assert count.total <= 5, count.statements
    with count_queries() as count:
        alice.post(f"{PATH}/effect", filled(), htmx=True)
    assert count.total <= 5, count.statements

"""Tell about myself."""

import pytest
from sqlalchemy import func, select

from portal.kernel.db import session
from portal.kernel.facts import FactRow
from portal.people.models import Person

BOTH = pytest.mark.parametrize("htmx", [False, True])
PATH = "/journey/profile"
SCRIPT = "<script>x()</script>"
TYPED = {
    "name": "Alice Öman",
    "headline": "Byggledare",
    "municipality": "2480",
    "about": "Jag **bygger**.\n\nGärna trä.",
}


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def me(personas):
    session().rollback()
    return session().get_one(Person, personas.alice.id, populate_existing=True)


def changes():
    session().rollback()
    return session().scalar(select(func.count()).where(FactRow.name == "ProfileChanged"))


@BOTH
def test_what_i_tell_is_kept_and_shown(personas, alice, htmx):
    for _time in range(2):
        answer = alice.post(PATH, TYPED, htmx=htmx)
        assert answer.status_code == (204 if htmx else 303)
        assert answer.headers["HX-Redirect" if htmx else "Location"] == "/journey"
    person = me(personas)
    told = (person.name, person.headline, person.municipality, person.about)
    assert told == tuple(TYPED.values())
    assert changes() == 1
    text = alice.get(f"/people/{person.public_id}").text
    for words in ("Alice Öman", "Byggledare", "Umeå", "<strong>bygger</strong>"):
        assert words in text


def test_the_form_shows_what_i_told_before(personas, alice):
    alice.post(PATH, TYPED)
    assert "Din profil är sparad." in alice.get("/journey").text
    text = alice.get(PATH).text
    assert 'value="Alice Öman"' in text
    assert '<option selected value="2480">Umeå</option>' in text
    assert "Gärna trä." in text
    alice.post(PATH, TYPED)
    assert "Inget ändrades." in alice.get("/journey").text


def test_all_but_the_name_may_be_left_out(personas, alice):
    alice.post(PATH, TYPED)
    assert alice.post(PATH, {"name": "Alice", "municipality": ""}).status_code == 303
    person = me(personas)
    assert (person.headline, person.municipality, person.about) == ("", None, "")


@BOTH
@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 121),
        ("headline", "x" * 161),
        ("municipality", "9999"),
        ("about", "x" * 4001),
    ],
)
def test_what_can_not_be_taken_is_said_at_its_field_and_typing_is_kept(
    personas, alice, field, typed, htmx
):
    answer = alice.post(PATH, TYPED | {"headline": "Kvar står jag", field: typed}, htmx=htmx)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert ("<html" in answer.text) is not htmx
    if field != "headline":
        assert "Kvar står jag" in answer.text
    assert me(personas).name == "Alice Åkerlund"
    assert changes() == 0


@BOTH
def test_without_a_token_nothing_changes(personas, alice, htmx):
    assert alice.post(PATH, TYPED, htmx=htmx, token="").status_code == 400
    assert me(personas).name == "Alice Åkerlund"


@BOTH
def test_markup_in_every_field_is_escaped(alice, htmx):
    refused = alice.post(PATH, dict.fromkeys(TYPED, SCRIPT), htmx=htmx)
    assert refused.status_code == 422
    assert "<script>x" not in refused.text
    assert (
        alice.post(PATH, TYPED | dict.fromkeys(("name", "headline", "about"), SCRIPT)).status_code
        == 303
    )
    for path in ("/journey", PATH, "/people"):
        assert "<script>x" not in alice.get(path).text


def test_the_form_is_two_queries(alice, count_queries):
    with count_queries() as count:
        assert alice.get(PATH).status_code == 200
    assert count.total <= 2

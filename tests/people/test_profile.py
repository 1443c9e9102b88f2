"""Tell who I am, on a page where each part saves on its own."""

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
FORGED = {
    "id": "999",
    "public_id": "p-forged",
    "person_id": "999",
    "sort_key": "a",
    "photo": "a" * 32 + ".webp",
    "name_shown": "members",
    "about_shown": "members",
    "confirmed_at": "2030-01-01",
    "suspended_at": "2020-01-01",
    "coordinates": "9",
    "arrived_at": "2000-01-01",
    "role": "administrator",
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
        assert answer.headers["HX-Redirect" if htmx else "Location"] == PATH
    person = me(personas)
    told = (person.name, person.headline, person.municipality, person.about)
    assert told == tuple(TYPED.values())
    assert changes() == 1
    text = alice.get(f"/people/{person.public_id}").text
    for words in ("Alice Öman", "Byggledare", "Umeå", "<strong>bygger</strong>"):
        assert words in text


def test_the_form_shows_what_i_told_before(alice):
    alice.post(PATH, TYPED)
    text = alice.get(PATH).text
    assert "Din profil är sparad." in text
    assert 'value="Alice Öman"' in text
    assert '<option selected value="2480">Umeå</option>' in text
    assert "Gärna trä." in text
    alice.post(PATH, TYPED)
    assert "Inget ändrades." in alice.get(PATH).text


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
def test_how_it_will_look_is_shown_and_nothing_is_kept(personas, alice, htmx):
    answer = alice.post(f"{PATH}/preview", TYPED | {"about": f"**Hej** {SCRIPT}"}, htmx=htmx)
    assert answer.status_code == 200
    assert "<strong>Hej</strong>" in answer.text
    assert "<script>x" not in answer.text
    assert ("<html" in answer.text) is not htmx
    if not htmx:
        assert 'value="Alice Öman"' in answer.text
    assert me(personas).about == ""
    assert changes() == 0


@BOTH
def test_without_a_token_nothing_changes(personas, alice, htmx):
    assert alice.post(PATH, TYPED, htmx=htmx, token="").status_code == 400
    assert me(personas).name == "Alice Åkerlund"


def test_only_the_four_facts_can_be_written_here(personas, alice):
    before = me(personas)
    kept = {name: getattr(before, name) for name in FORGED if hasattr(before, name)}
    alice.post(PATH, TYPED | FORGED)
    after = me(personas)
    del kept["sort_key"], kept["confirmed_at"]
    assert {name: getattr(after, name) for name in kept} == kept
    assert after.name == "Alice Öman"
    assert after.confirmed_at.year == 2026


@BOTH
def test_markup_in_every_field_is_escaped(alice, htmx):
    refused = alice.post(PATH, dict.fromkeys(TYPED, SCRIPT), htmx=htmx)
    assert refused.status_code == 422
    assert "<script>x" not in refused.text
    told = TYPED | dict.fromkeys(("name", "headline", "about"), SCRIPT)
    assert alice.post(PATH, told).status_code == 303
    for path in ("/journey", PATH, "/journey/visibility", "/people", "/journey/as-others-see-me"):
        assert "<script>x" not in alice.get(path).text


def test_each_part_says_who_sees_it(personas, alice):
    text = alice.get(PATH).text
    assert "Namn: ses av dina nätverk" in text
    assert text.count("Ses av ingen") == 6
    alice.post("/journey/visibility/all", {"audience": "networks"})
    assert "Ses av ingen" not in alice.get(PATH).text


def test_the_page_is_three_queries_however_much_is_told(personas, alice, count_queries):
    for number in range(12):
        alice.post(f"{PATH}/skills", {"skill": f"Kunskap {number}"})
        alice.post(f"{PATH}/work", {"workplace": f"Plats {number}", "began": "2019-08"})
    with count_queries() as count:
        assert alice.get(PATH).status_code == 200
    assert count.total <= 3

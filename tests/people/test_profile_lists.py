"""Add to my skills, languages, links and contact ways, and take away again."""

import pytest
from sqlalchemy import func, select

from portal.kernel.db import session
from portal.kernel.facts import FactRow
from portal.people.forms.listing import is_safe_link
from portal.people.models import ContactWay, Link, Skill, SpokenLanguage

BOTH = pytest.mark.parametrize("htmx", [False, True])
HOME = "/journey/profile"
SCRIPT = "<script>x()</script>"
ADDED = pytest.mark.parametrize(
    ("section", "model", "typed", "shown"),
    [
        ("skills", Skill, {"skill": "Knyppling"}, "Knyppling"),
        ("languages", SpokenLanguage, {"code": "sv", "level": "native"}, "Svenska"),
        ("links", Link, {"url": "https://example.com/a", "label": "Min sida"}, "Min sida"),
        ("contact", ContactWay, {"kind": "phone", "value": "070-174 06 05"}, "070-174 06 05"),
    ],
)


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def rows(model, person):
    session().rollback()
    return session().scalars(select(model).where(model.person_id == person.id)).all()


def changes():
    session().rollback()
    return session().scalar(select(func.count()).where(FactRow.name == "ProfileChanged"))


@BOTH
@ADDED
def test_a_thing_is_added_once_even_by_a_double_click(
    personas, alice, section, model, typed, shown, htmx
):
    for _time in range(2):
        answer = alice.post(f"{HOME}/{section}", typed, htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    assert len(rows(model, personas.alice)) == 1
    assert changes() == 1
    assert shown in alice.get(HOME).text
    if htmx:
        assert answer.text.lstrip().startswith(f'<section class="section" id="{section}"')
        assert "autofocus" in answer.text
    else:
        assert answer.headers["Location"] == f"{HOME}#{section}"


@BOTH
@ADDED
def test_it_is_taken_away_and_doing_it_again_does_no_harm(
    personas, alice, section, model, typed, shown, htmx
):
    alice.post(f"{HOME}/{section}", typed)
    (row,) = rows(model, personas.alice)
    path, form = removal(section, row)
    for _time in range(2):
        answer = alice.post(path, form, htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    assert rows(model, personas.alice) == []
    assert changes() == 2


def removal(section, row):
    """Return the address and the form by which a row is taken away."""
    by_word = {"skills": ("key", "folded"), "languages": ("code", "code")}
    if section in by_word:
        name, column = by_word[section]
        return f"{HOME}/{section}/removal", {name: getattr(row, column)}
    return f"{HOME}/{section}/{row.id}/removal", {}


@BOTH
@ADDED
def test_nobody_takes_away_what_is_not_theirs(personas, alice, section, model, typed, shown, htmx):
    alice.post(f"{HOME}/{section}", typed)
    path, form = removal(section, rows(model, personas.alice)[0])
    personas.browser(personas.bob).post(path, form, htmx=htmx)
    assert len(rows(model, personas.alice)) == 1


@ADDED
def test_nothing_is_added_for_somebody_else(personas, alice, section, model, typed, shown):
    forged = {"person_id": str(personas.bob.id), "id": "77", "folded": "x", "concept_id": "x"}
    alice.post(f"{HOME}/{section}", typed | forged)
    assert rows(model, personas.bob) == []
    (row,) = rows(model, personas.alice)
    assert getattr(row, "id", 0) != 77
    assert getattr(row, "folded", "knyppling") == "knyppling"
    assert getattr(row, "concept_id", None) is None


@BOTH
@ADDED
def test_without_a_token_nothing_changes(personas, alice, section, model, typed, shown, htmx):
    assert alice.post(f"{HOME}/{section}", typed, htmx=htmx, token="").status_code == 400
    assert rows(model, personas.alice) == []


@BOTH
@pytest.mark.parametrize(
    ("section", "typed", "field"),
    [
        ("skills", {"skill": ""}, "skill"),
        ("skills", {"skill": "x" * 81}, "skill"),
        ("skills", {"skill": "!?"}, "skill"),
        ("languages", {"code": "", "level": "good"}, "code"),
        ("languages", {"code": "xx", "level": "good"}, "code"),
        ("languages", {"code": "sv", "level": "perfect"}, "level"),
        ("links", {"url": ""}, "url"),
        ("links", {"url": "http://example.com/"}, "url"),
        ("links", {"url": "javascript:alert(1)"}, "url"),
        ("links", {"url": "https://example.com/" + "x" * 500}, "url"),
        ("links", {"url": "https://example.com", "label": "x" * 61}, "label"),
        ("contact", {"kind": "email", "value": "alice"}, "value"),
        ("contact", {"kind": "phone", "value": "ring mig"}, "value"),
        ("contact", {"kind": "other", "value": ""}, "value"),
        ("contact", {"kind": "other", "value": "x" * 255}, "value"),
        ("contact", {"kind": "fax", "value": "070-174 06 05"}, "kind"),
    ],
)
def test_what_can_not_be_taken_is_said_at_its_field_and_typing_is_kept(
    alice, section, typed, field, htmx
):
    answer = alice.post(f"{HOME}/{section}", typed, htmx=htmx)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert ("<html" in answer.text) is not htmx
    assert changes() == 0


@pytest.mark.parametrize("section", ["skills", "links", "contact"])
def test_there_is_room_for_so_many(personas, alice, section):
    models = {"skills": (Skill, 50), "links": (Link, 10), "contact": (ContactWay, 10)}
    model, most = models[section]

    def add(number):
        typed = {"skill": f"Nr {number}", "url": f"example.com/{number}"}
        return alice.post(f"{HOME}/{section}", typed | {"kind": "other", "value": f"Nr {number}"})

    for number in range(most):
        assert add(number).status_code == 303
    answer = add(most)
    assert answer.status_code == 422
    assert f"Det finns plats för {most}" in answer.text
    assert len(rows(model, personas.alice)) == most


def test_one_skill_has_one_spelling_and_is_written_as_the_list_does(personas, alice):
    for typed in ("PYTHON", "python", "Python  "):
        alice.post(f"{HOME}/skills", {"skill": typed})
    (skill,) = rows(Skill, personas.alice)
    assert (skill.label, skill.folded) == ("Python", "python")
    assert skill.concept_id
    for typed in ("Åkermaskiner hemma", "akermaskiner HEMMA"):
        alice.post(f"{HOME}/skills", {"skill": typed})
    found = sorted(one.folded for one in rows(Skill, personas.alice))
    assert found == ["akermaskiner hemma", "python"]


def test_a_language_is_known_better_after_a_while(personas, alice):
    for level in ("some", "good", "good"):
        alice.post(f"{HOME}/languages", {"code": "de", "level": level})
    (language,) = rows(SpokenLanguage, personas.alice)
    assert language.level == "good"
    assert changes() == 2


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("typed", ["svets", "SVETS", "svetste"])
def test_skills_are_suggested_as_typed(alice, typed, htmx):
    answer = alice.get(f"{HOME}/skills", query_string={"skill": typed}, htmx=htmx)
    assert answer.status_code == 200
    assert 'name="skill" value="Svetsteknik"' in answer.text
    assert ("<html" in answer.text) is not htmx


def test_a_skill_one_has_is_not_suggested_and_folding_finds_it(alice):
    path = f"{HOME}/skills?skill=stalk"
    assert 'value="Stålkonstruktion"' in alice.get(path, htmx=True).text
    alice.post(f"{HOME}/skills", {"skill": "stålkonstruktion"})
    assert 'value="Stålkonstruktion"' not in alice.get(path, htmx=True).text
    assert "<button" not in alice.get(f"{HOME}/skills?skill=", htmx=True).text


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com",
        "https://",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://example",
        "https://alice@example.com/",
        "https://alice:pw@example.com/",
        "https://exa mple.com/",
        "https://example.com/<b>",
        'https://example.com/"onmouseover=x()',
        "https://example.com:99999/",
        "https://example.com:x/",
        "https://exämple..com/",
        "//example.com/",
        "data:text/html,x",
        "javascript://example.com/%0aalert(1)",
    ],
)
def test_only_a_plain_https_address_is_a_link(address):
    assert not is_safe_link(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com",
        "https://example.com:8443/a?b=c#d",
        "https://räksmörgås.example/å",
        "https://xn--rksmrgs-5wao1o.example/",
    ],
)
def test_what_leads_somewhere_is_a_link(address):
    assert is_safe_link(address)


def test_a_link_without_a_scheme_gets_it_and_says_where_it_leads(personas, alice):
    alice.post(f"{HOME}/links", {"url": "www.example.com/me", "label": "Banken"})
    (link,) = rows(Link, personas.alice)
    assert link.url == "https://www.example.com/me"
    text = alice.get(f"/people/{personas.alice.public_id}").text
    assert 'href="https://www.example.com/me" rel="ugc nofollow noopener noreferrer"' in text
    assert ">example.com<" in text


@ADDED
def test_markup_is_escaped(alice, personas, section, model, typed, shown):
    for field in typed:
        alice.post(f"{HOME}/{section}", typed | {"kind": "other"} | {field: SCRIPT})
    alice.post(f"{HOME}/links", {"url": "example.com/x", "label": SCRIPT})
    for path in (HOME, f"/people/{personas.alice.public_id}", "/journey/visibility"):
        assert "<script>x" not in alice.get(path).text

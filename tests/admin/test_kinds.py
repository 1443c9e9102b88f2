"""Kinds of relations are data: added, renamed, put out of use and brought back by administrators."""

import pytest
from sqlalchemy import select

from portal.kernel.db import session
from portal.people.models import RelationKind
from tests.admin.reading import facts, main_of, relations, standing

BOTH = pytest.mark.parametrize("htmx", [False, True])
LIST = "/admin/relation-kinds"
BUILT_IN = ("candidate", "employee", "consultant", "alumnus", "customer_contact")
NEW = {
    "name_sv": "Mentor",
    "name_en": "Board mentor",
    "phase": "during",
    "purpose": "att hålla kontakten",
    "legal_basis": "consent",
}


def kind(code):
    session().rollback()
    query = select(RelationKind).where(RelationKind.code == code)
    return session().scalar(query.execution_options(populate_existing=True))


def added(kim, **more):
    assert kim.post(LIST, NEW | more).status_code == 303
    session().rollback()
    return session().scalars(select(RelationKind).order_by(RelationKind.id.desc())).first()


def test_the_kinds_the_portal_came_with_are_listed_with_their_purpose(kim):
    text = main_of(kim.get(LIST))
    for code in BUILT_IN:
        assert f'id="kind-{code}"' in text
        assert f"{LIST}/{code}/retirement" not in text
    assert "Sparas för: rekrytering (åtgärder på personens begäran)" in text
    assert "Söker arbete: dold för kollegor" in text


@BOTH
def test_a_kind_is_added_and_relations_can_be_of_it(kim, personas, make, htmx):
    make.host()
    answer = kim.post(LIST, NEW, htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    mentor = kind("board_mentor")
    assert (mentor.name_sv, mentor.purpose, mentor.legal_basis) == (
        "Mentor",
        "staying in touch",
        "consent",
    )
    assert not mentor.is_built_in
    assert not mentor.is_candidate
    known = {"relation_kind_id": mentor.id, "by_id": personas.kim.id}
    assert facts("RelationKindAdded") == [("RelationKindAdded", known)]
    path = f"/admin/people/{personas.alice.public_id}/relations"
    told = {"kind": "board_mentor", "organisation": "Kundidat", "began": "2026-01-01"}
    told |= {"purpose": "att hålla kontakten", "legal_basis": "consent"}
    assert kim.post(path, told).status_code == 303
    assert [one.kind for one in standing(personas.alice)] == ["board_mentor"]
    assert "1 relation" in main_of(kim.get(LIST))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name_sv": ""}, "Skriv det svenska namnet."),
        ({"name_en": " "}, "Skriv det engelska namnet."),
        ({"name_sv": "x" * 61}, "högst 60 tecken"),
        ({"name_en": "CANDIDATE"}, "Det finns redan en typ med det namnet."),
        ({"name_sv": "anstalld"}, "Det finns redan en typ med det namnet."),
        ({"phase": "never"}, "Välj en av dem som finns."),
        ({"purpose": ""}, "Skriv vad sådana relationer sparas för."),
        ({"legal_basis": ""}, "Välj en av dem som finns."),
    ],
)
@BOTH
def test_what_is_wrong_is_said_and_typing_is_kept(kim, htmx, wrong, words):
    answer = kim.post(LIST, NEW | {"purpose": "eget ändamål"} | wrong, htmx=htmx)
    assert answer.status_code == 422
    assert words in answer.text
    assert wrong.get("purpose") == "" or 'value="eget ändamål"' in answer.text
    assert kind("board_mentor") is None
    assert facts("RelationKindAdded") == []


def test_names_that_make_the_same_code_are_two_kinds(kim):
    assert added(kim).code == "board_mentor"
    assert added(kim, name_sv="Annan", name_en="Board-mentor!").code == "board_mentor_2"
    assert added(kim, name_sv="Tredje", name_en="?!").code == "kind"


@BOTH
def test_a_kind_that_was_added_is_renamed_and_one_the_portal_came_with_is_not(kim, htmx):
    mentor = added(kim)
    told = NEW | {"name_sv": "Handledare", "name_en": "Supervisor"}
    for code in (mentor.code, "employee"):
        answer = kim.post(f"{LIST}/{code}", told, htmx=htmx)
        assert answer.status_code == (204 if htmx else 303)
    assert kind(mentor.code).name_sv == "Handledare"
    assert kind("employee").name_sv == "Anställd"
    assert kind("employee").purpose == "staying in touch"
    assert 'name="name_sv"' not in kim.get(f"{LIST}/employee").text
    [first, *_more] = facts("RelationKindChanged")
    assert first[1]["relation_kind_id"] == mentor.id
    taken = NEW | {"name_sv": "Kandidat"}
    answer = kim.post(f"{LIST}/{mentor.code}", taken, htmx=htmx)
    assert answer.status_code == 422
    assert "Det finns redan en typ med det namnet." in answer.text


def test_what_a_kind_is_kept_for_is_changed_for_new_relations_only(kim, personas, make):
    make.relation(personas.alice, "consultant")
    kim.post(f"{LIST}/consultant", {"purpose": "annat", "legal_basis": "consent"})
    assert [one.purpose for one in relations(personas.alice)] == ["assignment"]
    path = f"/admin/people/{personas.alice.public_id}/relations/new?kind=consultant"
    assert 'value="annat"' in kim.get(path).text


@BOTH
def test_a_kind_is_put_out_of_use_and_brought_back(kim, personas, htmx):
    mentor = added(kim)
    for act, is_out in (("retirement", True), ("restoration", False)):
        for _click in range(2):
            answer = kim.post(f"{LIST}/{mentor.code}/{act}", htmx=htmx)
            assert answer.status_code == (200 if htmx else 303)
            assert (kind(mentor.code).retired_at is not None) is is_out
        text = answer.text if htmx else main_of(kim.get(LIST))
        assert ("Används inte" in text) is is_out
    assert len(facts("RelationKindChanged")) == 2


@BOTH
def test_a_kind_the_portal_came_with_stays_in_use(kim, htmx):
    answer = kim.post(f"{LIST}/alumnus/retirement", htmx=htmx)
    shown = answer if htmx else kim.get(LIST)
    assert "Typen följde med portalen" in shown.text
    assert kind("alumnus").retired_at is None


def test_what_it_hides_and_where_it_stands_can_not_be_smuggled_in(kim):
    kim.post(f"{LIST}/candidate", NEW | {"is_candidate": "", "code": "x", "is_built_in": ""})
    assert (kind("candidate").is_candidate, kind("candidate").is_built_in) == (True, True)
    assert not added(kim, is_built_in="y", code="owner").is_built_in
    assert kind("owner") is None


@BOTH
def test_for_others_there_is_nothing_here(personas, htmx):
    alice = personas.browser(personas.alice)
    for way in ("", "/candidate", "/candidate/retirement", "/candidate/restoration"):
        assert alice.post(f"{LIST}{way}", NEW, htmx=htmx).status_code == 404
    for way in ("", "/new", "/candidate"):
        assert alice.get(f"{LIST}{way}", htmx=htmx).status_code == 404
    assert kind("board_mentor") is None


def test_what_never_was_is_a_404(kim):
    for way in ("unheard", "unheard/retirement"):
        assert kim.post(f"{LIST}/{way}", NEW).status_code == 404
    assert kim.get(f"{LIST}/unheard").status_code == 404


def test_the_list_is_three_queries(kim, count_queries):
    for number in range(8):
        added(kim, name_sv=f"Typ {number}", name_en=f"Kind {number}")
    with count_queries() as count:
        assert kim.get(LIST).status_code == 200
    assert count.total <= 3

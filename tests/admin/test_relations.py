"""Relations begin, end and are put right over HTTP; nothing is overwritten, no other one ends."""

from datetime import date, timedelta

import pytest

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.models import Relation, RelationKind
from tests.admin.reading import facts, organisation, organisations, relations, standing
from tests.conftest import NOW

BOTH = pytest.mark.parametrize("htmx", [False, True])
ACTS = ("RelationBegan", "RelationEnded", "RelationCorrected", "RelationWithdrawn")


@pytest.fixture
def path(personas):
    return f"/admin/people/{personas.alice.public_id}/relations"


def form(kind="consultant", name="Kundidat", began="2020-03-01", **more):
    told = {"kind": kind, "organisation": name, "began": began, "ended": "", "title": ""}
    return told | {"purpose": "uppdrag", "legal_basis": "contract", "source": ""} | more


def is_done(answer, personas, htmx):
    where = answer.headers.get("HX-Redirect" if htmx else "Location")
    assert answer.status_code == (204 if htmx else 303)
    assert where == f"/admin/people/{personas.alice.public_id}"


@BOTH
def test_a_relation_begins_with_all_that_is_told_of_it(kim, personas, path, htmx):
    told = form(title="Byggledare", source="ett samtal", owner=str(personas.kim.id))
    is_done(kim.post(path, told, htmx=htmx), personas, htmx)
    [one] = relations(personas.alice)
    assert (one.kind, one.title, one.began_on, one.ended_on) == (
        "consultant",
        "Byggledare",
        date(2020, 3, 1),
        None,
    )
    assert (one.purpose, one.legal_basis, one.source) == ("assignment", "contract", "conversation")
    assert one.owner_id == personas.kim.id
    [(_name, body)] = facts(*ACTS)
    ids = {"person_id": personas.alice.id, "relation_id": one.id, "by_id": personas.kim.id}
    assert body == ids | {"organisation_id": one.organisation_id}
    page = kim.get(f"/admin/people/{personas.alice.public_id}").text
    for words in ("Konsult, Kundidat", "Byggledare", "Sparas för: uppdrag (avtal)", "ett samtal"):
        assert words in page
    assert "Sköts av Kim Sandberg" in page


def test_the_form_of_a_kind_says_what_such_relations_are_kept_for(kim, path):
    choices = kim.get(f"{path}/new").text
    for code in ("candidate", "employee", "consultant", "alumnus", "customer_contact"):
        assert f"kind={code}" in choices
    text = kim.get(f"{path}/new?kind=employee").text
    assert 'value="anställning"' in text
    assert 'value="Kundidat"' in text  # we ourselves, unless another one is written
    assert f'value="{NOW.date()}"' in text
    assert 'value="Kundidat"' not in kim.get(f"{path}/new?kind=customer_contact").text
    assert "kind=consultant" in kim.get(f"{path}/new?kind=unheard").text


def test_several_go_on_at_once_and_the_same_only_once(kim, personas, path):
    organisation("Nordbygg")
    for told in (form(), form("employee"), form("consultant", "Nordbygg"), form("alumnus")):
        assert kim.post(path, told).status_code == 303
    assert len(standing(personas.alice)) == 4
    for told in (form(began="2024-01-01"), form(began="2019-01-01", ended="2021-01-01")):
        answer = kim.post(path, told | {"title": "Min text"})
        assert answer.status_code == 422
        assert "Det finns redan en sådan relation" in answer.text
        assert 'value="Min text"' in answer.text
    assert kim.post(path, form(began="2016-01-01", ended="2020-03-01")).status_code == 303
    assert len(standing(personas.alice)) == 5


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"began": ""}, "Skriv den första dagen."),
        ({"began": "i går"}, "Skriv dagen som 2026-11-23."),
        ({"began": "1899-01-01"}, "Välj en dag från 1940"),
        ({"ended": "2019-01-01"}, "Den sista dagen kan inte vara före den första."),
        ({"ended": "9999-12-31"}, "Välj en dag från 1940"),
        ({"kind": "owner"}, "Välj en av dem som finns."),
        ({"legal_basis": "because"}, "Välj en av dem som finns."),
        ({"owner": "999999"}, "Välj en av dem som finns."),
        ({"organisation": ""}, "Skriv organisationens namn, eller några bokstäver ur det."),
        ({"purpose": ""}, "Skriv vad relationen sparas för."),
        ({"purpose": "x" * 61}, "högst 60 tecken"),
        ({"title": "x" * 121}, "högst 120 tecken"),
    ],
)
@BOTH
def test_what_is_wrong_is_said_at_its_field_and_typing_is_kept(
    kim, personas, path, htmx, wrong, words
):
    answer = kim.post(
        path, form(**{"title": "Min titel", "source": "min källa"} | wrong), htmx=htmx
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert ("<html" in answer.text) is not htmx
    assert 'value="min källa"' in answer.text
    assert relations(personas.alice) == []


def test_some_letters_of_an_organisation_are_enough_then_one_chooses(kim, personas, path):
    one, other = organisation("Nordbygg Syd", domain="nordbygg.se"), organisation("Nordbygg Norr")
    answer = kim.post(path, form(name="nordb"))
    assert answer.status_code == 422
    assert "Välj vilken du menar." in answer.text
    for choice in (one, other):
        assert f'name="organisation_id" value="{choice.id}"' in answer.text
    kim.post(path, form(name="nordb", organisation_id=str(other.id)))
    kim.post(path, form(name="NORDBYGG SYD"))
    assert [each.organisation_id for each in standing(personas.alice)] == [other.id, one.id]
    assert kim.post(path, form("alumnus", name="kundid")).status_code == 303  # the only one


@pytest.mark.parametrize("kind", ["customer", "employer"])
def test_an_organisation_nobody_knew_is_written_down_with_the_relation(kim, personas, path, kind):
    answer = kim.post(path, form(name="Nya Bygget AB", title="Min titel"), htmx=True)
    assert answer.status_code == 422
    assert "säg nedan att den är ny" in answer.text
    assert 'value="Min titel"' in answer.text
    assert f'name="organisation_id" value="new-{kind}"' in answer.text
    assert organisations("Nya Bygget AB") == []
    answer = kim.post(path, form(name="Nya Bygget AB", organisation_id=f"new-{kind}"))
    assert answer.status_code == 303
    [new] = organisations("Nya Bygget AB")
    assert new.kind == kind
    assert [one.organisation_id for one in standing(personas.alice)] == [new.id]
    assert [body["organisation_id"] for _n, body in facts("OrganisationAdded")] == [new.id]
    # Said to be new once more, it is the one that is known by now.
    kim.post(path, form("alumnus", "nya bygget ab", organisation_id=f"new-{kind}"))
    assert len(organisations("Nya Bygget AB")) == 1
    assert len(standing(personas.alice)) == 2


def test_a_relation_that_is_refused_leaves_no_new_organisation(kim, path):
    wrong = form(name="Nya Bygget AB", organisation_id="new-customer", ended="2001-01-01")
    answer = kim.post(path, wrong)
    assert answer.status_code == 422
    assert 'value="new-customer" checked' in answer.text
    assert organisations("Nya Bygget AB") == []
    assert facts("OrganisationAdded") == []


def test_organisations_are_suggested_while_one_types(kim):
    organisation("Nordbygg")
    answer = kim.get("/admin/organisations/suggestions?organisation=ORDB", htmx=True)
    assert '<option value="Nordbygg">' in answer.text
    assert "option" not in kim.get("/admin/organisations/suggestions", htmx=True).text
    plain = kim.get("/admin/organisations/suggestions?organisation=ordb")
    assert plain.headers["Location"] == "/admin/organisations?q=ordb"


@BOTH
def test_ending_one_ends_no_other(kim, personas, make, path, htmx):
    for kind in ("consultant", "alumnus", "employee"):
        make.relation(personas.alice, kind, began_on=date(2020, 1, 1))
    one = standing(personas.alice)[0]
    assert "Alla andra relationer står kvar" in kim.get(f"{path}/{one.id}/end").text
    for _click in range(2):
        is_done(
            kim.post(f"{path}/{one.id}/end", {"ended": "2026-10-31"}, htmx=htmx), personas, htmx
        )
    last_days = [each.ended_on for each in standing(personas.alice)]
    assert last_days == [date(2026, 10, 31), None, None]
    [(_name, body)] = facts("RelationEnded")
    assert body["by_id"] == personas.kim.id
    answer = kim.post(f"{path}/{one.id}/end", {"ended": "2026-11-01"}, htmx=htmx)
    assert answer.status_code == 422
    assert "har redan en sista dag" in answer.text


@pytest.mark.parametrize("day", ["", "snart", "2019-12-31", "2999-01-01"])
def test_a_last_day_that_can_not_be_is_refused(kim, personas, make, path, day):
    make.relation(personas.alice, "consultant", began_on=date(2020, 1, 1))
    [one] = standing(personas.alice)
    assert kim.post(f"{path}/{one.id}/end", {"ended": day}).status_code == 422
    assert standing(personas.alice)[0].ended_on is None


@BOTH
def test_a_correction_is_a_new_row_and_the_former_one_can_be_read(kim, personas, make, path, htmx):
    make.relation(personas.alice, "consultant", began_on=date(2020, 1, 1), title="Fel titel")
    [former] = relations(personas.alice)
    assert 'value="Fel titel"' in kim.get(f"{path}/{former.id}").text
    told = form(began="2019-06-01", title="Rätt titel")
    is_done(kim.post(f"{path}/{former.id}", told, htmx=htmx), personas, htmx)
    was, stands = relations(personas.alice)
    assert (was.title, was.began_on, was.corrected_at) == ("Fel titel", date(2020, 1, 1), NOW)
    assert (stands.title, stands.began_on) == ("Rätt titel", date(2019, 6, 1))
    assert (stands.corrects_id, stands.corrected_at) == (was.id, None)
    assert [body["relation_id"] for _n, body in facts("RelationCorrected")] == [stands.id]
    page = kim.get(f"/admin/people/{personas.alice.public_id}").text
    assert "Rättad 1 gång" in page
    assert "Fel titel" in page
    # A second click on the form that is still open finds that it is done.
    answer = kim.post(f"{path}/{former.id}", told, htmx=htmx)
    is_done(answer, personas, htmx)
    assert len(relations(personas.alice)) == 2
    assert kim.get(f"{path}/{former.id}").status_code == 303
    assert kim.post(f"{path}/{former.id}/end", {"ended": "2026-01-01"}).status_code == 422


def test_a_correction_can_not_make_two_of_one_kind(kim, personas, make, path):
    make.relation(personas.alice, "consultant", began_on=date(2020, 1, 1))
    make.relation(personas.alice, "alumnus", began_on=date(2021, 1, 1))
    alumnus = standing(personas.alice)[1]
    answer = kim.post(f"{path}/{alumnus.id}", form("consultant", began="2021-01-01"))
    assert answer.status_code == 422
    assert len(relations(personas.alice)) == 2


def test_what_never_was_no_longer_counts_and_can_be_read(kim, personas, make, path):
    make.relation(personas.alice, "consultant", began_on=date(2020, 1, 1))
    [one] = relations(personas.alice)
    for _click in range(2):
        assert kim.post(f"{path}/{one.id}/withdrawal").status_code == 303
    assert standing(personas.alice) == []
    assert len(facts("RelationWithdrawn")) == 1
    page = kim.get(f"/admin/people/{personas.alice.public_id}").text
    assert "1 som inte längre räknas" in page


def test_a_kind_out_of_use_stays_with_what_has_it_and_is_offered_to_nothing_new(
    kim, personas, make, path
):
    with unit_of_work() as work:
        words = {"name_sv": "Mentor", "name_en": "Mentor", "phase": "during", "position": 9}
        work.add(RelationKind(code="mentor", **words))
    make.relation(personas.alice, "mentor", began_on=date(2020, 1, 1), purpose="uppdrag")
    with unit_of_work() as work:
        work.query(RelationKind).filter_by(code="mentor").update({"retired_at": clock.now()})
    assert "kind=mentor" not in kim.get(f"{path}/new").text
    assert kim.post(path, form("mentor")).status_code == 422
    [one] = standing(personas.alice)
    assert kim.post(f"{path}/{one.id}", form("mentor", title="Ny titel")).status_code == 303
    assert standing(personas.alice)[0].title == "Ny titel"


@BOTH
def test_for_others_the_acts_do_not_exist(personas, make, path, htmx):
    make.relation(personas.alice, "consultant")
    [one] = relations(personas.alice)
    for who in (personas.alice, personas.mona, personas.bob):
        browser = personas.browser(who)
        for way in ("", f"/{one.id}", f"/{one.id}/end", f"/{one.id}/withdrawal"):
            told = form("alumnus", ended="2026-01-01")
            assert browser.post(f"{path}{way}", told, htmx=htmx).status_code == 404
            assert browser.post(f"{path}{way}", told, token="").status_code == 400
    assert [(each.id, each.ended_on) for each in relations(personas.alice)] == [(one.id, None)]


def test_one_persons_relation_is_not_found_at_another(kim, personas, make):
    make.relation(personas.alice, "consultant")
    [one] = relations(personas.alice)
    path = f"/admin/people/{personas.bob.public_id}/relations"
    for number in (one.id, one.id + 1, 2**31, 10**24):
        assert kim.get(f"{path}/{number}").status_code == 404
        assert kim.post(f"{path}/{number}/withdrawal").status_code == 404
    session().rollback()
    assert session().get_one(Relation, one.id).corrected_at is None


def test_nothing_can_be_smuggled_in(kim, personas, path):
    smuggled = {"id": "77", "person_id": str(personas.bob.id), "corrects_id": "1"}
    smuggled |= {"corrected_at": "2020-01-01", "by_id": "1"}
    kim.post(path, form() | smuggled)
    [one] = relations(personas.alice)
    assert (one.corrects_id, one.corrected_at) == (None, None)
    assert relations(personas.bob) == []


def test_a_relation_to_come_is_written_down_and_shown(kim, personas, path):
    day = NOW.date() + timedelta(days=40)
    assert kim.post(path, form(began=day.isoformat())).status_code == 303
    assert [one.began_on for one in standing(personas.alice)] == [day]
    assert "Konsult, Kundidat" in kim.get(f"/admin/people/{personas.alice.public_id}").text

"""Who administers: given and taken with a fresh proof, at once, and never from the last one."""

import pytest
from sqlalchemy import select

from portal.accounts.policy import RECENT
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.models import Person, Role
from tests.admin.reading import facts
from tests.conftest import NOW

BOTH = pytest.mark.parametrize("htmx", [False, True])


def path_of(person):
    return f"/admin/people/{person.public_id}/role"


def administrators():
    session().rollback()
    query = select(Person.name).join(Role, Role.person_id == Person.id)
    return sorted(session().scalars(query.where(Role.ended_at.is_(None))))


def where(answer, htmx):
    return answer.headers.get("HX-Redirect" if htmx else "Location")


@BOTH
def test_a_role_that_is_given_counts_from_the_next_click_and_they_are_told(
    kim, personas, mailbox, htmx
):
    alice = personas.browser(personas.alice)
    assert alice.get("/admin").status_code == 404
    assert "ett mejl berättar det" in kim.get(path_of(personas.alice)).text
    answer = kim.post(path_of(personas.alice), htmx=htmx)
    assert where(answer, htmx) == f"/admin/people/{personas.alice.public_id}"
    assert alice.get("/admin").status_code == 200
    [(_name, body)] = facts("RoleGiven")[-1:]
    assert (body["person_id"], body["by_id"]) == (personas.alice.id, personas.kim.id)
    assert [mail.subject for mail in mailbox.to("alice@example.com")] == ["Du är administratör nu"]


@BOTH
def test_a_role_that_is_taken_ends_at_the_next_click_and_they_are_told(
    kim, personas, make, mailbox, htmx
):
    other = make.administrator("Olle Två")
    browser, address = personas.browser(other), path_of(other)
    assert browser.get("/admin").status_code == 200
    kim.post(f"{address}/end", htmx=htmx)
    assert browser.get("/admin", htmx=htmx).status_code == 404
    assert browser.post(f"/admin/people/{personas.kim.public_id}/role/end").status_code == 404
    assert administrators() == ["Kim Sandberg"]
    assert "/admin" not in browser.get("/").text
    # A second click finds that it is done.
    kim.post(f"{address}/end", htmx=htmx)
    assert len(facts("RoleTaken")) == 1
    subjects = [mail.subject for mail in mailbox.all()]
    assert subjects.count("Din tid som administratör är över") == 1


@BOTH
def test_the_last_administrator_stays(kim, personas, htmx):
    address = path_of(personas.kim)
    assert "Då skulle det inte finnas någon administratör kvar" in kim.get(address).text
    kim.post(f"{address}/end", htmx=htmx)
    assert administrators() == ["Kim Sandberg"]
    assert "Då skulle det inte finnas" in kim.get(f"/admin/people/{personas.kim.public_id}").text


def test_one_who_is_suspended_does_not_count_as_another_administrator(kim, personas, make):
    other = make.administrator("Olle Två")
    with unit_of_work():
        session().get_one(Person, other.id).suspended_at = NOW
    kim.post(f"{path_of(personas.kim)}/end")
    assert administrators() == ["Kim Sandberg", "Olle Två"]


def test_one_may_end_ones_own_role_when_there_is_another(kim, personas, make):
    make.administrator("Olle Två")
    assert kim.post(f"{path_of(personas.kim)}/end").headers["Location"] == "/"
    assert kim.get("/admin").status_code == 404
    assert administrators() == ["Olle Två"]


@BOTH
def test_a_stale_session_is_asked_first_who_it_is(kim, personas, make, htmx):
    other = make.administrator("Olle Två")
    assert personas.alice
    with clock.stopped_at(NOW + RECENT):
        for address in (path_of(personas.alice), f"{path_of(other)}/end"):
            answer = kim.post(address, htmx=htmx)
            assert where(answer, htmx).startswith("/account/proof?next=")
        page = kim.get(path_of(personas.alice))
        assert where(page, htmx=False) == f"/account/proof?next={path_of(personas.alice)}"
    assert administrators() == ["Kim Sandberg", "Olle Två"]


def test_who_is_suspended_is_not_made_administrator(kim, personas):
    number = personas.alice.id
    with unit_of_work():
        session().get_one(Person, number).suspended_at = NOW
    kim.post(path_of(personas.alice))
    assert administrators() == ["Kim Sandberg"]
    assert "Häv avstängningen först" in kim.get(f"/admin/people/{personas.alice.public_id}").text


def test_a_role_is_given_once_however_often_one_clicks(kim, personas):
    for _click in range(3):
        assert kim.post(path_of(personas.alice)).status_code == 303
    assert administrators() == ["Alice Åkerlund", "Kim Sandberg"]
    assert "Personen är redan administratör" in kim.get("/admin/people").text


def test_its_times_stand_on_the_page(kim, personas):
    kim.post(path_of(personas.alice))
    kim.post(f"{path_of(personas.alice)}/end")
    text = kim.get(f"/admin/people/{personas.alice.public_id}").text
    assert "Det som beslutats" in text
    assert "23 november" in text.split("Det som beslutats")[1].replace("\xa0", " ")


@BOTH
def test_nobody_makes_themselves_administrator(personas, htmx):
    assert personas.kim
    for who in (personas.alice, personas.mona):
        browser = personas.browser(who)
        for address in (path_of(who), f"{path_of(personas.kim)}/end"):
            form = {"role": "administrator", "name": "administrator"}
            assert browser.post(address, form, htmx=htmx).status_code == 404
        assert browser.get(path_of(who), htmx=htmx).status_code == 404
    assert administrators() == ["Kim Sandberg"]

"""Administrators find everybody, by name or address, and see one person whole, but for the wall."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.actions import renew_affiliations
from portal.people.models import (
    EmailAddress,
    FormerId,
    NameWord,
    Organisation,
    Person,
    Relation,
    Work,
)
from portal.people.policy import name_words, sort_key

LOCK = "är dolt för dig här"
NAMES = re.compile(r'class="person-name"[^>]*><bdi>([^<]+)<')


def names(answer):
    return NAMES.findall(answer.text)


def customer(name="Nordbygg", **more):
    with unit_of_work() as work:
        made = Organisation(name=name, kind="customer", sort_key=sort_key(name), **more)
        work.add(made)
    return made


@pytest.mark.parametrize("path", ["/admin/people", "/admin/people/{id}", "/admin/organisations"])
def test_others_know_nothing_of_the_pages(browser, personas, path):
    path = path.format(id=personas.alice.public_id)
    assert browser.get(path).status_code == 303
    for person in (personas.alice, personas.mona):
        for htmx in (False, True):
            answer = personas.browser(person).get(path, htmx=htmx)
            missing = personas.browser(person).get("/admin/nothing", htmx=htmx)
            assert answer.status_code == missing.status_code == 404


def test_everybody_is_listed_in_swedish_order_also_who_hides(kim, make):
    for name in ("Örjan Ö", "Ärla Ä", "Åsa Å", "Zeta Z"):
        make.person(name, name_shown="nobody")
    assert names(kim.get("/admin/people")) == [
        "Kim Sandberg",
        "Zeta Z",
        "Åsa Å",
        "Ärla Ä",
        "Örjan Ö",
    ]


@pytest.mark.parametrize("wanted", ["asa ob", "ÖBERG", "asa@example.com", " ASA@Example.COM "])
def test_a_person_is_found_by_name_or_address(kim, make, wanted):
    make.person("Åsa Öberg", address="asa@example.com", name_shown="nobody")
    make.person("Åsa Alm")
    assert names(kim.get("/admin/people", query_string={"q": wanted})) == ["Åsa Öberg"]
    fragment = kim.get("/admin/people", query_string={"q": wanted}, htmx=True)
    assert names(fragment) == ["Åsa Öberg"]
    assert "<html" not in fragment.text
    assert fragment.headers["HX-Replace-Url"].startswith("/admin/people?q=")


def test_nobody_found_says_what_to_try(kim):
    assert "Ingen med det namnet" in kim.get("/admin/people?q=zzz").text
    assert "Ingen med det namnet" in kim.get("/admin/people?q=zz@example.com").text


def test_pages_follow_each_other_without_loss(kim, make):
    for number in range(45):
        make.person(f"Person {number:02}", name_shown="nobody")
    seen, path = [], "/admin/people"
    while path:
        text = kim.get(path).text
        seen += NAMES.findall(text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        path = following[1].replace("&amp;", "&") if following else None
    assert len(seen) == len(set(seen)) == 46


def test_a_strange_cursor_is_refused(kim):
    assert kim.get("/admin/people?after=nonsense").status_code == 400


def crowd(number):
    """Add many people at once, with the words they are found by."""
    names = [f"An{one % 7} Bo{one:05}" for one in range(number)]
    with unit_of_work() as work:
        rows = [
            {
                "public_id": f"crowd-{place:06}",
                "name": name,
                "sort_key": sort_key(name),
                "arrived_at": clock.now(),
            }
            for place, name in enumerate(names)
        ]
        work.execute(insert(Person), rows)
        ids = work.execute(select(Person.id, Person.name).where(Person.public_id.like("crowd-%")))
        words = [
            {"person_id": person_id, "word": word}
            for person_id, name in ids
            for word in name_words(name)
        ]
        work.execute(insert(NameWord), words)


def test_ten_thousand_people_cost_four_queries(kim, portal, count_queries):
    crowd(10_000)
    for path in ("/admin/people", "/admin/people?q=an", "/admin/people?q=nobody@example.com"):
        with count_queries() as count:
            assert kim.get(path).status_code == 200
        assert count.total <= 4, path


def test_one_person_costs_eight_queries_however_much_there_is(kim, personas, make, count_queries):
    person = personas.alice
    for kind in ("candidate", "consultant", "alumnus"):
        make.relation(person, kind)
    for _number in range(12):
        make.membership(person, make.network())
    with count_queries() as count:
        assert kim.get(f"/admin/people/{person.public_id}").status_code == 200
    assert count.total <= 8


def test_the_page_tells_who_somebody_is(kim, personas, make):
    make.relation(personas.alice, "consultant", title="<script>alert(1)</script>")
    with unit_of_work() as work:
        claimed = {"person_id": personas.alice.id, "public_id": "claimed12345"}
        work.add(EmailAddress(address="new@example.com", folded="new@example.com", **claimed))
    text = kim.get(f"/admin/people/{personas.alice.public_id}").text
    for words in ("alice@example.com", "Huvudadress", "new@example.com", "Inte bekräftad än"):
        assert words in text
    assert "Bygg" in text
    assert "Konsult, Kundidat" in text
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def test_a_former_id_leads_to_the_person_it_is_about_now(kim, personas, portal):
    former = {"person_id": personas.alice.id, "merged_at": clock.now()}
    with unit_of_work() as work:
        work.add(FormerId(public_id="formerformer", **former))
    answer = kim.get("/admin/people/formerformer")
    assert answer.headers["Location"] == f"/admin/people/{personas.alice.public_id}"
    assert kim.get("/admin/people/nobodynobody").status_code == 404


def beside(personas, organisation):
    """Let Alice look for work, and work at the same place as Kim."""
    both = (personas.alice, personas.kim)
    with unit_of_work() as work:
        for person in both:
            work.add(
                Work(
                    person_id=person.id,
                    workplace=organisation.name,
                    began_on=clock.now().date() - timedelta(days=900),
                )
            )
        work.flush()
        for person in both:
            renew_affiliations(person.id)


def test_from_behind_the_wall_nothing_tells_of_looking_for_work(kim, personas, make):
    make.relation(personas.alice, "candidate", title="Söker nytt")
    make.relation(personas.alice, "alumnus")
    path = f"/admin/people/{personas.alice.public_id}"
    before = kim.get(path).text
    assert "Kandidat, Kundidat" in before
    assert LOCK not in before
    beside(personas, customer())
    text = kim.get(path).text
    assert LOCK in text
    assert "#lock" in text
    assert "Söker nytt" not in text
    assert "Kandidat" not in text.split("<main")[1].split("</main>")[0].replace("Kundidat", "")
    assert "Alumn, Kundidat" in text
    assert "kind=candidate" not in kim.get(f"{path}/relations/new").text
    assert "kind=employee" in kim.get(f"{path}/relations/new").text


def test_from_behind_the_wall_a_hidden_relation_is_a_404_and_can_not_be_begun(kim, personas, make):
    make.relation(personas.alice, "candidate")
    beside(personas, customer())
    hidden = session().scalar(select(Relation.id))
    path = f"/admin/people/{personas.alice.public_id}/relations"
    for way in ("", "/end"):
        assert kim.get(f"{path}/{hidden}{way}").status_code == 404
        assert kim.post(f"{path}/{hidden}{way}", {"ended": "2026-01-01"}).status_code == 404
    assert kim.post(f"{path}/{hidden}/withdrawal").status_code == 404
    form = {"kind": "candidate", "organisation": "Kundidat", "began": "2026-01-01"}
    answer = kim.post(path, form | {"purpose": "recruitment", "legal_basis": "contract"})
    assert answer.status_code == 422
    assert "Välj en av dem som finns" in answer.text

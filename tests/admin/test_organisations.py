"""Organisations are listed, written down and changed; their people's colleagues follow."""

import re

import pytest

from portal.kernel import worker
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.people.queries import sees_no_candidacy
from tests.admin.reading import facts, main_of, organisation, organisations
from tests.conftest import NOW

BOTH = pytest.mark.parametrize("htmx", [False, True])
LIST = "/admin/organisations"
NAMES = re.compile(r'class="item-title"><a href="/admin/organisations/\d+">([^<]+)<')
NEW = {"name": "Nordbygg AB", "kind": "customer", "domain": "nordbygg.se", "industry": "F"}


def names(answer):
    return NAMES.findall(answer.text)


def test_organisations_are_listed_in_swedish_order_and_found_by_some_letters(kim):
    for name in ("Örebro El", "Ängens Vård", "Åbygg", "Zinkgruvan", "Astra"):
        organisation(name)
    ordered = ["Astra", "Kundidat", "Zinkgruvan", "Åbygg", "Ängens Vård", "Örebro El"]
    assert names(kim.get(LIST)) == ordered
    for wanted in ("ÄNGEN", "angen", "vård"):
        assert names(kim.get(f"{LIST}?q={wanted}")) == ["Ängens Vård"]
        answer = kim.get(f"{LIST}?q={wanted}", htmx=True)
        assert names(answer) == ["Ängens Vård"]
        assert "<html" not in answer.text
    assert "Ingen organisation med det namnet" in kim.get(f"{LIST}?q=zzz").text
    assert names(kim.get(f"{LIST}?q=%25")) == []


def test_pages_follow_each_other_without_loss(kim):
    for number in range(45):
        organisation(f"Bolag {number:02}")
    seen, path = [], LIST
    while path:
        text = kim.get(path).text
        seen += NAMES.findall(text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        path = following[1].replace("&amp;", "&") if following else None
    assert len(seen) == len(set(seen)) == 46
    assert kim.get(f"{LIST}?after=nonsense").status_code == 400


@BOTH
def test_an_organisation_is_written_down(kim, personas, htmx):
    answer = kim.post(LIST, NEW | {"domain": "@Nordbygg.SE."}, htmx=htmx)
    [new] = organisations("Nordbygg AB")
    where = answer.headers["HX-Redirect" if htmx else "Location"]
    assert where == f"{LIST}/{new.id}"
    assert (new.kind, new.domain, new.industry) == ("customer", "nordbygg.se", "F")
    known = {"organisation_id": new.id, "by_id": personas.kim.id}
    assert facts("OrganisationAdded") == [("OrganisationAdded", known)]
    assert "@nordbygg.se" in kim.get(LIST).text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Skriv organisationens namn."),
        ({"name": "x" * 121}, "högst 120 tecken"),
        ({"name": "KUNDIDAT"}, "Det finns redan en organisation med det namnet."),
        ({"kind": "host"}, "Välj en av dem som finns."),
        ({"kind": ""}, "Välj en av dem som finns."),
        ({"domain": "not a domain"}, "Det ser inte ut som en mejldomän."),
        ({"domain": "gmail.com"}, "Vem som helst kan ha en adress där"),
        ({"domain": "co.uk"}, "Vem som helst kan ha en adress där"),
        ({"industry": "ÅÄÖ"}, "Välj en av dem som finns."),
    ],
)
@BOTH
def test_what_is_wrong_is_said_and_typing_is_kept(kim, htmx, wrong, words):
    told = NEW | {"name": "Mitt bolag"} | wrong
    answer = kim.post(LIST, told, htmx=htmx)
    assert answer.status_code == 422
    assert words in answer.text
    assert "name" not in wrong or f'value="{wrong["name"]}"' in answer.text
    assert organisations(told["name"]) == []


@BOTH
def test_an_organisation_is_renamed_and_gets_another_domain(kim, personas, htmx):
    held = organisation("Nordbygg", domain="nordbygg.se")
    path = f"{LIST}/{held.id}"
    assert 'value="nordbygg.se"' in kim.get(path).text
    told = NEW | {"name": "Sydbygg", "domain": "sydbygg.se", "kind": "employer"}
    for _click in range(2):
        answer = kim.post(path, told, htmx=htmx)
        assert answer.status_code == (204 if htmx else 303)
    [now] = organisations("Sydbygg")
    assert (now.id, now.domain, now.kind) == (held.id, "sydbygg.se", "employer")
    assert len(facts("OrganisationChanged")) == 1
    assert names(kim.get(f"{LIST}?q=sydb")) == ["Sydbygg"]
    answer = kim.post(path, told | {"name": "Kundidat"}, htmx=htmx)
    assert answer.status_code == 422
    assert ("<html" in answer.text) is not htmx


def test_we_ourselves_stay_what_we_are(kim):
    [host] = organisations("Kundidat")
    answer = kim.post(f"{LIST}/{host.id}", NEW | {"name": "Kundidat", "domain": "kundidat.se"})
    assert answer.status_code == 422
    answer = kim.post(f"{LIST}/{host.id}", NEW | {"name": "Nya Kundidat", "kind": "host"})
    assert answer.status_code == 303
    assert organisations("Nya Kundidat")[0].kind == "host"


def test_who_has_an_address_on_its_domain_is_a_colleague_from_then_on(kim, make):
    held = organisation("Nordbygg")
    one = make.person("Anna", address="anna@post.example.se")
    two = make.person("Bo")
    path = f"/admin/people/{two.public_id}/relations"
    told = {"kind": "employee", "organisation": "Nordbygg", "began": "2020-01-01"}
    kim.post(path, told | {"purpose": "anställning", "legal_basis": "contract"})
    one, two = one.id, two.id
    assert not walled(one, two)
    kim.post(f"{LIST}/{held.id}", NEW | {"name": "Nordbygg", "domain": "post.example.se"})
    worker.drain()
    assert walled(one, two)
    assert walled(two, one)


def walled(viewer, owner):
    session().rollback()
    return sees_no_candidacy(Actor(viewer), owner, NOW.date())


def test_its_page_tells_who_belongs_there_but_not_who_looks_for_work(kim, make, personas):
    make.relation(personas.alice, "consultant", title="Byggledare")
    make.relation(personas.bob, "candidate")
    make.relation(personas.charlie, "consultant", ended_on=NOW.date().replace(year=2025, month=12))
    [host] = organisations("Kundidat")
    text = main_of(kim.get(f"{LIST}/{host.id}"))
    assert "Alice Åkerlund" in text
    assert "Konsult, Byggledare" in text
    assert "Bob Berg" not in text
    assert "1 person" in main_of(kim.get(LIST))


@BOTH
def test_for_others_there_is_nothing_here(kim, personas, htmx):
    held = organisation("Nordbygg")
    for who in (personas.alice, personas.mona):
        browser = personas.browser(who)
        for way in ("", "/suggestions?organisation=n", "/new", f"/{held.id}"):
            assert browser.get(f"{LIST}{way}", htmx=htmx).status_code == 404
        for way in ("", f"/{held.id}"):
            assert browser.post(f"{LIST}{way}", NEW, htmx=htmx).status_code == 404
    assert organisations("Nordbygg AB") == []


@pytest.mark.parametrize("number", [999, 2**31, 10**24])
def test_what_never_was_is_a_404(kim, number):
    assert kim.get(f"{LIST}/{number}").status_code == 404
    assert kim.post(f"{LIST}/{number}", NEW).status_code == 404


def test_a_page_of_them_is_three_queries_however_many(kim, count_queries):
    for number in range(60):
        organisation(f"Bolag {number:02}")
    with count_queries() as count:
        assert kim.get(LIST).status_code == 200
    assert count.total <= 3

"""A network's page: who sees how much of it."""

import re

import pytest


def test_a_visitor_sees_a_public_network_and_the_way_in(browser, personas):
    network = personas.network
    assert personas.alice
    assert personas.mona
    text = browser.get("/networks/bygg").text
    assert network.summary in text
    assert "Välkommen hit." in text
    assert "2 medlemmar." in text
    assert "Alice" not in text
    assert "Mona" not in text
    assert 'href="/sign-up?next=/networks/bygg"' in text
    assert 'href="/sign-in?next=/networks/bygg"' in text


@pytest.mark.parametrize("path", ["", "/members", "/departure"])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_hidden_network_does_not_exist_for_outsiders(personas, make, path, htmx):
    make.network("Hemligt", slug="hemligt", visibility="hidden")
    charlie = personas.browser(personas.charlie)
    hidden = charlie.get(f"/networks/hemligt{path}", htmx=htmx)
    nowhere = charlie.get(f"/networks/ingenting{path}", htmx=htmx)
    assert hidden.status_code == nowhere.status_code == 404
    assert same(hidden) == same(nowhere).replace("ingenting", "hemligt")


def same(answer):
    return re.sub(r'(X-CSRFToken":"|name="csrf_token" value=")[^"]+', "", answer.text)


@pytest.mark.parametrize(
    "path",
    [
        "/membership",
        "/request/withdrawal",
        "/departure",
        "/requests/abcabcabcabc/approval",
        "/requests/abcabcabcabc/refusal",
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_nothing_can_be_done_in_a_hidden_network(personas, make, path, htmx):
    make.network("Hemligt", slug="hemligt", visibility="hidden")
    charlie = personas.browser(personas.charlie)
    assert charlie.post(f"/networks/hemligt{path}", htmx=htmx).status_code == 404
    assert charlie.post(f"/networks/ingenting{path}", htmx=htmx).status_code == 404


def test_a_visitor_gets_the_same_404_for_hidden_and_unknown(browser, make):
    make.network("Hemligt", slug="hemligt", visibility="hidden")
    assert browser.get("/networks/hemligt").status_code == 404


@pytest.mark.parametrize("htmx", [False, True])
def test_a_known_network_shows_name_and_summary_only(personas, make, htmx):
    network = make.network("Känt", slug="kant", visibility="known", description="Innanför.")
    make.membership(personas.alice, network)
    outside = personas.browser(personas.charlie).get("/networks/kant", htmx=htmx)
    assert network.summary in outside.text
    assert "Innanför." not in outside.text
    assert "Alice" not in outside.text
    members = personas.browser(personas.charlie).get("/networks/kant/members", htmx=htmx)
    assert members.status_code == 404
    inside = personas.browser(personas.alice).get("/networks/kant")
    assert "Innanför." in inside.text
    assert "Alice" in inside.text


def test_an_administrator_sees_every_network(personas, make):
    make.network("Hemligt", slug="hemligt", visibility="hidden")
    kim = personas.browser(personas.kim)
    assert kim.get("/networks/hemligt").status_code == 200
    assert "Hemligt" in kim.get("/networks").text


def test_the_description_is_markdown_without_harm(browser, make):
    make.network(slug="md", name="<script>n()</script>", description="**Hej** <script>x()</script>")
    text = browser.get("/networks/md").text
    assert "<strong>Hej</strong>" in text
    assert "<script>x" not in text
    assert "<script>n" not in text


@pytest.mark.parametrize("members", [2, 60])
def test_a_network_costs_few_queries_however_large(personas, make, count_queries, members):
    for number in range(members):
        person = make.person(f"Medlem {number}")
        make.membership(person, personas.network)
        asker = make.person(f"Frågare {number}")
        make.membership(asker, personas.network, state="asked", motivation="Låt mig vara med.")
    mona = personas.browser(personas.mona)
    with count_queries() as count:
        mona.get("/networks/bygg")
    assert count.total <= 8
    with count_queries() as count:
        mona.get("/networks/bygg/members")
    assert count.total <= 4

"""Find people by name and network, in Swedish order, page by page."""

import re

import pytest

from portal.directory.queries import listing

NAME = re.compile(r'class="person-name"[^>]*><bdi>([^<]+)</bdi>')
NEXT = re.compile(r'rel="next" href="([^"]+)"')


@pytest.fixture(params=[0, 10_000], ids=["in order", "gathered"])
def both_ways(request, monkeypatch):
    """Ask for the list in order of an index, and by gathering."""
    for name in ("MOST_GATHERED", "MOST_BEARERS", "MOST_NEAR"):
        monkeypatch.setattr(listing, name, request.param)


@pytest.fixture
def alice(personas, make):
    """Alice, who shares a network with Örjan, Anna and Ulla, and sees Åsa, who shows her name."""
    for name in ("Örjan Ek", "Anna Öberg", "Ulla Åberg-Asp"):
        make.membership(make.person(name), personas.network)
    make.person("Åsa Ek", name_shown="members")
    make.person("Åke Ensam")
    return personas.browser(personas.alice)


def names(answer):
    return NAME.findall(answer.text)


def test_people_stand_in_swedish_order(alice, both_ways):
    expected = ["Alice Åkerlund", "Anna Öberg", "Ulla Åberg-Asp", "Åsa Ek", "Örjan Ek"]
    assert names(alice.get("/people")) == expected


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("asa", ["Åsa Ek"]),
        ("Åsa", ["Åsa Ek"]),
        ("ÅSA", ["Åsa Ek"]),
        ("oberg", ["Anna Öberg"]),
        ("öb", ["Anna Öberg"]),
        ("ek", ["Åsa Ek", "Örjan Ek"]),
        ("ek ör", ["Örjan Ek"]),
        ("  ORJAN  ", ["Örjan Ek"]),
        ("asp", ["Ulla Åberg-Asp"]),
        ("berg", []),
        ("åke", ["Alice Åkerlund"]),
        ("%", None),
        ("\\' OR 1=1 --", []),
    ],
)
def test_a_name_is_found_by_the_beginnings_of_its_words(alice, both_ways, typed, found):
    answer = alice.get("/people", query_string={"q": typed})
    assert answer.status_code == 200
    if found is not None:
        assert names(answer) == found


def test_a_new_name_is_found_at_once_and_the_old_one_no_more(alice, personas):
    alice.post("/journey/profile", {"name": "Alice Öman", "municipality": ""})
    assert names(alice.get("/people?q=oman")) == ["Alice Öman"]
    assert names(alice.get("/people?q=akerlund")) == []


def test_one_of_my_networks_can_be_chosen(alice, personas, make, both_ways):
    other = make.network("Trä", slug="tra")
    make.membership(personas.alice, other)
    make.membership(make.person("Tora Trast"), other)
    make.membership(make.person("Nora Namn", name_shown="members"), other)
    make.membership(make.person("Ina Ingen", name_shown="nobody"), other)
    expected = ["Alice Åkerlund", "Nora Namn", "Tora Trast"]
    assert names(alice.get("/people?network=tra")) == expected
    assert names(alice.get("/people?network=tra&q=t")) == ["Tora Trast"]
    assert "Tora Trast" in names(alice.get("/people"))


def test_a_network_that_is_not_mine_narrows_nothing_and_tells_nothing(alice, make):
    secret = make.network("Hemligt", slug="secret", visibility="hidden")
    make.membership(make.person("Siv Sluten", name_shown="members"), secret)
    there, nowhere = alice.get("/people?network=secret"), alice.get("/people?network=nowhere")
    assert names(there) == names(nowhere) == names(alice.get("/people"))
    assert "Hemligt" not in there.text


def test_paging_visits_each_person_once(alice, personas, make, both_ways):
    for number in range(30):
        make.membership(make.person(f"Ärla {number // 3:02}"), personas.network)
        make.person(f"Ärna {number // 3:02}", name_shown="members")
    seen, address = [], "/people?q=ar"
    while address:
        answer = alice.get(address.replace("&amp;", "&"))
        seen += re.findall(r'href="/people/(\w+)"', answer.text)
        found = NEXT.search(answer.text)
        address = found[1] if found else None
    assert len(seen) == len(set(seen)) == 60


def test_administrators_find_everybody(personas, alice, make, both_ways):
    make.person("Ina Ingen", name_shown="nobody")
    kim = personas.browser(personas.kim)
    assert {"Ina Ingen", "Åke Ensam", "Örjan Ek"} <= set(names(kim.get("/people")))
    assert names(kim.get("/people?q=ina")) == ["Ina Ingen"]


def test_htmx_gets_the_list_and_the_count(alice):
    whole, part = alice.get("/people?q=ek"), alice.get("/people?q=ek", htmx=True)
    assert "<html" not in part.text
    assert part.text.lstrip().startswith('<div id="people">')
    assert names(part) == names(whole) == ["Åsa Ek", "Örjan Ek"]
    assert part.headers["HX-Replace-Url"] == "/people?q=ek"
    for answer in (whole, part):
        assert "2 personer visas." in answer.text


def test_nobody_found_says_what_to_do(alice, personas):
    assert "Ingen som du får se passar in på det" in alice.get("/people?q=xyzzy").text
    bob = personas.browser(personas.bob).get("/people?q=bob")
    assert names(bob) == ["Bob Berg"]


def test_what_is_typed_is_escaped_and_kept(alice):
    text = alice.get("/people", query_string={"q": '"><script>x()</script>'}).text
    assert "<script>x" not in text
    assert "&lt;script&gt;x" in text


@pytest.mark.parametrize("after", ["nonsense", "WyJ6eiIsMV0", "WyJ6eiJd"])
def test_a_cursor_that_is_not_ours_is_refused(alice, after):
    assert alice.get(f"/people?after={after}").status_code == 400


@pytest.mark.parametrize(("path", "htmx", "most"), [
    ("/people", False, 4),
    ("/people?q=ek&network=bygg", False, 4),
    ("/people?q=ek&network=bygg", True, 3),
])  # fmt: skip
def test_queries_are_few_however_many_people(alice, make, count_queries, path, htmx, most):
    for number in range(40):
        make.person(f"Erik Ek {number}", name_shown="members")
    alice.get("/people")  # takes her lease of names
    with count_queries() as count:
        assert alice.get(path, htmx=htmx).status_code == 200
    assert count.total <= most

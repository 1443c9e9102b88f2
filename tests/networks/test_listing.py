"""The list of networks: what is in it, in which order, filtered and paged."""

import re

import pytest

from portal.kernel import clock

TILE = re.compile(r'class="item-title"><a href="/networks/([^"]+)"')


def slugs(answer):
    return TILE.findall(answer.text)


@pytest.fixture
def four(make):
    """One network of each kind that matters, in an order that only Swedish gives."""
    return [
        make.network("Öl & mat", slug="ol", industry="I"),
        make.network("Zoologi", slug="zoo", industry="M", visibility="known"),
        make.network("Åkeri", slug="akeri", industry="H", admission="on_request"),
        make.network("Hemligt", slug="hemligt", industry="K", visibility="hidden"),
    ]


def test_networks_stand_in_swedish_order_and_a_hidden_one_is_nowhere(browser, four):
    answer = browser.get("/networks")
    assert slugs(answer) == ["zoo", "akeri", "ol"]
    assert "Hemligt" not in answer.text
    assert "3 nätverk" in answer.text
    assert "Hotell- och restaurang" in answer.text
    assert "Finans" not in answer.text, "the industry of a hidden network is not offered"


def test_a_member_finds_the_hidden_network_and_their_part_in_each(personas, make, four):
    ol, _zoo, akeri, hidden = four
    make.membership(personas.bob, hidden)
    make.membership(personas.bob, ol, role="coordinator")
    make.membership(personas.bob, akeri, state="asked")
    answer = personas.browser(personas.bob).get("/networks")
    assert slugs(answer) == ["hemligt", "zoo", "akeri", "ol"]
    for words in ("Du är medlem", "Du är samordnare", "Du har frågat"):
        assert answer.text.count(words) == 1


def test_who_left_a_hidden_network_no_longer_knows_of_it(personas, make, four):
    make.membership(personas.bob, four[3], ended_at=clock.now(), ended_as="left")
    assert "hemligt" not in slugs(personas.browser(personas.bob).get("/networks"))


def test_who_only_asked_a_hidden_network_does_not_see_it(personas, make, four):
    make.membership(personas.bob, four[3], state="asked")
    assert "hemligt" not in slugs(personas.browser(personas.bob).get("/networks"))


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?industry=H", ["akeri"]),
        ("?industry=K", []),
        ("?industry=nonsense", ["zoo", "akeri", "ol"]),
        ("?mine=1", ["ol"]),
        ("?mine=1&industry=H", []),
    ],
)
def test_the_list_is_filtered(personas, make, four, *, query, expected, htmx):
    make.membership(personas.bob, four[0])
    answer = personas.browser(personas.bob).get(f"/networks{query}", htmx=htmx)
    assert answer.status_code == 200
    assert slugs(answer) == expected
    assert ("<html" in answer.text) is not htmx


def test_the_fragment_is_part_of_the_page(browser, four):
    page, fragment = browser.get("/networks"), browser.get("/networks", htmx=True)
    assert fragment.text.split("<hx-partial")[0].strip() in page.text
    assert fragment.headers["HX-Replace-Url"] == "/networks"


def test_nothing_found_says_what_to_do(browser, four):
    assert "Visa alla nätverk" in browser.get("/networks?industry=B").text


def test_paging_visits_each_network_once(browser, make, four):
    for number in range(45):
        make.network(f"Nät {number:02}")
    seen, address = [], "/networks"
    while address:
        answer = browser.get(address)
        seen += slugs(answer)
        found = re.search(r'rel="next" href="([^"]+)"', answer.text)
        address = found[1].replace("&amp;", "&") if found else None
    assert len(seen) == len(set(seen)) == 48


@pytest.mark.parametrize("cursor", ["x", "WyJ6eiIsMV0", "W10", "%00", "WzEsMV0"])
def test_a_cursor_that_is_not_ours_is_refused(browser, four, cursor):
    assert browser.get(f"/networks?after={cursor}").status_code == 400


def test_names_are_escaped(browser, make):
    make.network("<script>a()</script>", summary="<script>b()</script>")
    text = browser.get("/networks").text
    assert "<script>a" not in text
    assert "<script>b" not in text
    assert "&lt;script&gt;a()" in text


@pytest.mark.parametrize("count", [3, 30])
def test_a_list_costs_four_queries_however_long(personas, make, count_queries, count):
    for _ in range(count):
        make.membership(personas.bob, make.network())
    bob = personas.browser(personas.bob)
    with count_queries() as counted:
        bob.get("/networks?mine=1")
    assert counted.total <= 4
    with count_queries() as counted:
        bob.get("/networks?mine=1", htmx=True)
    assert counted.total <= 3

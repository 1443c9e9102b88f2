"""Every page asks the database a few times, as often with thousands of rows as with thirty."""

import re

import pytest

from bench.seeding import seed
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import record
from portal.networks.facts import NetworkJoined
from portal.notifications.actions.telling import News, tell
from portal.people.models import Person
from tests.conftest import NOW
from tests.support.browser import Browser
from tests.support.notices import account
from tests.support.queries import explained

PAGE, COMPOSITE, FRAGMENT = 4, 8, 3
MEMBERS, VISITORS = "members", "visitors"
BUDGETS = (
    ("/", COMPOSITE, VISITORS),
    ("/", COMPOSITE, MEMBERS),
    ("/openings", PAGE, VISITORS),
    ("/openings", PAGE, MEMBERS),
    ("/openings?q=ansvar&county=24&network=network-8", PAGE, MEMBERS),
    ("/openings?sort=deadline", PAGE, MEMBERS),
    ("/openings?sort=deadline&q=ansvar", PAGE, MEMBERS),
    ("/openings/opening-9", PAGE, VISITORS),
    ("/openings/opening-9", PAGE, MEMBERS),
    ("/networks", PAGE, VISITORS),
    ("/networks", PAGE, MEMBERS),
    ("/networks/network-8", COMPOSITE, VISITORS),
    ("/networks/network-8", COMPOSITE, MEMBERS),
    ("/networks/network-8/members", PAGE, MEMBERS),
    ("/events", PAGE, VISITORS),
    ("/events", PAGE, MEMBERS),
    ("/events/event-113", PAGE, MEMBERS),
    ("/people", PAGE, MEMBERS),
    ("/people?q=an", PAGE, MEMBERS),
    ("/journey", COMPOSITE, MEMBERS),
    ("/journey/profile", PAGE, MEMBERS),
    ("/journey/visibility", PAGE, MEMBERS),
    ("/journey/as-others-see-me", COMPOSITE, MEMBERS),
    ("/account", PAGE, MEMBERS),
    ("/notices", PAGE, MEMBERS),
    ("/notices/settings", PAGE, MEMBERS),
    ("/notices/settings/networks/network-8", PAGE, MEMBERS),
)
FRAGMENTS = (
    ("/openings?q=ansvar&county=24", FRAGMENT, MEMBERS),
    ("/openings?county=24&sort=deadline", FRAGMENT, MEMBERS),
    ("/networks?industry=J", FRAGMENT, MEMBERS),
    ("/events?when=past", FRAGMENT, MEMBERS),
    ("/people?q=an", FRAGMENT, MEMBERS),
    ("/people/skills?skill=tr", FRAGMENT, MEMBERS),
)
# A page without rows asks little: what a row of each list begins with.
FULL = {
    "/openings": 'href="/openings/opening-',
    "/networks": 'href="/networks/network-',
    "/networks/network-8/members": 'href="/people/',
    "/events": 'href="/events/event-',
    "/people": 'href="/people/',
    "/journey": 'id="entry-',
    "/notices": '<li class="item" id="n-',
}
# The tables that grow; the others have some hundred rows at most.
LARGE = (
    "opening|opening_search|person|membership|registration|fact|fact_subject|relation"
    "|notice|notice_item"
)
WHOLE_TABLE = re.compile(
    rf"SCAN ({LARGE})(?! USING (COVERING )?INDEX| VIRTUAL TABLE INDEX \d+:\S*[M=<>])\b"
    rf"|Seq Scan on ({LARGE})\b"
)


@pytest.fixture
def thirty(portal, make):
    """A portal with thirty of everything, and somebody who belongs to it."""
    person = make.person("Alice Åkerlund")
    networks = [make.network(slug=f"network-{number}", industry="J") for number in range(1, 31)]
    make.membership(person, networks[7])
    account(person)
    for number in range(30):
        make.opening("Ansvar", slug=f"opening-{number}", networks=networks[7:8])
        event = make.event(slug=f"event-{100 + number}", network_id=networks[7].id)
        make.membership(make.person(name_shown="members"), networks[7])
        with unit_of_work():
            news = News("events", "EventAnnounced", event.id, f"event:{number}", networks[7].id)
            tell([person.id], news, NOW, by_mail=False)
            record(NetworkJoined(person.id, networks[number].id, 1), NOW, quietly=True)
    return person


@pytest.fixture
def thousands(portal):
    """A portal with two thousand openings and people, and its first member."""
    seed(portal, 2_000)
    return session().get_one(Person, 1)


def asked(portal, person, count_queries):
    """Return how often each page asks, and its statements."""
    browsers = {VISITORS: Browser(portal), MEMBERS: Browser(portal).sign_in(person)}
    found = {}
    for pages, htmx in ((BUDGETS, False), (FRAGMENTS, True)):
        for path, _most, who in pages:
            browsers[who].get("/about")
            with count_queries() as count:
                answer = browsers[who].get(path, htmx=htmx)
            if answer.status_code == 200:
                found[path, who, htmx] = list(count.statements)
    return found


def beyond(found):
    """Return the pages that ask more often than they may."""
    budgets = {(path, who, False): most for path, most, who in BUDGETS}
    budgets |= {(path, who, True): most for path, most, who in FRAGMENTS}
    return {page: sent for page, sent in found.items() if len(sent) > budgets[page]}


def test_an_empty_portal_asks_little(portal, make, count_queries):
    assert not beyond(asked(portal, make.person(), count_queries))


def test_with_thirty_of_everything_pages_ask_within_their_budget(portal, thirty, count_queries):
    found = asked(portal, thirty, count_queries)
    assert len(found) == len(BUDGETS) + len(FRAGMENTS)
    assert not beyond(found)
    browser = Browser(portal).sign_in(thirty)
    for path, row in FULL.items():
        assert browser.get(path).text.count(row) >= 20, path


def test_with_thousands_pages_ask_no_more_often(portal, thousands, count_queries):
    found = asked(portal, thousands, count_queries)
    assert not beyond(found)


def test_no_page_reads_a_large_table_from_end_to_end(portal, thousands):
    member = Browser(portal).sign_in(thousands)
    faults = {}
    for path, _most, who in BUDGETS:
        browser = member if who == MEMBERS else Browser(portal)
        with explained() as plans:
            browser.get(path)
        for plan in plans:
            if line := WHOLE_TABLE.search(plan):
                faults.setdefault((path, who), []).append(f"{line[0]}\n{plan}")
    assert not faults, "\n\n".join(fault for found in faults.values() for fault in found)

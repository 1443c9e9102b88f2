"""Field × audience × viewer × surface: what somebody may not see stands nowhere, what they may, does.

What may be seen is written down here once more, by hand, and not asked of the portal.
"""

import re
from dataclasses import dataclass

import pytest

from portal.kernel.db import unit_of_work
from portal.people.actions import new_organisation
from portal.people.models import FIELDS
from portal.people.policy.organisations import ToldOrganisation
from tests.people.marked import ADDRESS, CANDIDACY, Marked, choices, make_marked, suspend
from tests.support.browser import Browser

VIEWERS = (
    "visitor",
    "self",
    "near",
    "far",
    "coordinator",
    "colleague",
    "administrator",
    "administrating colleague",
    "suspended",
)
NEAR = {"self", "near", "coordinator", "colleague"}
ADMINISTRATORS = {"administrator", "administrating colleague"}
FACTS = (*FIELDS, CANDIDACY, ADDRESS)
START = ("/", "/people", "/networks", "/events", "/openings", "/journey", "/account", "/admin")
HREF = re.compile(r'(?:href|src)="(/[^"#]*)"')
# Where every place and language there is may be chosen, and where the reader has written the place.
CHOOSING = ("/journey/profile", "/journey/door", "/openings", "/people?place=")


@dataclass
class Gathering:
    """Everybody, and a browser for each who looks."""

    marked: list[Marked]
    browsers: dict[str, Browser]


@pytest.fixture
def gathering(personas, make, browser):
    """Eight people who tell everything, in one network, at two events, and nine who look."""
    with unit_of_work() as work:
        told = ToldOrganisation("Nordbygg", "customer", "nordbygg.example", "F")
        customer = new_organisation(told)
        work.add(customer)
    marked = [make_marked(make, n, chosen, customer) for n, chosen in enumerate(choices())]
    own = make.event("Eget", slug="own", network_id=personas.network.id, audience="members")
    everybodys = make.event("Allas", slug="all", organiser_id=marked[0].person.id)
    for one in marked:
        make.membership(one.person, personas.network)
        for event in (own, everybodys):
            make.registration(one.person, event)
    people = {
        "self": marked[0].person,
        "near": personas.alice,
        "far": personas.bob,
        "coordinator": personas.mona,
        "colleague": make.person("Kollega"),
        "administrator": personas.kim,
        "administrating colleague": make.administrator("Kollega Kim"),
        "suspended": make.person("Avstängd"),
    }
    for viewer in ("colleague", "suspended"):
        make.membership(people[viewer], personas.network)
    for viewer in ("colleague", "administrating colleague"):
        make.relation(people[viewer], "customer_contact", organisation=customer)
    make.membership(personas.bob, make.network("Annat", slug="annat"))
    browsers = {viewer: personas.browser(person) for viewer, person in people.items()}
    for person in (people["suspended"], *(one.person for one in marked if one.suspended)):
        suspend(person, personas.kim)
    return Gathering(marked, {"visitor": browser} | browsers)


def may_see(viewer: str, one: Marked, field: str) -> bool:
    """The whole rule, in the words of the issue."""
    if viewer == "self" and one.number == 0:
        return True
    if field == ADDRESS:
        return False
    if field == CANDIDACY:
        return viewer == "administrator"
    if viewer in ADMINISTRATORS:
        return True
    if viewer in ("visitor", "suspended") or one.suspended:
        return False
    near = viewer in NEAR
    reached = ("members", "networks") if near else ("members",)
    # A memory is told to networks at most.
    known = near or field != "journey"
    return known and one.audiences["name"] in reached and one.audiences[field] in reached


def surfaces(one: Marked) -> list[str]:
    """Return everywhere that somebody might look for a person; what is typed is in small letters."""
    page = f"/people/{one.person.public_id}"
    words = [one.word(field).lower() for field in ("name", "headline", "about", "work")]
    return [
        page,
        f"{page}/contact.vcf",
        f"{page}/photo/{one.photo}",
        f"{page}/photo/{one.photo}?size=small",
        *(f"/people?q={word}" for word in words),
        f"/people?skill={one.word('skills').lower()}",
        f"/people/skills?skill={one.word('skills').lower()}",
        f"/people?place={one.place}",
        *(f"/{place}?q={one.word('name').lower()}" for place in ("openings", "networks", "events")),
    ]


def walk(browser: Browser, marked: list[Marked]) -> dict[str, str]:
    """Read every page that leads on from the first ones, and every surface, plainly and with htmx."""
    read: dict[str, str] = {}
    ahead = [
        *START,
        *(path for one in marked for path in surfaces(one)),
        "/people?relation=employee",
    ]
    while ahead:
        path = ahead.pop(0)
        if path in read or path.startswith("/static"):
            continue
        plain = browser.get(path)
        part = browser.get(path, htmx=True)
        told = [plain.get_data(as_text=True), str(plain.headers), part.get_data(as_text=True)]
        read[path] = "\n".join(told).replace(path, "").replace(path.partition("?")[0], "")
        if plain.mimetype == "text/html":
            links = HREF.findall(told[0])
            ahead += [link for link in links if "?" not in link and "sign-out" not in link]
    return read


@pytest.mark.parametrize("viewer", [viewer for viewer in VIEWERS if viewer != "administrator"])
def test_what_may_not_be_seen_stands_nowhere(gathering, viewer):
    read = walk(gathering.browsers[viewer], gathering.marked)
    assert len(read) > 100
    for one in gathering.marked:
        for field in FACTS:
            if field == ADDRESS and viewer in ADMINISTRATORS:
                continue  # they keep the addresses
            for word in one.words(field):
                places = [path for path, text in read.items() if word in text]
                if field in ("municipality", "languages"):
                    places = [path for path in places if not path.startswith(CHOOSING)]
                if not may_see(viewer, one, field):
                    assert places == [], (field, one.audiences[field] if field in FIELDS else "")


def test_what_may_be_seen_stands_on_the_persons_page_and_opens(gathering):
    for viewer, browser in gathering.browsers.items():
        for one in gathering.marked:
            path = f"/people/{one.person.public_id}"
            text = browser.get(path).text
            seen = {f for f in (*FIELDS, CANDIDACY) if any(word in text for word in one.words(f))}
            allowed = {f for f in (*FIELDS, CANDIDACY) if may_see(viewer, one, f)}
            # The page that is not there names its own address.
            assert (seen if "name" in allowed else seen - {"name"}) == allowed, (viewer, one)
            photo = browser.get(f"{path}/photo/{one.photo}").status_code
            assert (photo == 200) is ("photo" in allowed), (viewer, one)
            card = browser.get(f"{path}/contact.vcf")
            assert (card.mimetype == "text/vcard") is ("name" in allowed), (viewer, one)
            for field in ("headline", "municipality", "links", "contact", "languages"):
                # Of who tells about their work, the title is what they do there.
                told = field in allowed and not (field == "headline" and "work" in allowed)
                assert (one.words(field)[-1] in card.get_data(as_text=True)) is told, (
                    viewer,
                    field,
                )


def test_a_search_by_what_is_hidden_finds_nobody(gathering):
    for viewer in VIEWERS[1:]:
        for one in gathering.marked:
            here = f'href="/people/{one.person.public_id}"'
            for field, query in (
                ("name", f"q={one.word('name')}"),
                ("skills", f"skill={one.word('skills')}"),
                ("municipality", f"place={one.place}"),
                ("relations", "relation=employee"),
            ):
                allowed = all(may_see(viewer, one, part) for part in ("name", field))
                for htmx in (False, True):
                    text = gathering.browsers[viewer].get(f"/people?{query}", htmx=htmx).text
                    assert (here in text) is allowed, (viewer, field, one)


def test_members_and_guests_are_named_and_linked_as_far_as_they_allow(gathering):
    for viewer, browser in gathering.browsers.items():
        belongs = viewer in NEAR | ADMINISTRATORS
        for path in ("/networks/bygg/members", "/networks/bygg", "/events/own", "/events/all"):
            text = browser.get(path).text
            for one in gathering.marked:
                if path == "/networks/bygg" and viewer in ADMINISTRATORS:
                    continue  # the first twelve of them
                named = may_see(viewer, one, "name") and (belongs or path != "/events/own")
                here = f'href="/people/{one.person.public_id}"'
                assert (here in text) is named, (viewer, path, one)
                for field in ("headline", "photo"):
                    shown = named and may_see(viewer, one, field)
                    stands = any(word in text for word in one.words(field))
                    assert stands is shown, (viewer, path, field, one)


def test_mails_name_nobody_but_who_asks_and_who_is_written_to(gathering, make, mailbox):
    """Who asks to join is named to those who decide; nothing else of them is told."""
    other = make.network("Hos Sara", slug="sara", admission="on_request")
    sara = make.person("Sara", address="sara@example.net")
    make.membership(sara, other, role="coordinator")
    gathering.browsers["self"].sign_in(sara)  # who has no account is told nothing
    for one in gathering.marked[:7]:
        browser = gathering.browsers["self"].sign_in(one.person)
        assert (
            browser.post(
                "/networks/sara/membership", {"motivation": "Jag har byggt broar i tjugo år."}
            ).status_code
            == 303
        )
        browser.post("/events/all/cancellation")
        browser.post("/events/all/registration")
    mails = mailbox.all()
    assert {mail.address for mail in mails} >= {"sara@example.net", "mk0address@example.org"}
    for mail in mails:
        told = f"{mail.subject}\n{mail.text}\n{mail.html}"
        for one in gathering.marked:
            own = mail.address in one.words(ADDRESS)
            asked = mail.address == "sara@example.net"
            for field in FACTS:
                found = any(word in told for word in one.words(field))
                assert not found or own or (asked and field == "name"), (mail.address, field)

"""Kind of fact, viewer, surface: one table says who reads what, and every page is held against it."""

from datetime import date

import pytest

from portal.accounts.facts import PasswordChanged
from portal.events.facts import PlaceTaken
from portal.kernel.db import session, unit_of_work
from portal.networks.facts import MembershipDeclined, NetworkJoined
from portal.openings.facts import OpeningSaved
from portal.people.actions import renew_affiliations
from portal.people.models import EmailAddress, Person
from tests.journey.reading import happens, plain
from tests.support.browser import Browser

STAFF, WALLED, NEAR, COLLEAGUE, FAR, VISITOR = (
    "staff", "staff behind the wall", "near", "colleague", "far", "visitor",
)  # fmt: skip
EVERY_STAFF, EVERY_NEAR = {STAFF, WALLED}, {NEAR, COLLEAGUE}
# Who may read it when the journey is shown to networks; `me` reads everything, in other words.
TABLE = {
    "Kom hit för första gången": EVERY_STAFF | EVERY_NEAR,
    "Gick med i Bygg": EVERY_STAFF | EVERY_NEAR,
    "Tog en plats på Frukosten": EVERY_STAFF | EVERY_NEAR,
    "Blev alumn från Kundidat": EVERY_STAFF | EVERY_NEAR,
    "Minne för nätverken": EVERY_STAFF | EVERY_NEAR,
    "Tog en plats på Dolda middagen": EVERY_STAFF,
    "Fick nej från Bygg": EVERY_STAFF,
    "Fick ett konto": EVERY_STAFF,
    "Blev kandidat hos Kundidat": {STAFF},
    "Bad oss rätta något": {STAFF},
    "Snickaren": set(),
    "lösenord": set(),
    "Hemligt minne": set(),
}
MINE = {
    "Du kom hit för första gången", "Du gick med i Bygg", "Du tog en plats på Frukosten",
    "Du blev alumn från Kundidat", "Minne för nätverken", "Du tog en plats på Dolda middagen",
    "Du fick nej från Bygg", "Du fick ett konto", "Du blev kandidat hos Kundidat",
    "Du bad oss rätta något", "Du sparade annonsen Snickaren", "Ditt lösenord har ändrats",
    "Hemligt minne",
}  # fmt: skip


@pytest.fixture
def alice(personas, make):
    """Alice has one of each, and has hidden a dinner."""
    person, network = personas.alice, personas.network
    browser = personas.browser(person)
    make.relation(person, "candidate", began_on=date(2016, 1, 1), ended_on=date(2016, 5, 1))
    make.relation(person, "alumnus", began_on=date(2019, 1, 1))
    happens(NetworkJoined(person.id, network.id, 1), 20)
    happens(MembershipDeclined(person.id, None, network.id, 1), 21)
    happens(PasswordChanged(person.id), 3)
    happens(OpeningSaved(person.id, make.opening("Snickaren").id), 9)
    places = {}
    for title in ("Frukosten", "Dolda middagen"):
        event = make.event(title)
        make.registration(person, event)
        places[title] = happens(PlaceTaken(person.id, event.id, 1), 10)
    for shown, text in (("nobody", "Hemligt minne"), ("networks", "Minne för nätverken")):
        typed = {"year": "2018", "month": "", "day": "", "text": text, "shown": shown}
        assert browser.post("/journey/memories", typed).status_code == 303
    assert browser.post(f"/journey/entries/{places['Dolda middagen']}/hiding").status_code == 303
    wish = {"entry": places["Frukosten"], "text": "Jag kom aldrig dit."}
    assert browser.post("/journey/corrections", wish).status_code == 303
    return person


@pytest.fixture
def viewers(personas, make, alice):
    """A browser for each viewer."""
    colleague, walled = make.person("Kolle Kollega"), make.administrator("Vera Väggen")
    for person in (colleague, personas.bob):
        make.membership(person, personas.network)
    for person, name in ((alice, "a"), (colleague, "k"), (walled, "v")):
        with unit_of_work() as work:
            address = work.query(EmailAddress).filter_by(person_id=person.id).one()
            address.address = address.folded = f"{name}@nordbygg.se"
            work.flush()
            renew_affiliations(person.id)
    people = {STAFF: personas.kim, WALLED: walled, NEAR: personas.bob, FAR: personas.charlie}
    people[COLLEAGUE] = colleague
    found = {name: personas.browser(person) for name, person in people.items()}
    return found | {VISITOR: Browser(personas.app)}


def show(person, journey, name="members"):
    with unit_of_work():
        row = session().get_one(Person, person.id)
        row.journey_shown, row.relations_shown, row.name_shown = journey, journey, name


def surfaces(person):
    """Where others could read of somebody's journey."""
    own = person.public_id
    paths = (f"/people/{own}", f"/people/{own}.vcf", f"/journey/of/{own}", f"/admin/people/{own}")
    return (*paths, "/people", "/people?q=alice", "/networks/bygg/members", "/journey")


def read(browser, paths):
    answers = [browser.get(path, htmx=htmx) for path in paths for htmx in (False, True)]
    return " ".join(plain(answer.text) for answer in answers if answer.status_code == 200)


@pytest.mark.parametrize("journey", ["nobody", "networks", "members"])
def test_each_reads_what_the_table_says(alice, viewers, journey):
    show(alice, journey)
    wrong = []
    for viewer, browser in viewers.items():
        text = read(browser, surfaces(alice))
        for words, readers in TABLE.items():
            wanted = viewer in readers
            if viewer not in EVERY_STAFF:
                wanted = wanted and journey != "nobody"
            if viewer == FAR and journey == "members" and NEAR in readers:
                wanted = "Minne" not in words
            if (words in text) is not wanted:
                wrong.append(f"{viewer} {'misses' if wanted else 'reads'}: {words}")
    assert wrong == []


def test_who_hides_their_name_tells_no_networks(alice, viewers):
    show(alice, "members", name="nobody")
    for viewer in (NEAR, COLLEAGUE, FAR, VISITOR):
        text = read(viewers[viewer], surfaces(alice))
        assert not [words for words in TABLE if words in text]


def test_the_person_reads_everything_on_the_page_and_on_paper(personas, alice):
    browser = personas.browser(alice)
    for path in ("/journey", "/journey/print"):
        text = plain(browser.get(path).text)
        assert not [words for words in MINE if words not in text]


@pytest.mark.parametrize("journey", ["nobody", "networks", "members"])
def test_the_preview_reads_as_the_real_viewer_does(personas, alice, viewers, journey):
    """See my page as others see it: the same lines, by the same function."""
    show(alice, journey)
    me, path = personas.browser(alice), f"/people/{alice.public_id}"
    pairs = {"near:bygg": NEAR, "member": FAR, "visitor": VISITOR, "administrator": STAFF}
    for asked, viewer in pairs.items():
        real = viewers[viewer].get(path)
        theirs = plain(real.text) if real.status_code == 200 else ""
        mine = plain(me.get(f"/journey/as-others-see-me?viewer={asked}").text)
        for words in TABLE:
            assert (words in mine) is (words in theirs), (asked, words)

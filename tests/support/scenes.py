"""The acts that cause the portal's mails, each once in a small world of its own."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from portal.directory.jobs import ask_about_doors
from portal.events.facts import EventAnnounced
from portal.kernel import clock, worker
from portal.kernel.actors import PORTAL
from portal.kernel.db import unit_of_work
from portal.kernel.facts import record
from portal.kernel.mail import MailRefused, Reader, draft
from portal.kernel.text import _l
from portal.networks.facts import NetworkJoined
from portal.notifications.jobs import start
from portal.openings.facts import OpeningPublished
from portal.people.actions import confirm_address, end_relation
from portal.people.models import Organisation, Person, Relation
from portal.web.mailing import write
from tests.directory.doors import open_door
from tests.journey.reading import happens
from tests.support.letters import Scene, Sent, code_in, path_in

SEEN = re.compile(r'name="seen" value="(\w+)"')
WORDS = "Jag har byggt trähus & broar i tio år.\n\nNu vill jag lära mig mer."


def signing_in(scene: Scene) -> None:
    scene.browser().post("/sign-up", {"name": "Stina Nygren", "email": "stina@example.com"})
    scene.keep("new")
    scene.person("Alice Åkerlund")
    scene.browser().post("/sign-in", {"email": "alice@example.com"})
    scene.keep()
    scene.browser().post("/sign-in", {"email": "nobody@example.com"})
    scene.keep()


def proving(scene: Scene) -> None:
    person = scene.person("Pia Prov")
    scene.browser(person).post("/account/proof/mail")
    scene.keep()


def addresses(scene: Scene) -> None:
    """One more address, a taken one, another primary one, and one that is given up."""
    old, new = "anna@example.com", "anna@home.example.net"
    browser = scene.browser(scene.person("Anna Andersson"))
    browser.post("/account/addresses/new", {"email": "alice@example.com"})
    scene.keep()
    browser.post("/account/addresses/new", {"email": new})
    mail = scene.keep()
    browser.post("/account/addresses/code", {"code": code_in(mail)})
    scene.keep("address-added", old)
    page = browser.get("/account/addresses").text
    [number] = re.findall(r'"/account/addresses/(\w+)/primary"', page)[:1]
    browser.post(f"/account/addresses/{number}/primary")
    links = [path_in(scene.keep("to-old", old)), path_in(scene.keep("to-new", new))]
    for link in links:
        scene.browser().post(link)
    scene.keep("changed", old, "former_address")
    page = browser.get("/account/addresses").text
    [number] = re.findall(r"/account/addresses/(\w+)/removal", page)[:1]
    browser.post(f"/account/addresses/{number}/removal")
    scene.keep("removed", old, "former_address")


def alarm(scene: Scene) -> None:
    browser = scene.browser(scene.person("Lars Lås", zone="America/New_York"))
    browser.post("/account/password", {"password": "trumpet lagun vattentorn kexchoklad"})
    scene.keep("password")


def dying(scene: Scene) -> None:
    """An address at work, before the last day."""
    person = scene.person("Dag Dahl", "dag@example.com")
    scene.make.relation(person, "employee")
    with unit_of_work() as work:
        work.execute(update(Organisation).values(domain="example.com"))
        relation = work.scalars(select(Relation).where(Relation.person_id == person.id)).one()
        end_relation(PORTAL, relation, clock.now().date() + timedelta(days=21), clock.now())
    scene.keep("leaving")


def coming_back(scene: Scene) -> None:
    """Mails to one of somebody's two addresses come back; the other one is asked."""
    for name, dead, variant in (("Berit Back", 1, "other"), ("Bror Back", 0, "primary")):
        first = name.split()[0].lower()
        both = [f"{first}@example.com", f"{first}@home.example.net"]
        person = scene.person(name)
        with unit_of_work() as work:
            kept = confirm_address(work.get_one(Person, person.id), both[1], clock.now())
        scene.browser().post("/sign-in", {"email": both[dead]})
        scene.keep(to=both[dead])
        with unit_of_work():
            record(MailRefused(scene.kept.pop().mail.id), clock.now())
        scene.keep(f"came-back-{variant}", both[1 - dead])
        if dead:
            scene.browser(person).post(f"/account/addresses/{kept.public_id}/trial")
            scene.keep()


def memberships(scene: Scene) -> None:
    network = scene.make.network("Bygg & anläggning", slug="bygg", admission="on_request")
    coordinator = scene.person("Mona Lindqvist")
    scene.make.membership(coordinator, network, role="coordinator")
    mona = scene.browser(coordinator)
    answers: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("Bob Berg", "approval", {}),
        ("Bodil Bo", "refusal", {"reason": "Nätverket är för dig som <arbetar> i branschen."}),
    )
    for number, (name, act, form) in enumerate(answers):
        asker = scene.person(name)
        scene.browser(asker).post("/networks/bygg/membership", {"motivation": WORDS})
        if number == 0:
            scene.keep("request", "mona@example.com")
        mona.post(f"/networks/bygg/requests/{asker.public_id}/{act}", form)
        scene.keep(to=f"{name.split()[0].lower()}@example.com")
    for name in ("Bert Bly", "Britt Berg"):
        motivation = {"motivation": WORDS}
        scene.browser(scene.person(name)).post("/networks/bygg/membership", motivation)
    with clock.stopped_at(clock.now() + timedelta(hours=2)):
        scene.keep("several", "mona@example.com")


def digests(scene: Scene) -> None:
    """Events of two networks, and openings, after a week in which nobody could be written to."""
    person = scene.person("Disa Digest", zone="America/New_York")
    networks = (
        scene.make.network("Trä & hus", slug="tra"),
        scene.make.network("Vård", slug="vard"),
    )
    for network, many in zip(networks, (12, 1), strict=True):
        scene.make.membership(person, network)
        for number in range(1, many + 1):
            title = f"{number} i {network.name}"
            slug = f"{network.slug}-{number}"
            starts = clock.now() + timedelta(days=14, hours=number)
            more = {"slug": slug, "network_id": network.id, "starts_at": starts}
            event = scene.make.event(f"Kväll {title}", **more)
            opening = scene.make.opening(f"Tjänst {title}", slug=slug, networks=[network])
            with unit_of_work():
                record(EventAnnounced(event.id, network.id), clock.now())
                record(OpeningPublished(opening.id, network.id), clock.now())
    worker.drain()
    with clock.stopped_at(clock.now() + timedelta(days=7)):
        with unit_of_work():
            start()
        for turn in ("daily", "weekly"):
            scene.keep(turn, "disa@example.com", listed=turn)


def places(scene: Scene) -> None:
    """A place in Stockholm, for somebody there and for somebody in New York, over midnight there."""
    starts = datetime(2027, 3, 26, 21, 0, tzinfo=UTC)
    scene.make.event("Middag & dans", slug="middag", starts_at=starts)
    for name, zone in (
        ("Ada Alm", ""),
        ("Ned York", "America/New_York"),
        ("Taro Ito", "Asia/Tokyo"),
    ):
        scene.browser(scene.person(name, zone=zone)).post("/events/middag/registration")
        scene.keep(zone.split("/")[-1].lower().replace("_", "-"))


def administration(scene: Scene) -> None:
    """A duty given and taken, and two rows about one person that become one."""
    kim = scene.browser(scene.make.administrator())
    path = f"/admin/people/{scene.person('Rut Roos').public_id}/role"
    for act in ("", "/end"):
        kim.post(path + act)
        scene.keep()
    stays, other = scene.person("Elsa Ek"), scene.person("Elsa Eek", "eek@example.net")
    path = f"/admin/people/{stays.public_id}/merge"
    preview = kim.get(path, query_string={"with": other.public_id, "stays": stays.public_id})
    found = SEEN.search(preview.text)
    assert found
    kim.post(path, {"with": other.public_id, "stays": stays.public_id, "seen": found[1]})
    scene.keep(to="eek@example.net")


def corrections(scene: Scene) -> None:
    person, network = scene.person("Cia Carlsson"), scene.make.network("El")
    entry = happens(NetworkJoined(person.id, network.id, 1))
    browser = scene.browser(person)
    browser.post("/journey/corrections", {"entry": str(entry), "text": "Jag gick med redan 2019."})
    kim = scene.browser(scene.make.administrator("Kaj Kant"))
    [public_id] = re.findall(
        r'href="/journey/corrections/(\w+)"', kim.get("/journey/corrections").text
    )
    form = {"outcome": "corrected", "answer": "Du har rätt, det är ändrat."}
    kim.post(f"/journey/corrections/{public_id}/answer", form)
    scene.keep()


def doors(scene: Scene) -> None:
    today = clock.now().date()
    ways: tuple[tuple[str, Any], ...] = (("", 14), ("over", -1))
    for variant, days in ways:
        person = scene.person(f"Dora{variant} Dörr")
        open_door(person, "open", "Trä", expires_on=today + timedelta(days=days))
        with unit_of_work():
            ask_about_doors()
        scene.keep(variant)


def trial(scene: Scene) -> None:
    """What the command line sends to see that mails arrive; it is not put in the box."""
    reader = Reader("runs@example.com", language=scene.language)
    letter = write("test", reader, _l("A test: mails leave %(name)s", name="Kundidat"))
    mail = draft("test", letter, reader)
    mail.created_at = clock.now()
    scene.kept.append(Sent("test", "", mail))


SCENES: tuple[Callable[[Scene], None], ...] = (
    signing_in,
    proving,
    addresses,
    alarm,
    dying,
    coming_back,
    memberships,
    digests,
    trial,
    places,
    administration,
    corrections,
    doors,
)


def every_mail(portal: Flask, language: str) -> list[Sent]:
    """Return every mail of the portal, written in a language."""
    scene = Scene(portal, language)
    scene.make.host()
    for act in SCENES:
        act(scene)
    return scene.kept

"""A small world with one of each thing, so that every route can be walked by every role."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import text, update

from portal.accounts.actions import open_account
from portal.accounts.models import UserSession
from portal.kernel import clock
from portal.kernel.db import is_sqlite, session, unit_of_work
from portal.kernel.jobs import Job
from portal.kernel.mail import Mail
from portal.people.actions import confirm_address
from portal.people.models import ContactWay, Link, Person, Skill, SpokenLanguage, Work
from tests.support import doors, journeys, told, wishes
from tests.support.make import Make
from tests.support.mentor import mentor
from tests.support.offers import hold_events, write_openings
from tests.support.ways_in import give_ways_in

# What stands in a route's variable, by the segment before it; the last one is never there.
VALUES: dict[str, tuple[str, ...]] = {
    "networks": ("public", "known", "hidden", "missing"),
    "openings": ("open", "closed", "of-hidden", "draft", "missing"),
    "events": ("coming", "of-hidden", "full", "past", "missing"),
    "people": ("p-member", "p-private", "missing"),
    "requests": ("p-asker", "missing"),
    "members": ("p-member", "missing"),
    "sessions": ("s-admin", "missing"),
    "mail": ("901", "902", "999"),
    "jobs": ("901", "902", "999", "9" * 25),
    "link": ("missing",),
    "work": ("901", "902", "999", "9" * 25),
    "links": ("901", "999"),
    "contact": ("901", "999"),
    "addresses": ("a-admin", "missing"),
    "relation-kinds": ("mentor", "candidate", "missing"),
    "confirmation": ("missing",),
    "undoing": ("missing",),
    "door": ("missing",),
    "organisations": ("acme", "i-admin", "901", "missing", "999"),
    "with": ("acme", "missing"),
    "lists": ("l-member", "l-left", "missing"),
    "passkeys": ("k-admin", "missing"),
    **journeys.VALUES,
    **told.VALUES,
}
# Tables whose rows have numbers in the addresses above.
NUMBERED = ("job", "mail", "work", "link", "contact_way", "organisation", "relation")
PHOTO = "a" * 32 + ".webp"
SECOND = {"relations": "901", "photo": PHOTO}
SECOND |= dict.fromkeys(("door", "link", "confirmation", "undoing"), "secret")
# What stands in private things, and the roles that may read it: the walk looks for it in every answer.
INSIDE = frozenset({"member", "moderator", "coordinator", "administrator"})
SECRETS: dict[str, frozenset[str]] = {
    "secret-of-hidden-network": INSIDE,
    "secret-of-internal-opening": INSIDE,
    "secret-of-internal-event": INSIDE,
    "secret-of-draft": frozenset(),
    "secret-motivation": frozenset({"coordinator"}),
    "Pia Privat": frozenset({"administrator"}),
    "secret-headline": frozenset({"administrator"}),
    "secret-workplace": frozenset({"administrator"}),
    "secret-of-member": INSIDE,
    doors.SECRET: frozenset({"member", "coordinator", "administrator"}),
    "secret-of-relation": frozenset({"member", "administrator"}),
    journeys.SECRET: frozenset({"member"}),
    "private@example.com": frozenset({"administrator"}),
    "member@example.com": frozenset({"member", "administrator"}),
}
QUERIES = (
    "/openings?q=projektledare",
    "/openings?q=xyzzyx",
    "/openings?municipality=2480&form=permanent",
    "/sign-in?next=/networks",
    "/networks?after=nonsense",
    *journeys.QUERIES,
    *told.QUERIES,
)


def candidate(make: Make) -> Person:
    """Somebody who signed up yesterday and belongs nowhere yet."""
    person = make.person("Cajsa Candidate", address="candidate@example.com")
    make.relation(person, "candidate")
    return person


def alumna(make: Make) -> Person:
    person = make.person("Astrid Alumna", address="alumna@example.com")
    make.relation(person, "consultant", ended_on=clock.now().date() - timedelta(days=90))
    make.relation(person, "alumnus")
    return person


def customer(make: Make) -> Person:
    person = make.person("Kurt Kund", address="customer@example.com")
    make.relation(person, "customer_contact")
    return person


def member(make: Make) -> Person:
    about = "Byggt mycket: secret-of-member."
    return make.person(
        "Malin Medlem", address="member@example.com", headline="Byggledare", about=about
    )


def moderator(make: Make) -> Person:
    return make.person("Moa Moderator", address="moderator@example.com")


def coordinator(make: Make) -> Person:
    return make.person("Sara Samordnare", address="coordinator@example.com")


def other_coordinator(make: Make) -> Person:
    return make.person("Olle Annanstans", address="other@example.com")


def administrator(make: Make) -> Person:
    return make.administrator("Kim Sandberg")


ROLES: dict[str, Callable[[Make], Person]] = {
    "candidate": candidate,
    "alumna": alumna,
    "customer": customer,
    "member": member,
    "moderator": moderator,
    "coordinator": coordinator,
    "other-coordinator": other_coordinator,
    "administrator": administrator,
}


def build(make: Make) -> dict[str, Person]:
    """Make the world in the empty database at hand; return its people by role."""
    _count_from_one()
    people = {role: made(make) for role, made in ROLES.items()}
    _settle(people, make)
    public = make.network("Bygg", slug="public", admission="on_request")
    known = make.network("El", slug="known", visibility="known", admission="open")
    hidden = make.network(
        "Ledning",
        slug="hidden",
        visibility="hidden",
        admission="by_invitation",
        summary="secret-of-hidden-network",
        description="secret-of-hidden-network",
    )
    other = make.network("Vård", slug="other")
    for network in (public, hidden):
        make.membership(people["member"], network)
        make.membership(people["moderator"], network, role="moderator")
        make.membership(people["coordinator"], network, role="coordinator")
    make.membership(people["other-coordinator"], other, role="coordinator")
    make.membership(people["alumna"], known)
    private = make.person(
        "Pia Privat",
        address="private@example.com",
        name_shown="nobody",
        headline="secret-headline",
        headline_shown="members",
    )
    asker = make.person("Frida Frågar", address="asker@example.com")
    _name(private, "p-private")
    _name(asker, "p-asker")
    _name(people["member"], "p-member")
    make.membership(private, public)
    make.membership(asker, public, state="asked", motivation="Jag bygger broar: secret-motivation.")
    _second_address(people["administrator"])
    give_ways_in(people["administrator"])
    _profiles(people["member"], private)
    mentor(people["member"])
    doors.leave_ajar(people["member"])
    _work()
    write_openings(hidden.id, people["member"])
    hold_events(hidden.id, people, make)
    journeys.write(people["member"], people["administrator"], public.id)
    told.write(people["member"], people["coordinator"])
    wishes.write(people["member"], people["coordinator"], hidden.id)
    return people


def _count_from_one() -> None:
    """Let PostgreSQL number rows anew, so that it never comes to a number that is given here."""
    if is_sqlite():
        return
    with unit_of_work() as work:
        for table in NUMBERED:
            sequence = f"pg_get_serial_sequence('{table}', 'id')"
            work.execute(text(f"SELECT setval({sequence}, 1, false)"))


def name_session(person: Person, public_id: str) -> None:
    """Give a person's session an id that the walk knows."""
    with unit_of_work() as work:
        mine = update(UserSession).where(UserSession.person_id == person.id)
        work.execute(mine.values(public_id=public_id))


def _second_address(person: Person) -> None:
    """Give a person one more address."""
    with unit_of_work() as work:
        owner = work.get_one(Person, person.id)
        confirm_address(owner, "kim@home.example.net", clock.now()).public_id = "a-admin"


def _profiles(member: Person, private: Person) -> None:
    """Let a member tell much and show a photo; let somebody unseen have worked somewhere."""
    today = clock.now().date().replace(day=1)
    instance: Path = current_app.extensions["settings"].instance
    place = instance / "files" / PHOTO[:2] / PHOTO
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"RIFF0000WEBP")
    with unit_of_work() as work:
        shown = work.get_one(Person, member.id)
        shown.photo, shown.photo_shown = PHOTO, "networks"
        work.get_one(Person, private.id).work_shown = "members"
        told = {"title": "Byggledare", "began_on": today}
        work.add(Work(id=901, person_id=member.id, workplace="Norrbygg", **told))
        work.add(Work(id=902, person_id=private.id, workplace="secret-workplace", **told))
        work.add(Skill(person_id=member.id, folded="trahus", label="Trähus"))
        work.add(SpokenLanguage(person_id=member.id, code="sv", level="native"))
        work.add(Link(id=901, person_id=member.id, url="https://example.com/malin"))
        work.add(ContactWay(id=901, person_id=member.id, kind="other", value="Kontoret"))


def _work() -> None:
    """Leave mails and jobs that wait or were given up, under numbers that the walk knows."""
    now = clock.now()
    letter = {
        "address": "member@example.com",
        "name": "place_taken",
        "urgency": 1,
        "subject": "Hej",
    }
    letter |= {"text": "Hej\n", "html": "", "created_at": now}
    with unit_of_work() as work:
        tomorrow, refused = now + timedelta(days=1), {"failed_at": now, "error": "refused: 554 No"}
        work.add(Mail(id=901, message_id="<901@127.0.0.1>", due_at=tomorrow, **letter))
        work.add(Mail(id=902, message_id="<902@127.0.0.1>", due_at=now, **letter, **refused))
        tried = {"attempts": 12, "failed_at": now, "error": "ConnectionRefusedError: no server"}
        work.add(Job(id=901, name="openings.close_expired", args={}, run_at=now, **tried))
        work.add(Job(id=902, name="openings.close_expired", args={}, run_at=now))


def _settle(people: dict[str, Person], make: Make) -> None:
    """Give everybody an account."""
    make.host()
    for person in people.values():
        with unit_of_work():
            open_account(person, "sv", clock.now())


def _name(person: Person, public_id: str) -> None:
    with unit_of_work():
        session().get_one(Person, person.id).public_id = public_id

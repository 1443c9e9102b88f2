"""A small world with one of each thing, so that every route can be walked by every role."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import update

from portal.accounts.actions import open_account
from portal.accounts.models import UserSession
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import session, unit_of_work
from portal.kernel.jobs import Job
from portal.kernel.mail import Mail
from portal.openings.actions import publish_opening, save_opening
from portal.openings.models import Opening
from portal.openings.policy import position
from portal.people.actions import confirm_address
from portal.people.models import ContactWay, Link, Person, Skill, SpokenLanguage, Work
from tests.support.make import Make

DESCRIPTION = (
    "<p>Du leder bygget från <strong>start</strong> till mål.</p>"
    "<h2>Om jobbet</h2><ul><li>Umeå</li></ul>"
)

# What stands in a route's variable, by the segment before it; the last one is never there.
VALUES: dict[str, tuple[str, ...]] = {
    "networks": ("public", "known", "hidden", "missing"),
    "openings": ("open", "closed", "of-hidden", "draft", "missing"),
    "events": ("coming", "of-hidden", "full", "past", "missing"),
    "people": ("p-member", "p-private", "missing"),
    "requests": ("p-asker", "missing"),
    "members": ("p-member", "missing"),
    "sessions": ("s-admin", "missing"),
    "mail": ("901", "999"),
    "jobs": ("901", "902", "999", "9" * 25),
    "link": ("missing",),
    "work": ("901", "902", "999", "9" * 25),
    "links": ("901", "999"),
    "contact": ("901", "999"),
    "addresses": ("a-admin", "missing"),
    "confirmation": ("missing",),
}
PHOTO = "a" * 32 + ".webp"
SECOND = {"link": "secret", "confirmation": "secret", "photo": PHOTO}
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
    "private@example.com": frozenset(),
    "member@example.com": frozenset({"member"}),
}
QUERIES = (
    "/openings?q=projektledare",
    "/openings?q=xyzzyx",
    "/openings?municipality=2480&form=permanent",
    "/sign-in?next=/networks",
    "/networks?after=nonsense",
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
    _profiles(people["member"], private)
    _work()
    _openings(hidden.id, people["member"])
    _events(hidden.id, people, make)
    return people


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
    """Leave a mail, a job that was given up and one that waits, under numbers that the walk knows."""
    now = clock.now()
    with unit_of_work() as work:
        work.add(
            Mail(
                id=901,
                message_id="<901@localhost>",
                address="member@example.com",
                subject="Hej",
                text="Hej\n",
                html="<p>Hej</p>",
                created_at=now,
            )
        )
        tried = {
            "attempts": 12,
            "failed_at": now,
            "error": "ConnectionRefusedError: no mail server",
        }
        work.add(Job(id=901, name="mail.send", args={"mail_id": 901}, run_at=now, **tried))
        work.add(Job(id=902, name="mail.send", args={"mail_id": 901}, run_at=now))


def _settle(people: dict[str, Person], make: Make) -> None:
    """Give everybody an account."""
    make.host()
    for person in people.values():
        with unit_of_work():
            open_account(person, "sv", clock.now())


def _name(person: Person, public_id: str) -> None:
    with unit_of_work():
        session().get_one(Person, person.id).public_id = public_id


def _openings(network_id: int, keeper: Person) -> None:
    now = clock.now()
    closed = {"state": "closed", "closed_at": now, "closed_as": "filled"}
    with unit_of_work():
        kept = _opening("open", apply_url="https://example.com/sok", expires_at=now + timedelta(9))
        publish_opening(kept, (), now, quietly=True)
        publish_opening(_opening("closed", **closed), (), now, quietly=True)
        draft = _opening("draft", state="draft", title="secret-of-draft")
        publish_opening(draft, (), now, quietly=True)
        internal = _opening(
            "of-hidden", audience="networks", body="<p>secret-of-internal-opening</p>"
        )
        publish_opening(internal, (network_id,), now, quietly=True)
        save_opening(Actor(keeper.id, keeper.name), kept, now)


def _opening(slug: str, **more: object) -> Opening:
    published = clock.now() - timedelta(days=3)
    values: dict[str, object] = {
        "slug": slug,
        "position": position(published, slug),
        "state": "published",
        "title": f"Projektledare {slug}",
        "company": "Norrbygg AB",
        "place_text": "Umeå",
        "body": DESCRIPTION,
        "published_at": published,
        "updated_at": published,
    }
    return Opening(**(values | more))


def _events(network_id: int, people: dict[str, Person], make: Make) -> None:
    ago = clock.now() - timedelta(days=30)
    make.event("Frukost", slug="coming", organiser_id=people["coordinator"].id)
    make.event(
        "Middag: secret-of-internal-event",
        slug="of-hidden",
        audience="members",
        network_id=network_id,
        capacity=10,
    )
    full = make.event("Studiebesök", slug="full", capacity=1)
    make.event("Sommarfest", slug="past", starts_at=ago)
    make.registration(people["alumna"], full)

"""Openings and events of the world that the walk over all routes knows: one of each state."""

from datetime import timedelta

from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import unit_of_work
from portal.openings.actions import publish_opening, save_opening
from portal.openings.models import Opening
from portal.openings.policy import position
from portal.people.models import Person
from tests.support.make import Make

DESCRIPTION = (
    "<p>Du leder bygget från <strong>start</strong> till mål.</p>"
    "<h2>Om jobbet</h2><ul><li>Umeå</li></ul>"
)


def write_openings(network_id: int, keeper: Person) -> None:
    """Publish some, one for a network alone; keep one as a draft, close one, save one."""
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


def hold_events(network_id: int, people: dict[str, Person], make: Make) -> None:
    """Hold one that is coming, one for a network alone, one that is full, one that is past."""
    ago = clock.now() - timedelta(days=30)
    make.event("Frukost", slug="coming", organiser_id=people["coordinator"].id)
    inside = {"audience": "members", "network_id": network_id, "capacity": 10}
    make.event("Middag: secret-of-internal-event", slug="of-hidden", **inside)
    full = make.event("Studiebesök", slug="full", capacity=1)
    make.event("Sommarfest", slug="past", starts_at=ago)
    make.registration(people["alumna"], full)

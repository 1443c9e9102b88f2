"""What others read of a journey: our staff on the administration's page, the network on a person's."""

from itertools import groupby, islice
from typing import Any

from flask import Response, abort, request

from portal.directory.queries import SeenPerson
from portal.journey import queries
from portal.journey.queries import Reader
from portal.journey.views.blueprint import journey
from portal.journey.views.telling import Entry, entries_of
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.paging import PAGE_SIZE
from portal.people.models import Person
from portal.web.guards import administrators
from portal.web.rendering import actor, page
from portal.web.sections import Section, section

SHOWN_TO_STAFF = 8
SHOWN_TO_NETWORK = 5


@section("person", order=40)
def for_networks(viewer: Actor, seen: SeenPerson) -> Section:
    """Show the latest of what a person lets this reader know of their journey, in the preview too."""
    entries = told_to_reader(viewer, seen) if "journey" in seen.fields else []
    return Section("journey/_for_networks.html", {"years": by_year(entries)})


def told_to_reader(viewer: Actor, seen: SeenPerson) -> list[Entry]:
    """Return the latest entries in the words for networks, as far as the reader may see the things."""
    reader = Reader(
        viewer,
        seen.id,
        "network",
        clock.now(),
        seen.reach.audiences,
        relations="relations" in seen.fields,
        shared=frozenset(network.slug for network in seen.networks),
    )
    happenings = queries.told_to_network(seen.id)
    names = queries.names_of(reader, happenings)
    return list(islice(entries_of(happenings, names, "network"), SHOWN_TO_NETWORK))


@section("admin-person", order=40)
def for_staff(viewer: Actor, person: Person) -> Section:
    """Show the latest of what our staff may know of a person's journey, and the way to the rest."""
    entries, _after = _told_to_staff(viewer, person.id, None, SHOWN_TO_STAFF)
    href = f"/journey/of/{person.public_id}"
    return Section("journey/_for_staff.html", {"years": by_year(entries), "href": href})


@journey.get("/journey/of/<public_id>")
@administrators
def read(public_id: str) -> Response:
    """Show our staff what they may know of a person's journey."""
    person = queries.person_named(public_id)
    if person is None:
        abort(404)
    after = request.args.get("after")
    entries, more = _told_to_staff(actor(), person.id, after)
    here = f"/journey/of/{public_id}"
    context: dict[str, Any] = {"person": person, "years": by_year(entries)}
    context |= {"more": f"{here}?after={more}" if more else None, "first": here if after else None}
    return page("journey/of.html", "admin", **context)


def by_year(entries: list[Entry]) -> list[tuple[int, list[Entry]]]:
    """Put entries, latest first, into their years."""
    return [(year, list(some)) for year, some in groupby(entries, lambda one: one.day.year)]


def _told_to_staff(
    viewer: Actor, person_id: int, after: str | None, size: int = PAGE_SIZE
) -> tuple[list[Entry], str | None]:
    """Return entries in the words for staff, and the cursor of the next ones."""
    now = clock.now()
    found = queries.told_to_staff(viewer, person_id, now.date(), after, size)
    reader = Reader(viewer, person_id, "staff", now)
    names = queries.names_of(reader, found.rows)
    return list(entries_of(found.rows, names, "staff")), found.after

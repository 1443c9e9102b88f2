"""The door where it is met: first on one's own journey, and on a person's page for who may know."""

from portal.directory.policy.doors import (
    FORM_NAMES,
    POSITION_MEANS,
    POSITION_NAMES,
    how_often,
    state_of,
)
from portal.directory.queries import SeenPerson
from portal.directory.queries.seen_doors import seen_door
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.people.policy.door import counts_as
from portal.people.queries import current_door
from portal.taxonomy.places import full_name
from portal.web.sections import Section, section


@section("journey", order=1)
def on_journey(viewer: Actor, _person_id: int) -> Section:
    """Say how one's door stands, with the buttons that fit."""
    door, today = current_door(viewer.person_id or 0), clock.now().date()
    part = {"door": door, "state": state_of(door, today), "on": "journey"}
    return Section("directory/_door.html", part | {"means": POSITION_MEANS})


@section("person", order=10)
def on_page(_viewer: Actor, person: SeenPerson) -> Section:
    """Tell what the person is open to, to those who may know."""
    today = clock.now().date()
    door = seen_door(person.id, person.reach, today)
    known = door is not None and counts_as(door, today) != "closed"
    return Section(
        "directory/_seen_door.html",
        {
            "door": door if known else None,
            "mine": person.reach.is_self,
            "name": person.name,
            "positions": POSITION_NAMES,
            "means": POSITION_MEANS,
            "forms": FORM_NAMES,
            "how_often": how_often,
            "place_name": full_name,
        },
    )

"""A door in the walked world: ajar, with a topic that only those who may know read."""

from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import unit_of_work
from portal.people.actions import set_door
from portal.people.models import Person
from portal.people.policy.door import Choice

SECRET = "secret-wish"


def leave_ajar(person: Person) -> None:
    """Let a person's door stand ajar, with people of one mail domain shut out."""
    choice = Choice(position="ajar", topics=(SECRET,), domains=frozenset({"annat.se"}))
    with unit_of_work():
        set_door(Actor(person.id, person.name), choice, "", clock.now())

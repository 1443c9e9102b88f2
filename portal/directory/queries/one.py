"""One person's page."""

from typing import Any

from portal.directory.queries.visible import visible_people
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.people.models import Person


def found_person(public_id: str, actor: Actor) -> Any | None:
    """Find a person by their address; None if the actor may not see them."""
    query = visible_people(actor).add_columns(Person.about)
    return session().execute(query.where(Person.public_id == public_id)).one_or_none()

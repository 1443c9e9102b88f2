"""One person's page."""

from typing import Any

from flask import Response, abort
from markupsafe import Markup

from portal.directory import queries
from portal.directory.policy import stretches
from portal.directory.views.blueprint import directory
from portal.kernel import clock
from portal.kernel.markup import markdown
from portal.people.queries import relations_of
from portal.taxonomy.places import name_of
from portal.web.guards import signed_in
from portal.web.rendering import actor, page


@directory.get("/people/<public_id>")
@signed_in
def show(public_id: str) -> Response:
    """Show a person as far as the reader sees them."""
    person = queries.found_person(public_id, actor())
    if person is None:
        abort(404)
    own = person.id == actor().person_id
    told = relations_of(person.id) if own or actor().is_administrator else ()
    context: dict[str, Any] = {
        "person": person,
        "is_me": person.id == actor().person_id,
        "municipality": name_of(person.municipality),
        "about": Markup(markdown(person.about)) if person.about else None,  # noqa: S704
        "relations": stretches(told, clock.now().date()),
        "networks": queries.shared_networks(actor(), person.id),
    }
    return page("directory/show.html", "people", **context)

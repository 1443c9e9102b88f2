"""See one's own page as others see it."""

from typing import Any

from flask import Response, request

from portal.directory import queries
from portal.directory.policy import viewer_called, viewers
from portal.directory.views.blueprint import directory
from portal.directory.views.showing import person_context
from portal.people.queries import myself
from portal.web.guards import signed_in
from portal.web.rendering import actor, fragment, is_partial, page

PATH = "/journey/as-others-see-me"


@directory.get(PATH)
@signed_in
def preview() -> Response:
    """Show exactly what a chosen viewer gets, by the function that serves them."""
    context = _context(request.args.get("viewer", ""))
    if is_partial():
        answer = fragment("directory/_preview.html", **context)
        answer.headers["HX-Replace-Url"] = f"{PATH}?viewer={context['viewed_by'].key}"
        return answer
    return page("directory/preview.html", "journey", **context)


def _context(key: str) -> dict[str, Any]:
    person = myself(actor())
    networks = queries.shared_networks(actor(), person.id)
    viewer = viewer_called(key, networks)
    seen = queries.profile_of(person, viewer.reach(person), viewer.networks)
    return {
        "viewers": viewers(networks),
        "viewed_by": viewer,
        "coordinates": person.coordinates,
        **(person_context(seen) if seen else {"person": None}),
    }

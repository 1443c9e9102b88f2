"""One person's page, and their photo."""

from typing import Any

from flask import Response, abort, request
from markupsafe import Markup

from portal.directory import queries
from portal.directory.policy import stretches
from portal.directory.queries import SeenPerson
from portal.directory.views.blueprint import directory
from portal.kernel import clock
from portal.kernel.files import open_file
from portal.kernel.markup import markdown
from portal.kernel.settings import settings
from portal.people.policy.profile import LEVEL_NAMES
from portal.taxonomy.places import name_of
from portal.web.guards import signed_in
from portal.web.rendering import actor, page, redirect
from portal.web.sections import sections_of
from portal.web.throttle import count_try

PAGE = "directory/show.html"


@directory.get("/people/<public_id>")
@signed_in
def show(public_id: str) -> Response:
    """Show a person as far as the reader sees them."""
    count_profile()
    found = queries.found_person(public_id, actor())
    if found is None:
        return _moved_or_missing(public_id)
    seen = queries.profile_of(found.person, found.reach)
    if seen is None:
        abort(404)
    return page(PAGE, "people", **person_context(seen))


@directory.get("/people/<public_id>/photo/<file_id>")
@signed_in
def photo(public_id: str, file_id: str) -> Response:
    """Give a person's photo to those who may see it, asked anew each time."""
    if not queries.seen_photo(public_id, file_id, actor()):
        abort(404)
    small = request.args.get("size") == "small"
    answer = Response(headers={"Cache-Control": "private, no-cache"}, mimetype="image/webp")
    answer.set_etag(f"{file_id}{'-small' if small else ''}")
    if request.if_none_match.contains(answer.get_etag()[0] or ""):
        answer.status_code = 304
        return answer
    try:
        with open_file(file_id, small=small) as file:
            answer.set_data(file.read())
    except FileNotFoundError:
        abort(404)
    return answer


def person_context(seen: SeenPerson) -> dict[str, Any]:
    """Return what `_person.html` needs, on the person's page and in the preview of it."""
    return {
        "person": seen,
        "is_me": seen.reach.is_self,
        "municipality": name_of(seen.municipality),
        "about": Markup(markdown(seen.about)) if seen.about else None,  # noqa: S704
        "relations": stretches(seen.relations, clock.now().date()),
        "levels": LEVEL_NAMES,
        "sections": sections_of("person", seen.reach.actor, seen),
        "now": clock.now(),
    }


def count_profile() -> None:
    """Count the people's pages somebody opens in an hour: nobody copies them all (CHECKS E1)."""
    most = settings().profiles_per_hour
    count_try(f"{most}/hour", "profiles", str(actor().person_id))


def _moved_or_missing(public_id: str) -> Response:
    """Lead from the id that a person had before a merge to the one they have."""
    present = queries.present_id(public_id, actor())
    if present is None:
        abort(404)
    return redirect(f"/people/{present}")

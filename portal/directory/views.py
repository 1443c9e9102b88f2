"""The list of people, and one person's page."""

from typing import Any

from flask import Blueprint, Response, abort, request
from markupsafe import Markup

from portal.directory import forms, queries
from portal.directory.policy import stretches
from portal.kernel import clock
from portal.kernel.markup import markdown
from portal.people.policy import may_see_relations
from portal.people.queries import relations_of
from portal.taxonomy import places
from portal.web.guards import signed_in
from portal.web.rendering import actor, fragment, is_partial, page

directory = Blueprint("directory", __name__)


@directory.get("/people")
@signed_in
def index() -> Response:
    """List the people the reader may see, all or filtered."""
    form = forms.FilterForm(request.args)
    outlook = queries.outlook(actor(), form.name())
    filters = form.filters(outlook.networks)
    after = request.args.get("after")
    found = queries.listed(actor(), filters, outlook, after)
    context: dict[str, Any] = {
        "people": found.rows,
        "first": forms.address(filters) if after else None,
        "more": forms.address(filters, found.after) if found.after else None,
        "filtered": filters != queries.Filters(),
        "place_name": place_name,
    }
    if is_partial():
        answer = fragment("directory/_answer.html", **context)
        answer.headers["HX-Replace-Url"] = forms.address(filters)
        return answer
    form.offer(outlook.networks)
    return page("directory/index.html", "people", form=form, **context)


@directory.get("/people/<public_id>")
@signed_in
def show(public_id: str) -> Response:
    """Show a person as far as the reader sees them."""
    person = queries.found_person(public_id, actor())
    if person is None:
        abort(404)
    told = relations_of(person.id) if may_see_relations(actor(), person.id) else ()
    context: dict[str, Any] = {
        "person": person,
        "is_me": person.id == actor().person_id,
        "municipality": place_name(person.municipality),
        "about": Markup(markdown(person.about)) if person.about else None,  # noqa: S704
        "relations": stretches(told, clock.now().date()),
        "networks": queries.shared_networks(actor(), person.id),
    }
    return page("directory/show.html", "people", **context)


def place_name(code: str | None) -> str | None:
    """Name a municipality."""
    found = places.municipality(code) if code else None
    return found.name if found else None

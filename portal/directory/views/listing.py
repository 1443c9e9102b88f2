"""The list of people."""

from typing import Any

from flask import Response, request

from portal.directory import forms, queries
from portal.directory.views.blueprint import directory
from portal.taxonomy.places import name_of
from portal.web.guards import signed_in
from portal.web.rendering import actor, fragment, is_partial, page


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
        "place_name": name_of,
    }
    if is_partial():
        answer = fragment("directory/_answer.html", **context)
        answer.headers["HX-Replace-Url"] = forms.address(filters)
        return answer
    form.offer(outlook.networks)
    return page("directory/index.html", "people", form=form, **context)

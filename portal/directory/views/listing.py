"""The list of people."""

from typing import Any

from flask import Response, request

from portal.directory import forms, queries
from portal.directory.queries import Filters, Listed
from portal.directory.views.blueprint import directory
from portal.kernel import clock
from portal.kernel.paging import Page
from portal.kernel.settings import settings
from portal.taxonomy.places import name_of
from portal.web.guards import signed_in
from portal.web.rendering import actor, fragment, is_partial, page
from portal.web.throttle import take

LEASE = 200  # names: ten pages


@directory.get("/people")
@signed_in
def index() -> Response:
    """List the people the reader may see, all or filtered."""
    form = forms.FilterForm(request.args)
    wished = form.wished()
    outlook = queries.outlook(actor(), wished)
    filters = form.filters(wished, outlook.networks)
    after = request.args.get("after")
    found = queries.listed(actor(), filters, outlook, clock.now(), after)
    count_names(len(found.rows))
    context = _context(filters, found, after)
    if is_partial():
        answer = fragment("directory/_answer.html", form=form, **context)
        answer.headers["HX-Replace-Url"] = forms.address(filters)
        return answer
    form.offer(outlook, filters.place)
    return page("directory/index.html", "people", form=form, **context)


def count_names(shown: int) -> None:
    """Count how many names somebody is shown in an hour: nobody copies the whole list (CHECKS E4)."""
    most = settings().names_per_hour
    by, lease = str(actor().person_id), min(most, LEASE)
    take(f"{most}/hour", "names in the directory", by, shown, lease)


def _context(filters: Filters, found: Page[Listed], after: str | None) -> dict[str, Any]:
    return {
        "people": found.rows,
        "first": forms.address(filters) if after else None,
        "more": forms.address(filters, found.after) if found.after else None,
        "filtered": filters != Filters(),
        "narrowed": bool(filters.wishes),
        "place_name": name_of,
    }

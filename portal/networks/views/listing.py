"""The list of networks."""

from typing import Any

from flask import Response, request

from portal.networks import forms, queries
from portal.networks.policy import ADMISSION_NAMES
from portal.networks.views.blueprint import industry_name, networks
from portal.web.freshness import public_page
from portal.web.rendering import actor, fragment, is_partial


@networks.get("/networks")
def index() -> Response:
    """List the networks the reader may know of, all or filtered."""
    form = forms.FilterForm(request.args)
    filters = form.filters()
    after = request.args.get("after")
    found, count = queries.listed(actor(), filters, after)
    address = form.address()
    context: dict[str, Any] = {
        "networks": found.rows,
        "count": count,
        "most_counted": queries.MOST_COUNTED,
        "first": address if after else None,
        "more": form.address(after=found.after) if found.after else None,
        "filtered": filters != queries.Filters(),
        "admissions": ADMISSION_NAMES,
        "industry_name": industry_name,
    }
    if is_partial():
        answer = fragment("networks/_answer.html", **context)
        answer.headers["HX-Replace-Url"] = address
        return answer
    form.offer(queries.industries_in_use(actor()))
    made_of = (found, count, [value for value, _name in form.industry.choices])
    return public_page("networks/index.html", "networks", made_of, form=form, **context)

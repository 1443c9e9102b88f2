"""A network's own page, and its members."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, request
from markupsafe import Markup

from portal.kernel import clock
from portal.kernel.markup import markdown
from portal.networks import forms, queries
from portal.networks.policy import (
    ADMISSION_NAMES,
    ROLE_NAMES,
    VISIBILITY_NAMES,
    is_coordinator,
    is_member,
    may_ask,
    may_join,
    may_leave,
    may_see_inside,
)
from portal.networks.queries import Found
from portal.networks.views.blueprint import found, industry_name, networks
from portal.web.guards import signed_in
from portal.web.rendering import actor, page
from portal.web.sections import sections_of


@networks.get("/networks/<slug>")
def show(slug: str) -> Response:
    """Show a network as far as the reader sees it."""
    return page("networks/show.html", "networks", **page_context(found(slug), forms.AskForm()))


@networks.get("/networks/<slug>/members")
@signed_in
def members(slug: str) -> Response:
    """List the members by name, as far as each wants to be seen."""
    here = found(slug)
    if not may_see_inside(actor(), here.network, here.membership):
        abort(404)
    belongs = is_member(here.membership)
    after = request.args.get("after")
    listed = queries.members_of(actor(), here.network.id, belongs=belongs, after=after)
    context: dict[str, Any] = {
        "network": here.network,
        "members": listed,
        "most_counted": queries.MOST_COUNTED,
        "roles": ROLE_NAMES,
        "first": f"/networks/{slug}/members" if after else None,
    }
    return page("networks/members.html", "networks", **context)


def membership_context(here: Found, form: forms.AskForm) -> dict[str, Any]:
    """Return what `_membership.html` needs, on the page and alone."""
    who, network, membership = actor(), here.network, here.membership
    return {
        "network": network,
        "membership": membership,
        "joining": may_join(who, network, membership),
        "asking": may_ask(who, network, membership),
        "leaving": may_leave(membership, others_coordinate=here.others_coordinate),
        "form": form,
        "roles": ROLE_NAMES,
    }


def page_context(
    here: Found, form: forms.AskForm, refusals: Mapping[str, forms.DeclineForm] | None = None
) -> dict[str, Any]:
    """Return what the whole page needs; `refusals` are unfinished answers, by the asker's id."""
    who, network = actor(), here.network
    inside = may_see_inside(who, network, here.membership)
    belongs = is_member(here.membership)
    people = queries.first_members(who, network.id, belongs=belongs) if inside else ()
    waiting = None
    if is_coordinator(here.membership):
        waiting = queries.waiting_for(who, network_id=network.id)
    return membership_context(here, form) | {
        "inside": inside,
        "description": Markup(markdown(network.description)) if inside else None,  # noqa: S704
        "industry": industry_name(network.industry),
        "admission": ADMISSION_NAMES[network.admission],
        "visibility": VISIBILITY_NAMES[network.visibility],
        "people": people,
        "waiting": waiting,
        "refusals": refusals or {},
        "sections": sections_of("network", who, network) if inside else [],
        "back": f"/networks/{network.slug}",
        "now": clock.now(),
    }

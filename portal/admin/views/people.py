"""Every person, and one of them, as administrators see them."""

from typing import Any

from flask import Response, abort, request

from portal.admin import forms, queries
from portal.admin.policy import AUDIENCE_WORDS
from portal.admin.views.blueprint import admin
from portal.admin.views.standing import relation_context
from portal.kernel import clock
from portal.networks.policy import ROLE_NAMES as NETWORK_ROLES
from portal.people.policy.duties import may_give_role, may_lift, may_suspend, may_take_role
from portal.people.queries import present_id
from portal.web.guards import administrators
from portal.web.rendering import actor, fragment, is_partial, page, redirect
from portal.web.sections import sections_of

LIST = "/admin/people"


@admin.get(LIST)
@administrators
def people() -> Response:
    """List every person, or look for some by name or address."""
    form = forms.PeopleForm(request.args)
    wanted, after = forms.wanted(form), request.args.get("after")
    found = queries.listed_people(actor(), wanted, clock.now(), after)
    context: dict[str, Any] = {
        "people": found.rows,
        "filtered": bool(wanted),
        "first": forms.address(LIST, q=wanted) if after else None,
        "more": forms.address(LIST, q=wanted, after=found.after) if found.after else None,
    }
    if is_partial():
        answer = fragment("admin/people/_list.html", **context)
        answer.headers["HX-Replace-Url"] = forms.address(LIST, q=wanted)
        return answer
    return page("admin/people/index.html", "admin", here="people", form=form, **context)


@admin.get(f"{LIST}/<public_id>")
@administrators
def person(public_id: str) -> Response:
    """Show one person; a former address leads to the one it is about now."""
    found = queries.found_person(public_id, actor(), clock.now())
    if found is None:
        present = present_id(public_id)
        if present is None:
            abort(404)
        return redirect(f"{LIST}/{present}")
    return page("admin/people/show.html", "admin", **_context(found))


def _context(found: queries.Found) -> dict[str, Any]:
    who, one = actor(), found.person
    rows = queries.every_relation_of(one.id, walled=found.walled)
    return relation_context(found, rows) | {
        "found": found,
        "addresses": queries.every_address_of(one.id),
        "memberships": queries.memberships_of(one.id),
        "network_roles": NETWORK_ROLES,
        "decided": queries.decisions_about(one.id),
        "shown_to": AUDIENCE_WORDS,
        "giving": may_give_role(who, one, has_it=found.is_administrator),
        "taking": may_take_role(who, has_it=found.is_administrator, others=found.others_administer),
        "suspending": may_suspend(
            who, one, leads=found.is_administrator, others=found.others_administer
        ),
        "lifting": may_lift(who, one),
        "sections": sections_of("admin-person", who, one),
        "now": clock.now(),
    }

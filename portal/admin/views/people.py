"""Every person, and one of them, as administrators see them."""

from typing import Any

from flask import Response, abort, request

from portal.admin import forms, queries
from portal.admin.policy import AUDIENCE_WORDS
from portal.admin.views.blueprint import admin
from portal.directory.policy import stretches
from portal.kernel import clock
from portal.networks.policy import ROLE_NAMES as NETWORK_ROLES
from portal.people.policy.duties import WALLED, may_give_role, may_lift, may_suspend, may_take_role
from portal.people.policy.kinds import KindName
from portal.people.policy.relations import LEGAL_BASES, PURPOSES, SOURCES, worded
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


def relation_context(found: queries.Found, rows: list[queries.RelationRow]) -> dict[str, Any]:
    """Return what `_relations.html` needs: what stands, with bars, and what was put right."""
    today = clock.now().date()
    standing = [row for row in rows if row.relation.corrected_at is None]
    former = {row.relation.id: row for row in rows if row.relation.corrected_at is not None}
    bars = stretches(standing, today)
    return {
        "person": found.person,
        "walled": found.walled,
        "why_walled": WALLED,
        "today": today,
        "relations": [
            {"row": row, "bar": bar, "former": _former(row, former)}
            for row, bar in zip(standing, bars, strict=True)
        ],
        "aside": [row for row in former.values() if not _is_corrected(row, rows)],
        "kind_name": KindName,
        "purposes": lambda text: worded(PURPOSES, text),
        "legal_bases": lambda text: worded(LEGAL_BASES, text),
        "sources": lambda text: worded(SOURCES, text),
    }


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


def _former(
    row: queries.RelationRow, former: dict[int, queries.RelationRow]
) -> list[queries.RelationRow]:
    """Return what a relation was written as before, the latest first."""
    found, number = [], row.relation.corrects_id
    while number in former:
        found.append(former[number])
        number = former[number].relation.corrects_id
    return found


def _is_corrected(row: queries.RelationRow, rows: list[queries.RelationRow]) -> bool:
    """Say whether another row stands in the place of this one."""
    return any(one.relation.corrects_id == row.relation.id for one in rows)

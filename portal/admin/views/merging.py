"""Two rows about one person become one: find the other, look at what happens, do it."""

from typing import Any

from flask import Response, request

from portal.admin import actions, forms, queries
from portal.admin.policy import AUDIENCE_WORDS, FIELD_WORDS, lines
from portal.admin.views.blueprint import admin, found
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import Lazy, _
from portal.people.actions import Preview, preview_merge
from portal.people.policy.duties import may_merge
from portal.people.queries import primary_address
from portal.web.guards import administrators, proved
from portal.web.rendering import actor, fragment, is_partial, notice, page, redirect

MERGE = "/admin/people/<public_id>/merge"


@admin.get(MERGE)
@administrators
@proved
def consider_merge(public_id: str) -> Response:
    """Find the other one of the two; then show exactly what merging them would do."""
    one = found(public_id)
    other = queries.found_person(request.args.get("with", ""), actor(), clock.now())
    if other is None:
        return _search(one)
    stays = other if request.args.get("stays") == other.person.public_id else one
    context = _context(one, other, stays)
    if is_partial():
        return fragment("admin/merging/_preview.html", **context)
    return page("admin/merging/show.html", "admin", **context)


@admin.post(MERGE)
@administrators
@proved
def merge(public_id: str) -> Response:
    """Make one of the two, in one transaction, as the preview said."""
    one, other = found(public_id), found(request.form.get("with", ""))
    stays = other if request.form.get("stays") == other.person.public_id else one
    goes = one if stays is other else other
    seen, back = request.form.get("seen", ""), _address(one, other, stays)
    try:
        with unit_of_work():
            kept = actions.merge(actor(), stays.person.id, goes.person.id, seen, clock.now())
    except NotAllowed as refused:
        notice(str(refused.reason), "info")
        return redirect(back)
    notice(_("The two are one now: %(name)s.", name=kept.name))
    return redirect(f"/admin/people/{kept.public_id}")


def _search(one: queries.Found) -> Response:
    """Look for the other one, by name or address."""
    form = forms.PeopleForm(request.args)
    wanted, after = forms.wanted(form) or one.person.name, request.args.get("after")
    listed = queries.listed_people(actor(), wanted, clock.now(), after)
    path = f"/admin/people/{one.person.public_id}/merge"
    form.q.data = wanted
    context: dict[str, Any] = {
        "person": one.person,
        "form": form,
        "path": path,
        "people": [row for row in listed.rows if row.id != one.person.id],
        "first": forms.address(path, q=wanted) if after else None,
        "more": forms.address(path, q=wanted, after=listed.after) if listed.after else None,
    }
    if is_partial():
        return fragment("admin/merging/_hits.html", **context)
    return page("admin/merging/search.html", "admin", **context)


def _context(one: queries.Found, other: queries.Found, stays: queries.Found) -> dict[str, Any]:
    """Return what `_preview.html` needs, and its page; nothing is read that may not be seen."""
    goes = one if stays is other else other
    walled = one.walled or other.walled
    may = may_merge(actor(), stays.person, goes.person, walled=walled)
    context: dict[str, Any] = {
        "person": one.person,
        "one": one,
        "other": other,
        "stays": stays,
        "goes": goes,
        "merging": may,
        "addresses": {each.person.id: primary_address(each.person.id) for each in (one, other)},
        "seen": "",
    }
    if may:
        chose = queries.who_has_signed_in(stays.person.id, goes.person.id)
        context |= _told(preview_merge(stays.person, goes.person, chose, clock.now()))
    return context


def _told(preview: Preview) -> dict[str, Any]:
    """Say what a merge would do, in words."""
    audiences: dict[Lazy, list[Lazy]] = {}
    for name, value in preview.values.items():
        if name.endswith("_shown"):
            field = FIELD_WORDS[name.removesuffix("_shown")]
            audiences.setdefault(AUDIENCE_WORDS[str(value)], []).append(field)
    return {
        "lines": lines(preview.steps),
        "filled_in": [FIELD_WORDS[field] for field in preview.filled_in],
        "audiences": audiences,
        "will_be_suspended": bool(preview.values.get("suspended_at")),
        "seen": preview.seen,
    }


def _address(one: queries.Found, other: queries.Found, stays: queries.Found) -> str:
    path = f"/admin/people/{one.person.public_id}/merge"
    chosen = {"with": other.person.public_id, "stays": stays.person.public_id}
    return forms.address(path, **chosen)

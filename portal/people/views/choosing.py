"""Choose who sees what of oneself."""

import textwrap
from typing import Any

from flask import Response, request

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.people import actions, queries
from portal.people.forms import EveryFieldForm, VisibilityForm, visibility_form
from portal.people.models import FIELDS, Person
from portal.people.policy import audience_of
from portal.people.queries import Told
from portal.people.views.blueprint import profile
from portal.taxonomy.places import name_of
from portal.web.guards import signed_in
from portal.web.rendering import (
    actor,
    announced,
    fragment,
    is_partial,
    notice,
    page,
    redirect,
    refusal,
)

PATH = "/journey/visibility"
SHOWN = 4  # of a list, to remind of what is in it
PAGE, FRAGMENT = "people/visibility.html", "people/_visibility.html"


@profile.get(PATH)
@signed_in
def visibility() -> Response:
    """Show who sees what, field by field."""
    return page(PAGE, "journey", **_context())


@profile.post(PATH)
@signed_in
def choose() -> Response:
    """Let the choices count from now on."""
    form = VisibilityForm(request.form)
    if not form.validate():
        return refusal(PAGE, FRAGMENT, "journey", **_context(form))
    return _chosen(form.chosen())


@profile.post(f"{PATH}/all")
@signed_in
def choose_all() -> Response:
    """Show every field to one audience, or to nobody."""
    form = EveryFieldForm(request.form)
    if not form.validate() or not form.audience.data:
        return refusal(PAGE, FRAGMENT, "journey", **_context())
    return _chosen(dict.fromkeys(FIELDS, form.audience.data))


def _chosen(audiences: dict[str, str]) -> Response:
    with unit_of_work():
        changed = actions.choose_audiences(actor(), audiences, clock.now())
    saved = _("Your choices are saved and count from now on.")
    words = saved if changed else _("Nothing was changed.")
    if is_partial():
        return announced(fragment(FRAGMENT, **_context()), words)
    notice(words)
    return redirect(PATH)


def _context(form: VisibilityForm | None = None) -> dict[str, Any]:
    person = queries.myself(actor())
    told = queries.told_by(person.id)
    return {
        "form": form or visibility_form(person),
        "person": person,
        "contents": _contents(person, told),
        "limited": {one for one in FIELDS if audience_of(person, one) != _shown(person, one)},
    }


def _shown(person: Person, field: str) -> str:
    shown: str = getattr(person, f"{field}_shown")
    return shown


def _contents(person: Person, told: Told) -> dict[str, str]:
    """Remind of what there is in each field; empty where there is nothing."""
    lists = {
        "work": list(dict.fromkeys(one.workplace for one in told.work)),
        "skills": [one.label for one in told.skills],
        "languages": [one.name for one in told.languages],
        "links": [one.label or one.host for one in told.links],
        "contact": [one.value for one in told.contact],
    }
    return {
        "name": person.name,
        "photo": _("Your photo") if person.photo else "",
        "headline": person.headline,
        "municipality": name_of(person.municipality) or "",
        "about": textwrap.shorten(person.about, 80, placeholder=" …"),
        "relations": _("When you were what to us. Never that you look for work."),
        "journey": _("What you let be seen of your journey with us."),
        **{field: _named(names) for field, names in lists.items()},
    }


def _named(names: list[str]) -> str:
    more = len(names) - SHOWN
    first = ", ".join(names[:SHOWN])
    return first + _(" and %(num)d more", num=more) if more > 0 else first

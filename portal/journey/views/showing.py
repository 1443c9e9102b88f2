"""My journey: the page, and more of what has happened."""

from typing import Any

from flask import Response, request
from markupsafe import Markup

from portal.directory.policy import stretches
from portal.events.queries import my_coming
from portal.journey import queries
from portal.journey.forms import VisibilityForm
from portal.journey.policy import RELATION_WORDS, TELLINGS, UNSEEN
from portal.journey.queries import Happening, Named
from portal.journey.views.blueprint import journey
from portal.kernel import clock
from portal.networks.policy import ROLE_NAMES
from portal.openings.queries import saved_by
from portal.people.queries import relations_of
from portal.web.guards import signed_in
from portal.web.rendering import actor, fragment, is_partial, page

SHOWN_SAVED = 10
SHOWN_EVENTS = 5
PATHS = {"network": "/networks/", "event": "/events/", "opening": "/openings/"}


@journey.get("/journey")
@signed_in
def show() -> Response:
    """Show a person their own journey; for htmx, more of what has happened."""
    if is_partial():
        return fragment("journey/_happened.html", **happened_context())
    person = queries.myself(actor())
    form = VisibilityForm(shown=person.name_shown)
    return page("journey/show.html", "journey", **page_context(form))


def page_context(form: VisibilityForm) -> dict[str, Any]:
    """Return what the whole page needs."""
    now = clock.now()
    told = stretches(relations_of(actor().person_id or 0), now.date())
    return happened_context() | {
        "person": queries.myself(actor()),
        "form": form,
        "relations": told,
        "first_year": min((one.began_on.year for one in told), default=now.year),
        "this_year": now.year,
        "memberships": queries.my_memberships(actor()),
        "roles": ROLE_NAMES,
        "saved": saved_by(actor(), now, SHOWN_SAVED),
        "coming": my_coming(actor(), SHOWN_EVENTS),
    }


def happened_context() -> dict[str, Any]:
    """Return what `_happened.html` needs, on the page and alone."""
    after = request.args.get("after")
    found = queries.happened(actor(), after)
    names = queries.names_of(actor(), found.rows, clock.now())
    told = [(one.at, sentence(one, names.get((one.about, one.thing_id)))) for one in found.rows]
    more = f"/journey?after={found.after}" if found.after else None
    return {"happened": told, "after": after, "more": more}


def sentence(fact: Happening, thing: Named | None) -> Markup:
    """Say what happened, with a link to what it happened with."""
    words = TELLINGS[fact.name].words
    if fact.about is None:
        return Markup.escape(words)
    if thing is None:
        return Markup(str(words)) % {"name": UNSEEN[fact.about]}  # noqa: S704 - our own words
    if thing.variant:
        words = RELATION_WORDS.get(thing.variant, words)
    name = Markup("<bdi>{}</bdi>").format(thing.name)
    if thing.slug:
        link = Markup('<a href="{}{}">{}</a>')
        name = link.format(PATHS[fact.about], thing.slug, name)
    return Markup(str(words)) % {"name": name}  # noqa: S704 - our own words

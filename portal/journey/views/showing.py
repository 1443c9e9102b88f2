"""My journey: the page, other filters of it, more of it; and the same on paper."""

from typing import Any

from flask import Response

from portal.directory.policy import stretches
from portal.journey import queries
from portal.journey.policy import OUTCOME_NAMES
from portal.journey.queries import Tie
from portal.journey.views import story
from portal.journey.views.blueprint import journey
from portal.journey.views.story import Asked
from portal.journey.views.telling import dated
from portal.kernel import clock
from portal.networks.policy import ROLE_NAMES
from portal.web.dates import local
from portal.web.guards import signed_in
from portal.web.rendering import actor, fragment, is_partial, page
from portal.web.sections import sections_of

MOST_ON_PAPER = 2000


@journey.get("/journey")
@signed_in
def show() -> Response:
    """Show a person their own journey; for htmx, another filter or more of it."""
    wanted = story.asked()
    if is_partial():
        template = "journey/_more.html" if wanted.after else "journey/_answer.html"
        return fragment(template, **story.story(wanted))
    return page("journey/show.html", "journey", **page_context())


@journey.get("/journey/print")
@signed_in
def on_paper() -> Response:
    """Show all of it, as it is printed."""
    context = story.story(Asked(), MOST_ON_PAPER)
    context |= years_context(context["ties"])
    _short, printed_on, _machine = dated(local(clock.now()).date(), "day")
    context |= {"printed_on": printed_on, "most": MOST_ON_PAPER}
    return page("journey/print.html", "journey", **context)


def page_context() -> dict[str, Any]:
    """Return what the whole page needs."""
    context = story.story(story.asked())
    return context | {
        **years_context(context["ties"]),
        "mine": queries.mine(actor(), clock.now()),
        "roles": ROLE_NAMES,
        "outcomes": OUTCOME_NAMES,
        "sections": sections_of("journey", actor(), actor().person_id),
        "now": clock.now(),
    }


def years_context(told: list[Tie]) -> dict[str, Any]:
    """Return what `_years.html` needs: relations as bars from the first year until this one."""
    now = clock.now()
    laid_out = stretches(told, now.date())
    return {
        "relations": laid_out,
        "years": list(zip((one.id for one in told), laid_out, strict=True)),
        "first_year": min((one.began_on.year for one in laid_out), default=now.year),
        "this_year": now.year,
    }

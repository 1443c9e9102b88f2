"""One opening: its page while it is open, and a kind word with others like it when it is not."""

from typing import Any

from flask import Response, abort
from markupsafe import Markup

from portal.kernel import clock
from portal.kernel.text import language
from portal.openings import queries
from portal.openings.models import Opening
from portal.openings.policy import is_open, may_save
from portal.openings.views.choices import remote_name
from portal.openings.views.job_posting import job_posting
from portal.openings.views.listing import openings
from portal.taxonomy.employment import term
from portal.taxonomy.occupations import occupation_field
from portal.web.rendering import actor, page

MOST_SIMILAR = 4


@openings.get("/openings/<slug>")
def show(slug: str) -> Response:
    """Show an opening; a closed one answers 410, so that it leaves the search engines."""
    found = queries.visible_opening(slug, actor(), clock.now())
    if found is None:
        abort(404)
    opening, saved = found
    now = clock.now()
    similar = queries.similar_to(opening, actor(), now, MOST_SIMILAR)
    if not is_open(opening, now):
        return page("openings/closed.html", "openings", 410, opening=opening, similar=similar)
    return page(
        "openings/show.html",
        "openings",
        body=Markup(opening.body),  # noqa: S704 - sanitised when it was taken in (kernel.markup)
        facts=_facts(opening),
        networks=queries.networks_of(opening, actor()),
        similar=similar,
        posting=job_posting(opening) if opening.audience == "public" else None,
        now=now,
        **saving_context(opening, saved),
    )


def saving_context(opening: Opening, saved: bool) -> dict[str, Any]:
    """Say what the save button needs, for the page and for htmx alike."""
    return {"opening": opening, "saved": saved, "saving": may_save(actor(), opening, clock.now())}


def _facts(opening: Opening) -> dict[str, str]:
    """Put an opening's small facts into words, those that are known."""
    lang = language()
    terms = [term(code) for code in (*opening.forms, *opening.extents)]
    duration = term(opening.duration)
    field = occupation_field(opening.occupation_field or "")
    return {
        "terms": ", ".join(one.name(lang) for one in terms if one).capitalize(),
        "duration": duration.name(lang) if duration else opening.duration,
        "extent": _percent(opening.extent_min, opening.extent_max),
        "remote": remote_name(opening.remote).lower() if opening.remote != "none" else "",
        "field": field.name(lang) if field else "",
    }


def _percent(least: int | None, most: int | None) -> str:
    if most is None or (least in (None, 100) and most == 100):
        return ""
    return f"{most} %" if least in (None, most) else f"{least}–{most} %"

"""The list of openings with its filter."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, Response, request
from markupsafe import Markup

from portal.kernel import clock
from portal.kernel.text import _, language
from portal.openings import forms, queries
from portal.openings.forms import Address
from portal.openings.views.choices import boxes, boxes_of, remote_name
from portal.taxonomy import employment, occupations, places
from portal.web.freshness import public_page
from portal.web.rendering import actor, fragment, is_partial

openings = Blueprint("openings", __name__)
T = TypeVar("T")
GROUPS = ("remote", "form", "extent", "county", "field")


@openings.get("/openings")
def index() -> Response:
    """Show the openings that fit the filter; the address is the filter."""
    ticked = request.args.getlist("network")[: queries.MOST_OFFERED]
    if is_partial():
        networks = queries.networks_to_choose(actor(), ticked) if ticked else ()
        context = _context(networks)
        answer = fragment("openings/_answer.html", **context)
        answer.headers["HX-Replace-Url"] = str(context["address"])
        return answer
    networks = queries.networks_to_choose(actor(), ticked)
    context = _context(networks)
    address = context["address"]
    choices = [(row.slug, row.name) for row in networks]
    group = {name: boxes(name, address) for name in GROUPS}
    group["network"] = boxes_of("network", _("Network"), choices, ticked) if choices else Markup()
    hits = context["hits"]
    made_of = (hits.page, hits.count, networks)
    return public_page("openings/index.html", "openings", made_of, group=group, **context)


def _context(networks: Any) -> dict[str, Any]:
    """Read the filter and find the hits, for the page and for htmx alike."""
    filters, address = forms.read(request.args, {row.slug: row.id for row in networks})
    after = request.args.get("after")
    now = clock.now()
    return {
        "hits": queries.found(filters, actor(), now, after),
        "most_counted": queries.MOST_COUNTED,
        "most_sorted": queries.MOST_SORTED,
        "filters": filters,
        "address": address,
        "after": after,
        "chips": _chips(address, {row.slug: row.name for row in networks}),
        "municipalities": _municipalities(address),
        "now": now,
    }


def _municipalities(address: Address) -> list[tuple[str, str, bool]]:
    """Offer the municipalities of the ticked counties, and those that are ticked themselves."""
    counties = {value for name, value in address.pairs if name == "county"}
    ticked = {value for name, value in address.pairs if name == "municipality"}
    if not counties and not ticked:
        return []
    return [
        (one.code, one.name, one.code in ticked)
        for one in places.municipalities()
        if one.county_code in counties or one.code in ticked
    ]


def _chips(address: Address, networks: dict[str, str]) -> list[tuple[str, str]]:
    """Name each active filter, with the address that takes it away."""
    lang = language()
    names: dict[str, Callable[[str], str]] = {
        "q": lambda text: f"“{text}”",
        "field": lambda id: _found(occupations.occupation_field(id)).name(lang),
        "county": lambda code: _found(places.county(code)).name(lang),
        "municipality": lambda code: _found(places.municipality(code)).name,
        "remote": remote_name,
        "form": lambda code: _found(employment.term(code)).name(lang),
        "extent": lambda code: _found(employment.term(code)).name(lang),
        "network": lambda slug: networks[slug],
    }
    chosen = [(name, value) for name, value in address.pairs if name in names]
    return [(names[name](value), str(address.without(name, value))) for name, value in chosen]


def _found(thing: T | None) -> T:
    """Return a thing that the form has already recognised."""
    assert thing is not None
    return thing

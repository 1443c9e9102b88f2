"""The list of openings with its filter."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Blueprint, Response, request

from portal.kernel import clock
from portal.kernel.text import _, language
from portal.networks.queries import named_for
from portal.openings import forms, queries
from portal.taxonomy import employment, occupations, places
from portal.web.rendering import actor, fragment, is_partial, page

openings = Blueprint("openings", __name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Choice:
    """One box to tick."""

    value: str
    name: str
    ticked: bool


@openings.get("/openings")
def index() -> Response:
    """Show the openings that fit the filter; the address is the filter."""
    context = _context()
    if is_partial():
        answer = fragment("openings/_answer.html", **context)
        answer.headers["HX-Replace-Url"] = str(context["address"])
        return answer
    return page("openings/index.html", "openings", **context, **_choices(context))


def _context() -> dict[str, Any]:
    """Read the filter and find the hits, for the page and for htmx alike."""
    named = named_for(actor())
    networks = {slug: network_id for network_id, slug, _name in named}
    filters, address = forms.read(request.args, networks)
    hits = queries.found(filters, actor(), clock.now(), request.args.get("after"))
    return {
        "hits": hits,
        "filters": filters,
        "address": address,
        "after": request.args.get("after"),
        "chips": _chips(address, {slug: name for _id, slug, name in named}),
        "municipalities": _municipalities(address),
        "networks": named,
        "now": clock.now(),
    }


def _choices(context: dict[str, Any]) -> dict[str, list[Choice]]:
    address: forms.Address = context["address"]
    lang = language()
    terms = {"form": employment.FORMS, "extent": employment.EXTENTS}
    return {
        "field_choices": [
            Choice(one.id, one.name(lang), address.has("field", one.id))
            for one in occupations.occupation_fields()
        ],
        "county_choices": [
            Choice(one.code, one.name(lang), address.has("county", one.code))
            for one in places.counties()
        ],
        "remote_choices": [
            Choice(kind, remote_name(kind), address.has("remote", kind))
            for kind in ("hybrid", "full")
        ],
        "network_choices": [
            Choice(slug, name, address.has("network", slug))
            for _id, slug, name in context["networks"]
        ],
    } | {
        f"{name}_choices": [
            Choice(one.code, one.name(lang), address.has(name, one.code)) for one in some
        ]
        for name, some in terms.items()
    }


def _municipalities(address: forms.Address) -> list[Choice]:
    """Offer the municipalities of the ticked counties, and those that are ticked themselves."""
    counties = {value for name, value in address.pairs if name == "county"}
    return [
        Choice(one.code, one.name, address.has("municipality", one.code))
        for one in (places.municipalities() if address.pairs else ())
        if one.county_code in counties or address.has("municipality", one.code)
    ]


def _chips(address: forms.Address, networks: dict[str, str]) -> list[tuple[str, str]]:
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


def remote_name(kind: str) -> str:
    """Name a way of working away from the office."""
    return {"hybrid": _("Partly remote"), "full": _("Fully remote")}.get(kind, _("On site"))

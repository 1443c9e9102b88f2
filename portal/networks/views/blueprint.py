"""The blueprint that the network pages hang on, and the way from an address to a network."""

from flask import Blueprint, abort

from portal.kernel.text import language
from portal.networks import queries
from portal.networks.queries import Found
from portal.taxonomy import industries
from portal.web.rendering import actor

networks = Blueprint("networks", __name__)


def found(slug: str) -> Found:
    """Return the network at an address, or answer 404 as for one that never was."""
    network = queries.found_network(slug, actor())
    if network is None:
        abort(404)
    return network


def industry_name(code: str | None) -> str | None:
    """Return an industry's name in the reader's language."""
    section = industries.section(code) if code else None
    return section.name(language()) if section else None

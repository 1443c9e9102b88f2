"""What the portal is, and what it promises: about, privacy, accessibility, terms."""

from flask import Blueprint, Response

from portal.web.links import contact
from portal.web.rendering import page

legal = Blueprint("legal", __name__)


@legal.get("/about")
def about() -> Response:
    """Tell what this is."""
    return page("home/about.html")


@legal.get("/privacy")
def privacy() -> Response:
    """Tell what is kept about people, why, and for how long."""
    return page("home/privacy.html", contact=contact())


@legal.get("/accessibility")
def accessibility() -> Response:
    """Tell how the portal can be used, and where to say that something is in the way."""
    return page("home/accessibility.html", contact=contact())


@legal.get("/terms")
def terms() -> Response:
    """Tell how we treat each other here."""
    return page("home/terms.html", contact=contact())

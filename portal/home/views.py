"""The start page and the legal pages."""

from flask import Blueprint, Response

from portal.web.rendering import page

home = Blueprint("home", __name__)


@home.get("/about")
def about() -> Response:
    """Tell what this is."""
    return page("home/about.html")

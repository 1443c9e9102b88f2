"""The blueprint that the pages of one's own profile hang on."""

from flask import Blueprint, abort

profile = Blueprint("profile", __name__)

LARGEST_NUMBER = 2**31 - 1


def possible(number: int) -> int:
    """Return a row's number from an address; 404 for one that no database could ask for."""
    if number > LARGEST_NUMBER:
        abort(404)
    return number

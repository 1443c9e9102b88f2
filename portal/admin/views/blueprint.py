"""The blueprint of administration; the ways from an address to a person or an organisation, and back."""

from flask import Blueprint, Response, abort

from portal.admin import queries
from portal.kernel import clock
from portal.people.models import Organisation
from portal.web.rendering import actor, notice, redirect

admin = Blueprint("admin", __name__)


def found(public_id: str) -> queries.Found:
    """Return the person at an address, or answer 404."""
    person = queries.found_person(public_id, actor(), clock.now())
    if person is None:
        abort(404)
    return person


def found_organisation(number: int) -> Organisation:
    """Return the organisation at an address, or answer 404."""
    organisation = queries.found_organisation(number)
    if organisation is None:
        abort(404)
    return organisation


def found_relation(one: queries.Found, number: int) -> queries.RelationRow:
    """Return one of a person's relations, or answer 404: also from behind the wall."""
    row = queries.found_relation(one.person.id, number, walled=one.walled)
    if row is None:
        abort(404)
    return row


def back_to_person(public_id: str, words: str, category: str = "success") -> Response:
    """Go back to a person's page, and say there what was done or why not."""
    notice(words, category)
    return redirect(f"/admin/people/{public_id}")

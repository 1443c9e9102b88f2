"""Sign in as somebody of the demo world, with one click; only in demo mode."""

from flask import Blueprint, Response, abort, request

from portal.accounts.actions import end_visit, enter_as
from portal.demo.actions import DEMO_ROLES
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.settings import settings
from portal.people.queries import person_by_address
from portal.web.visits import browser, held_token, let_in

demo = Blueprint("demo", __name__)


@demo.post("/demo/sign-in")
def sign_in() -> Response:
    """Sign in as the person of a role."""
    role = request.form.get("role", "")
    if not settings().demo or role not in DEMO_ROLES:
        abort(404)
    person = person_by_address(DEMO_ROLES[role][1])
    if person is None:
        abort(404)
    with unit_of_work():
        entrance = enter_as(person, browser(), clock.now(), way="demo")
        if held_token():
            end_visit(held_token(), clock.now())
    return let_in(entrance.token, entrance.language, request.form.get("next"))

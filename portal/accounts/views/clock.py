"""Choose the clock that pages and mails go by."""

from flask import Response, request

from portal.accounts import actions
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.yours import context
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.web.clocks import city
from portal.web.dates import follow
from portal.web.guards import signed_in
from portal.web.rendering import (
    actor,
    announced,
    fragment,
    is_partial,
    notice,
    redirect,
    refusal,
)
from portal.web.zone_table import names
from portal.web.zones import choice


@accounts.post("/account/clock")
@signed_in
def choose_clock() -> Response:
    """Remember whose clock to go by; this answer goes by it already."""
    chosen = request.form.get("zone", "")
    if chosen not in names():
        error = _("Choose a city from the list.")
        return refusal("accounts/show.html", "accounts/_clock.html", **context(error))
    with unit_of_work():
        actions.choose_zone(actor(), chosen)
    follow(chosen)
    words = _("Times follow the clock in %(city)s now.", city=city(chosen))
    if is_partial():
        return announced(fragment("accounts/_clock.html", clock=choice()), words)
    notice(words)
    return redirect("/account#clock")

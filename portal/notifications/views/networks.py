"""What one hears of one network: as of all, or otherwise."""

from typing import Any

from flask import Response, abort, request

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.notifications import actions, queries
from portal.notifications.forms import NetworkForm
from portal.notifications.policy import KINDS, Kind
from portal.notifications.queries import MyNetwork
from portal.notifications.views.blueprint import notifications
from portal.notifications.views.settings import PATH, kinds_of
from portal.web.guards import signed_in
from portal.web.rendering import (
    actor,
    announced,
    fragment,
    is_partial,
    notice,
    page,
    redirect,
    refusal,
)

PAGE, FORM = "notifications/network.html", "notifications/_network.html"


@notifications.get(f"{PATH}/networks/<slug>")
@signed_in
def network_settings(slug: str) -> Response:
    """Show what one hears of one of one's networks."""
    return page(PAGE, **_context(mine(slug)))


@notifications.post(f"{PATH}/networks/<slug>")
@signed_in
def save_network_settings(slug: str) -> Response:
    """Let choices count for this network alone, or give them up."""
    network = mine(slug)
    kinds = _kinds(network)
    form = NetworkForm(kinds, request.form)
    if not form.validate():
        return refusal(PAGE, FORM, **_context(network, form))
    with unit_of_work():
        if form.is_own:
            changed = actions.choose_in(actor(), network, form.wishes(), clock.now())
        else:
            codes = [kind.code for kind in kinds]
            changed = actions.choose_as_everywhere(actor(), network, codes, clock.now())
    words = _("Saved. It counts from now on.") if changed else _("Nothing was changed.")
    if is_partial():
        return announced(fragment(FORM, **_context(mine(slug))), words)
    notice(words)
    return redirect(f"{PATH}/networks/{slug}")


def mine(slug: str) -> MyNetwork:
    """Return a network that the reader belongs to; any other does not exist here."""
    found = queries.my_networks(actor(), slug)
    return found[0] if found else abort(404)


def _kinds(network: MyNetwork) -> list[Kind]:
    return [kind for kind in kinds_of([network]) if kind.by_network]


def _context(network: MyNetwork, form: NetworkForm | None = None) -> dict[str, Any]:
    if form is None:
        person_id = actor().person_id or 0
        stood = queries.choices_of([person_id])[person_id]
        told = {kind.code: stood.about(kind.code, network.id) for kind in _kinds(network)}
        form = NetworkForm(_kinds(network), None, "own" if network.has_choices else "all", told)
    return {"network": network, "form": form, "kinds": KINDS}

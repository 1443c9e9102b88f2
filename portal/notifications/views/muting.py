"""Hear nothing of a network, or hear of it again: among the choices, and on the network's own page."""

from flask import Response, request

from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.networks.models import Network
from portal.notifications import actions, queries
from portal.notifications.queries import MyNetwork
from portal.notifications.views.blueprint import notifications
from portal.notifications.views.networks import mine
from portal.notifications.views.settings import PATH
from portal.web.guards import signed_in
from portal.web.rendering import actor, announced, fragment, is_partial, notice, redirect
from portal.web.sections import Section, section

LIST, ON_PAGE = "notifications/_networks.html", "notifications/_hearing.html"


@notifications.post(f"{PATH}/networks/<slug>/mute")
@signed_in
def mute(slug: str) -> Response:
    """Hear nothing of a network."""
    network = mine(slug)
    with unit_of_work():
        actions.mute(actor(), network, clock.now())
    return _answer(network, _("You hear nothing of %(network)s from now on.", network=network.name))


@notifications.post(f"{PATH}/networks/<slug>/mute/removal")
@signed_in
def unmute(slug: str) -> Response:
    """Hear of it again."""
    network = mine(slug)
    with unit_of_work():
        actions.unmute(actor(), network, clock.now())
    return _answer(network, _("You hear of %(network)s again.", network=network.name))


@section("network", order=90)
def on_network_page(viewer: Actor, network: Network) -> Section:
    """Let a member choose what they hear of the network."""
    own = queries.my_network(viewer, network.id) if viewer.is_signed_in else None
    return Section(ON_PAGE, {"network": own})


def _answer(network: MyNetwork, words: str) -> Response:
    """Go back to where the button was, and say what was done."""
    on_page = request.form.get("on") == "network"
    if is_partial():
        if on_page:
            again = fragment(ON_PAGE, part={"network": mine(network.slug)})
        else:
            again = fragment(LIST, networks=queries.my_networks(actor()))
        return announced(again, words)
    notice(words)
    return redirect(f"/networks/{network.slug}" if on_page else PATH)

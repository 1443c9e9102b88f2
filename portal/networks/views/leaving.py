"""Leave a network, after a page that asks whether one means it."""

from flask import Response

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.networks import actions, forms
from portal.networks.policy import is_member
from portal.networks.views.blueprint import found, networks
from portal.networks.views.showing import membership_context
from portal.web.guards import signed_in
from portal.web.rendering import actor, notice, page, redirect


@networks.get("/networks/<slug>/departure")
@signed_in
def consider_leaving(slug: str) -> Response:
    """Ask whether one means to leave, and say what that means."""
    here = found(slug)
    if not is_member(here.membership):
        return redirect(f"/networks/{slug}")
    context = membership_context(here, forms.AskForm())
    return page("networks/departure.html", "networks", **context)


@networks.post("/networks/<slug>/departure")
@signed_in
def leave(slug: str) -> Response:
    """End one's membership."""
    here = found(slug)
    with unit_of_work():
        left = actions.leave_network(actor(), here.membership, clock.now())
    name = here.network.name
    if left:
        notice(
            _("You have left %(name)s. Thank you for your time there, and welcome back.", name=name)
        )
    else:
        notice(_("You are not a member of this network."), "info")
    hidden = here.network.visibility == "hidden"
    return redirect("/networks" if hidden else f"/networks/{slug}")

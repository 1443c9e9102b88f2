"""A network's newest openings, on its page."""

from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.networks.models import Network
from portal.openings import queries
from portal.web.sections import Section, section

SHOWN = 4


@section("network", order=20)
def in_network(viewer: Actor, network: Network) -> Section:
    """Show a network's newest openings."""
    rows = queries.in_network(network.id, viewer, clock.now(), SHOWN)
    return Section("openings/_in_network.html", {"rows": rows, "slug": network.slug})

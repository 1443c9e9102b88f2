"""Which networks a person may know of."""

from sqlalchemy import ColumnElement, Select, or_, select, true

from portal.kernel.actors import Actor
from portal.networks.models import Network
from portal.networks.queries.belonging import my_network_ids


def may_be_seen_by(actor: Actor) -> ColumnElement[bool]:
    """Say that a network is not hidden, or that the actor belongs to it."""
    if actor.is_administrator:
        return true()
    shown = Network.visibility != "hidden"
    if not actor.is_signed_in:
        return shown
    return or_(shown, Network.id.in_(my_network_ids(actor)))


def visible_to(actor: Actor) -> Select[Network]:
    """Select the networks whose name and summary the actor may see."""
    return select(Network).where(may_be_seen_by(actor))

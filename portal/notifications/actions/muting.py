"""Networks that somebody hears nothing of."""

from datetime import datetime

from sqlalchemy import delete

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.kernel.mail import withdraw
from portal.notifications.actions.holding import hold
from portal.notifications.actions.rhythm import replan
from portal.notifications.facts import NetworkMuted, NetworkUnmuted
from portal.notifications.models import MutedNetwork
from portal.notifications.policy import KINDS, id_of
from portal.notifications.queries import MyNetwork


def mute(actor: Actor, network: MyNetwork, at: datetime) -> bool:
    """Hear nothing of a network; False if it was mute."""
    person_id = actor.person_id or 0
    hold(person_id)
    if session().get(MutedNetwork, (person_id, network.id), populate_existing=True) is not None:
        return False
    session().add(MutedNetwork(person_id=person_id, network_id=network.id, muted_at=at))
    withdraw(person_id, at, [id_of(kind, network.slug) for kind in KINDS])
    record(NetworkMuted(person_id, network.id), at)
    replan(person_id, at)
    return True


def unmute(actor: Actor, network: MyNetwork, at: datetime) -> bool:
    """Hear of a network again, as chosen before; False if it was not mute."""
    person_id = actor.person_id or 0
    hold(person_id)
    mine = delete(MutedNetwork).where(
        MutedNetwork.person_id == person_id, MutedNetwork.network_id == network.id
    )
    ended = session().execute(mine.returning(MutedNetwork.network_id)).first() is not None
    if ended:
        record(NetworkUnmuted(person_id, network.id), at)
        replan(person_id, at)
    return ended

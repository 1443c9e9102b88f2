"""Places on lists, found by their links; what has been chosen for just one list."""

from typing import Any

from sqlalchemy import select

from portal.accounts.queries import reader_of
from portal.kernel.db import session
from portal.networks.models import Network
from portal.networks.queries import network_ids_of
from portal.notifications.models import Choice, ListLink, Rhythm
from portal.notifications.policy import read_list
from portal.notifications.queries.places import Place


def place_called(token: str) -> Place | None:
    """Find the place that a link leads to."""
    link = session().get(ListLink, token, populate_existing=True)
    if link is None:
        return None
    meant = read_list(link.list)
    network, is_known = network_of(meant.network_id, link.person_id)
    return Place(
        link,
        meant,
        network,
        network.name if network and is_known else None,
        current_choice(link.person_id, meant.kind.code, meant.network_id) if meant.kind else None,
        session().get(Rhythm, link.person_id, populate_existing=True) if meant.gathering else None,
        reader_of(link.person_id),
    )


def network_of(network_id: int | None, person_id: int) -> tuple[Network | None, bool]:
    """Return the network of a list, and whether the person may know of it now."""
    if network_id is None:
        return None, False
    is_mine = Network.id.in_(network_ids_of(person_id))
    known = (is_mine | (Network.visibility != "hidden")).label("known")
    query: Any = select(Network, known).where(Network.id == network_id)
    row = session().execute(query).one_or_none()
    return (row[0], bool(row[1])) if row else (None, False)


def current_choice(person_id: int, kind: str, network_id: int | None) -> Choice | None:
    """Return what somebody has chosen for just this; None when they go by something wider."""
    query = select(Choice).where(
        Choice.person_id == person_id,
        Choice.kind == kind,
        Choice.network_id.is_not_distinct_from(network_id),
        Choice.ended_at.is_(None),
    )
    return session().scalars(query.execution_options(populate_existing=True)).one_or_none()

"""What has happened since last time, for the start page of a member."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from portal.kernel.actors import Actor
from portal.kernel.db import Query, UTCDateTime, fetch
from portal.kernel.facts import FactSubject
from portal.kernel.viewing import VIEWER, stand_in
from portal.networks.models import Membership, Network
from portal.networks.queries import my_network_ids

TOLD = ("NetworkJoined", "OpeningPublished", "EventAnnounced")
MOST_FACTS = 500
MOST_ANSWERS = 10
SINCE = bindparam("since", type_=UTCDateTime())


@dataclass
class NetworkNews:
    """What is new in one network: how many of each kind of fact."""

    slug: str
    name: str
    counts: dict[str, int] = field(default_factory=dict)


def news_of_networks(actor: Actor, since: datetime) -> list[NetworkNews]:
    """Count what happened in the actor's networks since then, by network; one query."""
    given = {"viewer": actor.person_id, "since": since}
    news: dict[str, NetworkNews] = {}
    for slug, name, kind, count in fetch(_news(), given):
        news.setdefault(slug, NetworkNews(slug, name)).counts[kind] = count
    return list(news.values())


def answers_since(actor: Actor, since: datetime) -> Sequence[Any]:
    """Return the answers to the actor's requests since then: network, and yes or the reason."""
    return fetch(_answers(), {"viewer": actor.person_id, "since": since})


@cache
def _news() -> Query:
    facts = (
        select(FactSubject.subject_id.label("network_id"), FactSubject.name)
        .where(
            FactSubject.kind == "network",
            FactSubject.subject_id.in_(my_network_ids(stand_in("member"))),
            FactSubject.at > SINCE,
            FactSubject.name.in_(TOLD),
        )
        .order_by(FactSubject.fact_id.desc())
        .limit(MOST_FACTS)
        .subquery()
    )
    return (
        select(Network.slug, Network.name, facts.c.name, func.count())
        .join(facts, facts.c.network_id == Network.id)
        .group_by(Network.id, Network.slug, Network.name, Network.sort_key, facts.c.name)
        .order_by(Network.sort_key)
    )


@cache
def _answers() -> Query:
    at = func.coalesce(Membership.ended_at, Membership.began_at)
    return (
        select(Network.slug, Network.name, Membership.ended_as, Membership.reason, at.label("at"))
        .join(Network, Network.id == Membership.network_id)
        .where(
            Membership.person_id == VIEWER,
            Membership.asked_at.is_not(None),
            Membership.decided_by_id.is_not(None),
            at > SINCE,
        )
        .order_by(Membership.id.desc())
        .limit(MOST_ANSWERS)
    )

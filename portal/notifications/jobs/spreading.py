"""From what has happened to whom it is told: coordinators of a network, or all its members."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from portal.events.facts import EventAnnounced
from portal.events.models import Event
from portal.kernel import clock, jobs
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.networks.facts import MembershipAsked, NetworkJoined
from portal.networks.models import Membership
from portal.networks.queries import coordinator_ids
from portal.notifications.actions.telling import News, tell
from portal.notifications.queries.people import members_after
from portal.openings.facts import OpeningPublished
from portal.openings.models import Opening
from portal.openings.policy import is_open

AT_ONCE = 500  # people in one transaction


@on(MembershipAsked)
def tell_of_request(fact: MembershipAsked, _at: datetime) -> None:
    """Tell the coordinators that somebody waits for an answer, unless it has come by now."""
    membership = session().get(Membership, fact.membership_id)
    if membership is None or membership.state != "asked":
        return
    others = set(coordinator_ids(fact.network_id)) - {fact.person_id}
    news = _news("requests", "MembershipAsked", fact.membership_id, fact.network_id)
    tell(others, news, clock.now())


@on(NetworkJoined)
def tell_of_arrival(fact: NetworkJoined, _at: datetime) -> None:
    """Tell the coordinators of a new member; not the one who let them in."""
    membership = session().get(Membership, fact.membership_id)
    if membership is None or membership.state != "active":
        return
    others = set(coordinator_ids(fact.network_id)) - {fact.person_id, membership.decided_by_id}
    tell(
        others, _news("arrivals", "NetworkJoined", fact.membership_id, fact.network_id), clock.now()
    )


@on(EventAnnounced)
def tell_of_event(fact: EventAnnounced, _at: datetime) -> None:
    """Tell the members of a network of an event; not the one who holds it."""
    event = session().get(Event, fact.event_id)
    if fact.network_id is None or event is None or event.ends_at <= clock.now():
        return
    news = _news("events", "EventAnnounced", event.id, fact.network_id)
    _begin(news, but=event.organiser_id)


@on(OpeningPublished)
def tell_of_opening(fact: OpeningPublished, _at: datetime) -> None:
    """Tell the members of a network of an opening that is shown there."""
    opening = session().get(Opening, fact.opening_id)
    if fact.network_id is None or opening is None or not is_open(opening, clock.now()):
        return
    _begin(_news("openings", "OpeningPublished", opening.id, fact.network_id))


@jobs.job("notifications.spread")
def spread_in_network(after: int, but: int | None, **news: Any) -> None:
    """Tell some of a network's members, by their number, and ask for the next ones to be told.

    Each batch is a transaction with the request for the next one, so a worker that dies in the
    middle has told some and not others, and the next worker goes on there.
    """
    told = News(**news)
    if told.network_id is None:
        return
    people = members_after(told.network_id, after, AT_ONCE)
    tell((one for one in people if one != but), told, clock.now())
    if len(people) == AT_ONCE:
        _begin(told, after=people[-1], but=but)


def _begin(news: News, *, after: int = 0, but: int | None = None) -> None:
    jobs.enqueue("notifications.spread", asdict(news) | {"after": after, "but": but})


def _news(kind: str, fact: str, subject_id: int, network_id: int) -> News:
    return News(kind, fact, subject_id, f"network:{network_id}", network_id)

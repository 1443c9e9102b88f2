"""What the demo's people have been told lately: some of it they have read, and none by mail."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.accounts.models import Account
from portal.events.models import Event
from portal.journey.models import Correction
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.networks.models import Membership
from portal.networks.queries import coordinator_ids
from portal.notifications.actions import News, read_until, tell
from portal.notifications.queries.people import administrators_now, members_after
from portal.openings.models import Opening, OpeningNetwork

LATELY, UNREAD = timedelta(days=21), timedelta(days=5)
EVERYBODY = 10_000
Told = tuple[datetime, News]


def make_notices(at: datetime) -> None:
    """Tell everybody what has happened lately, in its order."""
    told = [*_memberships(at), *_events(at), *_openings(at), *_corrections()]
    told.sort(key=lambda one: (one[0], one[1].fact, one[1].subject_id))
    readers = list(session().scalars(select(Account.person_id)))
    for when, news in told:
        if when > at - UNREAD and readers:
            for person_id in readers:
                read_until(Actor(person_id), (at - UNREAD, EVERYBODY), at - UNREAD)
            readers = []
        tell(_people(news), news, when, by_mail=False)


def _people(news: News) -> list[int]:
    if news.network_id is None:
        return administrators_now()
    if news.kind in ("requests", "arrivals"):
        return coordinator_ids(news.network_id)
    return members_after(news.network_id, 0, EVERYBODY)


def _memberships(at: datetime) -> Iterator[Told]:
    query = select(Membership).where(Membership.ended_at.is_(None))
    for one in session().scalars(query):
        if one.asked_at and one.state == "asked":
            yield one.asked_at, _news("requests", "MembershipAsked", one.id, one.network_id)
        elif one.began_at and one.began_at > at - LATELY:
            yield one.began_at, _news("arrivals", "NetworkJoined", one.id, one.network_id)


def _events(at: datetime) -> Iterator[Told]:
    lately = (Event.created_at > at - LATELY, Event.network_id.is_not(None), Event.ends_at > at)
    for one in session().scalars(select(Event).where(*lately)):
        yield one.created_at, _news("events", "EventAnnounced", one.id, one.network_id or 0)


def _openings(at: datetime) -> Iterator[Told]:
    query: Any = select(Opening.id, Opening.published_at, OpeningNetwork.network_id).join(
        OpeningNetwork, OpeningNetwork.opening_id == Opening.id
    )
    lately = query.where(Opening.published_at > at - LATELY, Opening.state == "published")
    for number, published_at, network_id in session().execute(lately):
        yield published_at, _news("openings", "OpeningPublished", number, network_id)


def _corrections() -> Iterator[Told]:
    query = select(Correction).where(Correction.answered_at.is_(None))
    for one in session().scalars(query):
        yield one.asked_at, News("corrections", "CorrectionAsked", one.id, "corrections")


def _news(kind: str, fact: str, subject_id: int, network_id: int) -> News:
    return News(kind, fact, subject_id, f"network:{network_id}", network_id)

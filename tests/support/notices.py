"""Things that people are told, what they have chosen, and the mails that come of it at an hour."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from portal.accounts.actions import open_account
from portal.accounts.models import Account
from portal.accounts.queries import account_of
from portal.events.models import Event
from portal.kernel import clock, worker
from portal.kernel.db import db, insert_new, session, unit_of_work
from portal.kernel.jobs import enqueue
from portal.kernel.mail import Mail
from portal.networks.models import Network
from portal.notifications.actions.choosing import put
from portal.notifications.actions.holding import hold
from portal.notifications.actions.rhythm import replan
from portal.notifications.actions.telling import News, tell
from portal.notifications.models import NoticeItem, Rhythm
from portal.notifications.policy import Told
from portal.notifications.queries import current_choice
from portal.openings.models import Opening
from portal.people.models import Person


def account(person: Person, zone: str = "Europe/Stockholm", language: str = "sv") -> Person:
    """Give somebody an account, and a clock to go by."""
    with unit_of_work() as work:
        if account_of(person.id) is None:
            open_account(person, language, clock.now())
        mine = update(Account).where(Account.person_id == person.id)
        work.execute(mine.values(zone=zone, language=language))
    return person


def rhythm(person: Person, **values: Any) -> None:
    """Set when somebody is written to, and bring their next turn in line."""
    with unit_of_work() as work:
        work.execute(insert_new(Rhythm).values(person_id=person.id))
        work.execute(update(Rhythm).where(Rhythm.person_id == person.id).values(values))


def choice(person: Person, kind: str, cadence: Any, network: Network | None = None) -> None:
    """Let somebody choose how often they are mailed about a kind of thing."""
    network_id = network.id if network else None
    with unit_of_work():
        hold(person.id)
        before = current_choice(person.id, kind, network_id)
        told = Told(in_portal=True, cadence=cadence)
        put(before, (person.id, kind, network_id), told, clock.now())
        replan(person.id, clock.now())


def tell_of_event(event: Event, *people: Person, at: datetime | None = None) -> None:
    news = News(
        "events", "EventAnnounced", event.id, f"network:{event.network_id}", event.network_id
    )
    _tell(news, people, at)


def tell_of_opening(opening: Opening, network: Network, *people: Person) -> None:
    news = News("openings", "OpeningPublished", opening.id, f"network:{network.id}", network.id)
    _tell(news, people, None)


def tell_of_request(number: int, network: Network, *people: Person) -> None:
    """Tell coordinators of a request, by the number of its membership."""
    news = News("requests", "MembershipAsked", number, f"network:{network.id}", network.id)
    _tell(news, people, None)


def _tell(news: News, people: tuple[Person, ...], at: datetime | None) -> None:
    with unit_of_work():
        tell([person.id for person in people], news, at or clock.now())


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Go on at another hour with nothing read before; what a test holds in its hands stays readable."""
    for row in list(session()):
        session().refresh(row)
    db.session.remove()
    with clock.stopped_at(instant):
        yield
    session().rollback()


def work_at(instant: datetime) -> list[Mail]:
    """Let the worker do at an hour what is then to be done; return the mails of notices so far."""
    with at(instant):
        with unit_of_work():
            enqueue("digests.start", {})
        worker.drain()
    return mails()


def mails(person: Person | None = None) -> list[Mail]:
    """Return the mails of notices, to one person or to all, in their order."""
    session().rollback()
    query = select(Mail).where(Mail.name.in_(("digest", "notices"))).order_by(Mail.id)
    if person is not None:
        query = query.where(Mail.person_id == person.id)
    return list(session().scalars(query.execution_options(populate_existing=True)))


def unsettled(person: Person) -> int:
    """Count what no mail has told somebody yet."""
    mine = (NoticeItem.person_id == person.id, NoticeItem.settled_at.is_(None))
    return session().scalar(select(func.count()).where(*mine)) or 0


def next_turn(person: Person) -> datetime | None:
    """Return when somebody's next digest is due."""
    return session().scalar(select(Rhythm.next_at).where(Rhythm.person_id == person.id))

"""People take places at events and give them back; no place is ever given twice."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from portal.events.facts import PlaceGivenBack, PlaceTaken
from portal.events.models import Event, Registration
from portal.events.policy import FULL, may_give_back, may_take_place
from portal.events.queries import current_registration
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.decisions import ALLOW, Decision, deny, require
from portal.kernel.facts import record
from portal.kernel.merging import Merge, Step, merges, moved
from portal.kernel.text import _l


class _TooLate(Exception):
    """Somebody else, or another click of the same person, was a moment earlier."""


def take_place(actor: Actor, event: Event, at: datetime) -> Decision:
    """Take a place, or say that none is left; ALLOW also to one who has a place already.

    The counter is raised only while it is below the capacity, and the unique row settles a double
    click; both stand or fall together. Raises NotAllowed when it may not be tried at all.
    """
    decision = may_take_place(actor, event, None, at)
    if decision.reason == FULL:
        return _as_it_stands(actor, event, at)
    require(decision)
    assert actor.person_id is not None
    registration = Registration(event_id=event.id, person_id=actor.person_id, began_at=at)
    try:
        with session().begin_nested():
            _count_one_more(event, at)
            session().add(registration)
            session().flush()
    except (IntegrityError, _TooLate):
        return _as_it_stands(actor, event, at)
    record(PlaceTaken(actor.person_id, event.id, registration.id), at)
    return ALLOW


def give_back_place(actor: Actor, event: Event, at: datetime) -> bool:
    """Give the actor's place back; say whether there was one, as a second click finds none."""
    registration = current_registration(actor, event.id)
    if registration is None:
        return False
    require(may_give_back(event, registration, at))
    try:
        with session().begin_nested():
            _count_one_less(event)
            _end(registration, at)
    except _TooLate:
        return False
    record(PlaceGivenBack(registration.person_id, event.id, registration.id), at)
    return True


@merges(Registration.person_id)
def unite_registrations(merge: Merge) -> Step:
    """Say what becomes of places when two rows about one person become one: one place is enough."""
    query = (
        select(Registration, Event.title)
        .join(Event, Event.id == Registration.event_id)
        .where(Registration.person_id.in_(merge.both))
        .order_by(Registration.began_at, Registration.id)
    )
    rows = merge.read(query, Registration)
    theirs = [one for one, _title in rows if one.person_id == merge.gone_id]
    current = [(one, title) for one, title in rows if one.ended_at is None]
    first: dict[int, int] = {}
    for one, _title in current:
        first.setdefault(one.event_id, one.id)
    doubles = [(one, title) for one, title in current if one.id != first[one.event_id]]
    freed = update(Event).where(Event.id.in_([one.event_id for one, _title in doubles]))
    ended = update(Registration).where(Registration.id.in_([one.id for one, _title in doubles]))
    return Step(
        "registration",
        "person_id",
        len(theirs) - len(doubles),
        united=len(doubles),
        words=tuple(_l("%(event)s: one place.", event=title) for _one, title in doubles),
        statements=(
            freed.values(taken=Event.taken - 1),
            ended.values(ended_at=merge.at),
            moved(Registration.person_id, merge),
        ),
    )


def _as_it_stands(actor: Actor, event: Event, at: datetime) -> Decision:
    """Ask the rule again, of the rows as they are now."""
    if current_registration(actor, event.id) is not None:
        return ALLOW
    session().refresh(event)
    decision = may_take_place(actor, event, None, at)
    # A place that came free since then is not the actor's: they have to ask for it.
    return deny(FULL) if decision else decision


# The counter comes first in both acts: one order of row locks, so that none waits in a ring.
def _count_one_more(event: Event, at: datetime) -> None:
    free = or_(Event.capacity.is_(None), Event.taken < Event.capacity)
    raised = (
        update(Event)
        .where(Event.id == event.id, Event.ends_at > at, free)
        .values(taken=Event.taken + 1)
        .returning(Event.id)
        .execution_options(synchronize_session=False)
    )
    if session().execute(raised).first() is None:
        raise _TooLate


def _count_one_less(event: Event) -> None:
    # Of two clicks that give back the only place, the second waits here and then finds none.
    lowered = (
        update(Event)
        .where(Event.id == event.id, Event.taken > 0)
        .values(taken=Event.taken - 1)
        .returning(Event.id)
        .execution_options(synchronize_session=False)
    )
    if session().execute(lowered).first() is None:
        raise _TooLate


def _end(registration: Registration, at: datetime) -> None:
    ended = (
        update(Registration)
        .where(Registration.id == registration.id, Registration.ended_at.is_(None))
        .values(ended_at=at)
        .returning(Registration.id)
        .execution_options(synchronize_session=False)
    )
    if session().execute(ended).first() is None:
        raise _TooLate

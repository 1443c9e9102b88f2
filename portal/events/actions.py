"""People take places at events and give them back; no place is ever given twice."""

from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.exc import IntegrityError

from portal.events.facts import PlaceGivenBack, PlaceTaken
from portal.events.models import Event, Registration
from portal.events.policy import FULL, may_give_back, may_take_place
from portal.events.queries import current_registration
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.decisions import ALLOW, Decision, deny, require
from portal.kernel.facts import record


class _NoPlaceLeft(Exception):
    """The last place went to somebody else a moment ago."""


class _GivenBackAlready(Exception):
    """Another click has given the same place back."""


def take_place(actor: Actor, event: Event, at: datetime) -> Decision:
    """Take a place, or say why there is none: ALLOW also when the actor has one already.

    The counter is raised only while it is below the capacity, and the unique row settles a double
    click; both stand or fall together. Raises NotAllowed when it may not be tried at all.
    """
    decision = may_take_place(actor, event, None, at)
    if decision.reason == FULL:
        return decision if current_registration(actor, event.id) is None else ALLOW
    require(decision)
    assert actor.person_id is not None
    registration = Registration(event_id=event.id, person_id=actor.person_id, began_at=at)
    try:
        with session().begin_nested():
            _raise_counter(event, at)
            session().add(registration)
            session().flush()
    except IntegrityError:
        return ALLOW
    except _NoPlaceLeft:
        return deny(FULL) if current_registration(actor, event.id) is None else ALLOW
    finally:
        session().refresh(event, ["taken"])
    record(PlaceTaken(actor.person_id, event.id, registration.id), at)
    return ALLOW


def give_back_place(actor: Actor, event: Event, at: datetime) -> None:
    """Give the actor's place back; the second click finds nothing more to give."""
    registration = current_registration(actor, event.id)
    require(may_give_back(event, registration, at))
    assert registration is not None
    assert actor.person_id is not None
    # The counter first, as in take_place: one order of locks, so that no two acts wait for each other.
    lower = update(Event).where(Event.id == event.id).values(taken=Event.taken - 1)
    once = update(Registration).where(
        Registration.id == registration.id, Registration.ended_at.is_(None)
    )
    try:
        with session().begin_nested():
            session().execute(lower.execution_options(synchronize_session=False))
            ended = once.values(ended_at=at).returning(Registration.id)
            if session().execute(ended).first() is None:
                raise _GivenBackAlready
    except _GivenBackAlready:
        return
    session().refresh(event, ["taken"])
    record(PlaceGivenBack(actor.person_id, event.id, registration.id), at)


def _raise_counter(event: Event, at: datetime) -> None:
    """Count one more guest, unless the event is full or over; PostgreSQL holds the row meanwhile."""
    free = or_(Event.capacity.is_(None), Event.taken < Event.capacity)
    one_more = (
        update(Event)
        .where(Event.id == event.id, Event.ends_at > at, free)
        .values(taken=Event.taken + 1)
        .returning(Event.id)
        .execution_options(synchronize_session=False)
    )
    if session().execute(one_more).first() is None:
        raise _NoPlaceLeft

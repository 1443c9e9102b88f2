"""The rules of events as tables, without a database."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.events.models import Event, Registration
from portal.events.policy import is_full, may_give_back, may_see_guests, may_take_place
from portal.kernel.actors import VISITOR, Actor

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
BOB = Actor(person_id=2, name="Bob")
KIM = Actor(person_id=3, name="Kim", roles=frozenset({"administrator"}))
PLACE = Registration(id=1, event_id=1, person_id=2, began_at=NOW)
ALLOWED = None
SIGN_IN = "Sign in or join first, then you come right back here."
OVER = "The event is over."
FULL = "Every place is taken."


def event(starts=HOUR, capacity=None, taken=0, network_id=None):
    """An event of two hours that starts so long from now."""
    at = NOW + starts
    times = {"starts_at": at, "ends_at": at + 2 * HOUR}
    return Event(id=1, capacity=capacity, taken=taken, network_id=network_id, **times)


def reason(decision):
    return decision.reason.msgid if decision.reason else None


@pytest.mark.parametrize(
    ("actor", "at_event", "registration", "why"),
    [
        (BOB, event(), None, ALLOWED),
        (BOB, event(capacity=3, taken=2), None, ALLOWED),
        (BOB, event(starts=-HOUR), None, ALLOWED),
        (BOB, event(starts=-2 * HOUR), None, OVER),
        (BOB, event(starts=-9 * HOUR), None, OVER),
        (BOB, event(capacity=3, taken=3), None, FULL),
        (BOB, event(capacity=0), None, FULL),
        (BOB, event(), PLACE, "You have a place already."),
        (BOB, event(capacity=1, taken=1), PLACE, "You have a place already."),
        (VISITOR, event(), None, SIGN_IN),
        (VISITOR, event(capacity=1, taken=1), None, FULL),
        (VISITOR, event(starts=-9 * HOUR), None, OVER),
        (KIM, event(capacity=1, taken=1), None, FULL),
    ],
)
def test_who_may_take_a_place(actor, at_event, registration, why):
    decision = may_take_place(actor, at_event, registration, NOW)
    assert (reason(decision), bool(decision)) == (why, why is ALLOWED)


@pytest.mark.parametrize(
    ("at_event", "registration", "why"),
    [
        (event(), PLACE, ALLOWED),
        (event(starts=-HOUR), PLACE, ALLOWED),
        (event(starts=-2 * HOUR), PLACE, OVER),
        (event(), None, "You have no place to give back."),
    ],
)
def test_which_places_can_be_given_back(at_event, registration, why):
    decision = may_give_back(at_event, registration, NOW)
    assert (reason(decision), bool(decision)) == (why, why is ALLOWED)


@pytest.mark.parametrize(
    ("actor", "network_id", "belongs", "sees"),
    [
        (VISITOR, None, False, False),
        (VISITOR, 7, False, False),
        (BOB, None, False, True),
        (BOB, 7, False, False),
        (BOB, 7, True, True),
        (KIM, 7, False, True),
    ],
)
def test_who_reads_the_names_of_guests(actor, network_id, belongs, sees):
    assert may_see_guests(actor, event(network_id=network_id), belongs=belongs) is sees


@pytest.mark.parametrize(
    ("capacity", "taken", "full"), [(None, 900, False), (2, 1, False), (2, 2, True), (0, 0, True)]
)
def test_an_event_without_capacity_is_never_full(capacity, taken, full):
    assert is_full(event(capacity=capacity, taken=taken)) is full

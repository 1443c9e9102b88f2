"""The rules of networks as tables, without a database."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from portal.kernel.actors import VISITOR, Actor
from portal.networks import policy
from portal.networks.models import Membership, Network

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
BOB = Actor(person_id=7, name="Bob")
KIM = Actor(person_id=8, roles=frozenset({"administrator"}))
ACTIVE = Membership(began_at=AT, role="member")
COORDINATOR = Membership(began_at=AT, role="coordinator")
ASKED = Membership(asked_at=AT, role="member")
DECLINED = Membership(asked_at=AT, ended_at=AT, ended_as="declined", role="member")
WITHDRAWN = Membership(asked_at=AT, ended_at=AT, ended_as="withdrawn", role="member")
LEFT = Membership(began_at=AT, ended_at=AT, ended_as="left", role="coordinator")
REMOVED = Membership(began_at=AT, ended_at=AT, ended_as="removed", role="member")


@dataclass(frozen=True)
class Asked:
    outcome: str
    person: str = "Bob"
    decided_by: str | None = "Mona"


@pytest.mark.parametrize(
    ("actor", "admission", "membership", "joins", "asks"),
    [
        (VISITOR, "open", None, False, False),
        (VISITOR, "on_request", None, False, False),
        (VISITOR, "by_invitation", None, False, False),
        (BOB, "open", None, True, False),
        (BOB, "on_request", None, False, True),
        (BOB, "by_invitation", None, False, False),
        (BOB, "open", ACTIVE, False, False),
        (BOB, "on_request", ACTIVE, False, False),
        (BOB, "on_request", ASKED, False, False),
        (BOB, "open", LEFT, True, False),
        (BOB, "on_request", LEFT, False, True),
        (BOB, "on_request", DECLINED, False, True),
        (BOB, "on_request", WITHDRAWN, False, True),
        (BOB, "by_invitation", DECLINED, False, False),
        (BOB, "open", REMOVED, False, False),
        (BOB, "on_request", REMOVED, False, False),
    ],
)
def test_who_comes_in_at_once_and_who_asks(actor, admission, membership, joins, asks):
    network = Network(admission=admission)
    joining = policy.may_join(actor, network, membership)
    asking = policy.may_ask(actor, network, membership)
    assert (bool(joining), bool(asking)) == (joins, asks)
    assert joins or joining.reason
    assert asks or asking.reason


@pytest.mark.parametrize(
    ("visibility", "actor", "membership", "sees"),
    [
        ("public", VISITOR, None, True),
        ("known", VISITOR, None, False),
        ("known", BOB, None, False),
        ("known", BOB, ASKED, False),
        ("known", BOB, LEFT, False),
        ("known", BOB, ACTIVE, True),
        ("hidden", BOB, ACTIVE, True),
        ("known", KIM, None, True),
    ],
)
def test_who_sees_what_is_inside(visibility, actor, membership, sees):
    assert policy.may_see_inside(actor, Network(visibility=visibility), membership) is sees


@pytest.mark.parametrize(
    ("membership", "allowed"),
    [(None, False), (ASKED, True), (ACTIVE, False), (DECLINED, False), (WITHDRAWN, False)],
)
def test_only_a_waiting_request_is_taken_back(membership, allowed):
    assert bool(policy.may_withdraw(membership)) is allowed


@pytest.mark.parametrize(
    ("membership", "others", "allowed"),
    [
        (None, True, False),
        (ASKED, True, False),
        (LEFT, True, False),
        (ACTIVE, False, True),
        (COORDINATOR, True, True),
        (COORDINATOR, False, False),
    ],
)
def test_the_last_coordinator_stays(membership, others, allowed):
    assert bool(policy.may_leave(membership, others_coordinate=others)) is allowed


@pytest.mark.parametrize(
    ("membership", "outcome", "allowed"),
    [
        (COORDINATOR, "waiting", True),
        (ACTIVE, "waiting", False),
        (LEFT, "waiting", False),
        (None, "waiting", False),
        (COORDINATOR, "approved", False),
        (COORDINATOR, "declined", False),
        (COORDINATOR, "withdrawn", False),
    ],
)
def test_coordinators_decide_on_what_waits(membership, outcome, allowed):
    assert bool(policy.may_decide(membership, Asked(outcome))) is allowed


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (Asked("approved"), "Redan godkänd av Mona."),
        (Asked("declined"), "Har redan fått ett nej av Mona."),
        (Asked("withdrawn", decided_by=None), "Bob har tagit tillbaka sin förfrågan."),
        (Asked("approved", decided_by=None), "Den här förfrågan har redan fått ett svar."),
    ],
)
def test_who_comes_second_is_told_what_was_decided(request_, words):
    assert str(policy.still_waiting(request_).reason) == words

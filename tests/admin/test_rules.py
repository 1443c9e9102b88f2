"""When a job may be tried again, when the worker seems to stand still, and who may act at all."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from inspect import signature

import pytest

from portal.admin.actions.renewing import renew_mails
from portal.admin.policy import may_retry, state_of, worker_stands_still
from portal.kernel.actors import VISITOR, Actor
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.people.actions import kinds, organisations, relations

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SOON, EARLIER = NOW + timedelta(seconds=30), NOW - timedelta(seconds=30)
ADMINISTRATOR = Actor(9, roles=frozenset({"administrator"}))


@dataclass
class Task:
    done_at: datetime | None = None
    failed_at: datetime | None = None
    leased_until: datetime | None = None


@pytest.mark.parametrize(
    ("task", "state", "allowed"),
    [
        (Task(), "waiting", True),
        (Task(failed_at=NOW), "failed", True),
        (Task(leased_until=EARLIER), "waiting", True),
        (Task(leased_until=SOON), "working", False),
        (Task(done_at=NOW), "done", False),
        (Task(done_at=NOW, leased_until=SOON), "done", False),
    ],
)
def test_a_job_is_tried_again_unless_it_is_done_or_in_hand(task, state, allowed):
    assert state_of(task, NOW) == state
    assert bool(may_retry(ADMINISTRATOR, task, NOW)) is allowed
    assert allowed or may_retry(ADMINISTRATOR, task, NOW).reason
    for other in (VISITOR, Actor(1), Actor(2, is_coordinator=True)):
        assert not may_retry(other, task, NOW)


def test_a_job_that_is_gone_can_not_be_tried_again():
    assert not may_retry(ADMINISTRATOR, None, NOW)


@pytest.mark.parametrize(("minutes", "still"), [(0, False), (5, False), (6, True)])
def test_the_worker_stands_still_when_a_job_has_been_due_for_long(minutes, still):
    assert worker_stands_still(NOW - timedelta(minutes=minutes), NOW) is still
    assert not worker_stands_still(None, NOW)


@pytest.mark.parametrize(
    "act",
    [
        kinds.add_kind,
        kinds.describe_kind,
        kinds.rename_kind,
        kinds.retire_kind,
        kinds.restore_kind,
        organisations.add_organisation,
        organisations.change_organisation,
        relations.record_relation,
        relations.end_relation,
        relations.correct_relation,
        relations.withdraw_relation,
        renew_mails,
    ],
)
@pytest.mark.parametrize("actor", [VISITOR, Actor(7), Actor(7, is_coordinator=True)])
def test_the_act_asks_first_whether_an_administrator_does_it(portal, act, actor):
    """Its page does so too; the act does not count on who calls it, and looks at nothing before."""
    nothing = [None] * (len(signature(act).parameters) - 1)
    with pytest.raises(NotAllowed), unit_of_work():
        act(actor, *nothing)

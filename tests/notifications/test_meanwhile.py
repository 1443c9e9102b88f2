"""What is read, or left, while a digest is being written is not told by that digest."""

import pytest
from sqlalchemy import update

from portal.kernel.actors import Actor
from portal.kernel.db import session, unit_of_work
from portal.networks.models import Membership
from portal.notifications.actions import close_network, read_notice
from portal.notifications.jobs import digests
from portal.notifications.models import Notice
from portal.people.models import Person
from tests.conftest import NOW
from tests.notifications.telling import notices, unsettled
from tests.notifications.test_digests import EIGHT
from tests.support.notices import account, tell_of_event, work_at


def read(person: Person, notice: Notice) -> None:
    read_notice(Actor(person.id, person.name), notice.id, NOW)


def leave(person: Person, notice: Notice) -> None:
    left = update(Membership).where(Membership.person_id == person.id)
    session().execute(left.values(ended_at=NOW, ended_as="left"))
    close_network(person.id, notice.network_id or 0, NOW)


@pytest.mark.parametrize("act", [read, leave])
def test_what_is_read_or_left_meanwhile_is_in_no_digest(personas, make, monkeypatch, act):
    alice = account(personas.alice)
    tell_of_event(make.event(network_id=personas.network.id, audience="members"), alice)
    (notice,) = notices(alice)
    compose, acts = digests._written, [act]

    def slowly(draft, places):
        written = compose(draft, places)
        while acts:
            with unit_of_work():
                acts.pop()(alice, notice)
        return written

    monkeypatch.setattr(digests, "_written", slowly)
    assert work_at(EIGHT) == []
    assert not acts, "nothing was written, so nothing was tried"
    assert work_at(EIGHT.replace(hour=8)) == []
    assert unsettled(alice) == 0

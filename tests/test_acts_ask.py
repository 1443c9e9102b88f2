"""An act asks its rule itself, whoever calls it: a page that forgot to ask lets nobody through."""

import pytest
from sqlalchemy import func, select

from portal.accounts.actions.addresses import ask_to_add_address
from portal.accounts.actions.first_step import take_first_step
from portal.accounts.actions.ways import require_another_way
from portal.accounts.models import AddressRequest, FirstStep
from portal.accounts.policy import Way
from portal.accounts.queries import ways_of
from portal.admin.actions.retrying import retry_job
from portal.journey.actions import answer_correction, ask_for_correction
from portal.journey.models import Correction
from portal.journey.queries import waiting_wishes
from portal.kernel import jobs
from portal.kernel.actors import Actor
from portal.kernel.db import session, unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.jobs import Job
from portal.networks.actions.joining import ask_to_join, join_network, withdraw_request
from portal.networks.models import Membership
from portal.people.actions import confirm_address
from portal.people.actions.kinds import rename_kind
from portal.people.models import Relation, RelationKind
from portal.people.policy import MOST_ADDRESSES
from tests.conftest import NOW
from tests.support.notices import account

KIM = Actor(9, "Kim", frozenset({"administrator"}))


@pytest.fixture
def bob(personas):
    return Actor(account(personas.bob).id, "Bob Berg")


def rows(model, *which):
    return session().scalar(select(func.count()).select_from(model).where(*which))


def refused(act, *arguments):
    with pytest.raises(NotAllowed), unit_of_work():
        act(*arguments)


@pytest.mark.parametrize("admission", ["on_request", "by_invitation"])
def test_nobody_joins_what_is_not_open(make, bob, admission):
    network = make.network(admission=admission)
    refused(join_network, bob, network, None, NOW)
    assert rows(Membership, Membership.network_id == network.id) == 0


@pytest.mark.parametrize("admission", ["open", "by_invitation"])
def test_nobody_asks_where_there_is_nothing_to_ask(make, bob, admission):
    network = make.network(admission=admission)
    refused(ask_to_join, bob, network, None, "Jag bygger hus.", NOW)
    assert rows(Membership, Membership.network_id == network.id) == 0


def test_nobody_withdraws_what_they_never_asked(bob):
    refused(withdraw_request, bob, None, NOW)


def test_who_does_not_administer_answers_no_wish_and_retries_no_job(personas, make, bob):
    make.relation(personas.bob)
    mine = select(Relation.id).where(Relation.person_id == bob.person_id)
    relation_id = session().scalar(mine)
    with unit_of_work():
        jobs.enqueue("notifications.forget", {})
        ask_for_correction(bob, None, relation_id, "Det var i mars.", NOW)
    (wish,) = waiting_wishes(KIM, NOW).rows
    refused(answer_correction, bob, wish, "corrected", "Ja.", NOW)
    refused(retry_job, bob, session().scalars(select(Job)).first(), NOW)
    assert rows(Correction, Correction.answered_at.is_not(None)) == 0


def test_a_suspended_person_comes_not_even_halfway(personas, bob):
    with unit_of_work():
        personas.bob.suspended_at = NOW
    refused(take_first_step, personas.bob, "password", NOW)
    assert rows(FirstStep) == 0


def test_the_last_way_in_stays(bob):
    (only,) = ways_of(bob.own_id, ())
    assert only.kind == "address"
    refused(require_another_way, Way("address", only.id), bob.own_id, ())


def test_nobody_gets_one_address_too_many(personas, bob):
    for number in range(MOST_ADDRESSES - 1):
        with unit_of_work():
            confirm_address(personas.bob, f"bob{number}@example.com", NOW)
    refused(ask_to_add_address, bob, "en.till@example.com", NOW)
    assert rows(AddressRequest) == 0


def test_a_built_in_kind_keeps_its_name(portal):
    kind = session().scalars(select(RelationKind).where(RelationKind.is_built_in)).first()
    before = kind.name_sv
    refused(rename_kind, KIM, kind, "Något annat", "Something else", NOW)
    session().refresh(kind)
    assert kind.name_sv == before

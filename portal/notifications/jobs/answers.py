"""Mails that answer somebody who asked to join a network; they always go."""

from datetime import datetime
from typing import Any

from portal.accounts.queries import reader_of
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.text import Lazy, _l
from portal.networks.facts import MembershipApproved, MembershipDeclined
from portal.networks.models import Membership, Network
from portal.people.models import Person
from portal.web.mailing import send


@on(MembershipApproved)
def mail_approval(fact: MembershipApproved, _at: datetime) -> None:
    """Welcome the person who has been let in."""
    network = session().get_one(Network, fact.network_id)
    subject = _l("Welcome to %(network)s", network=network.name)
    _mail(fact.person_id, "membership_approved", subject, network=network)


@on(MembershipDeclined)
def mail_refusal(fact: MembershipDeclined, _at: datetime) -> None:
    """Tell the person that it is a no this time, and why."""
    membership = session().get(Membership, fact.membership_id)
    if membership is None:
        return
    network = session().get_one(Network, fact.network_id)
    subject = _l("Your request to join %(network)s", network=network.name)
    _mail(fact.person_id, "membership_declined", subject, network=network, reason=membership.reason)


def _mail(person_id: int, name: str, subject: Lazy, **context: Any) -> None:
    person = session().get_one(Person, person_id)
    send(name, reader_of(person_id), subject, person=person, **context)

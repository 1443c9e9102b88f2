"""Mails about memberships: to coordinators who are asked, and to the one who asked."""

from datetime import datetime
from typing import Any

from portal.accounts.queries import account_of
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.mail import post
from portal.kernel.text import DEFAULT_LANGUAGE, Lazy, _l
from portal.networks.facts import MembershipApproved, MembershipAsked, MembershipDeclined
from portal.networks.models import Membership, Network
from portal.networks.queries import coordinator_ids
from portal.people.models import Person
from portal.people.queries import primary_address
from portal.web.mailing import write


@on(MembershipAsked)
def mail_coordinators(fact: MembershipAsked, _at: datetime) -> None:
    """Tell each coordinator of the network that somebody waits, if they still do."""
    membership = session().get(Membership, fact.membership_id)
    if membership is None or membership.state != "asked":
        return
    network = session().get_one(Network, fact.network_id)
    asker = session().get_one(Person, fact.person_id)
    subject = _l("%(person)s wants to join %(network)s", person=asker.name, network=network.name)
    about = {"network": network, "asker": asker, "motivation": membership.motivation}
    for person_id in coordinator_ids(network.id):
        _mail(person_id, "membership_asked", subject, **about)


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


def _mail(person_id: int, template: str, subject: Lazy, **context: Any) -> None:
    """Write to one person in the language of their account; nobody without an address."""
    address = primary_address(person_id)
    if address is None:
        return
    account = account_of(person_id)
    language = account.language if account else DEFAULT_LANGUAGE
    person = session().get_one(Person, person_id)
    post(write(template, language, subject, person=person, **context), address, person_id)

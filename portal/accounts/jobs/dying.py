"""Ask in time, when an address reaches nobody any more or soon will not."""

from datetime import datetime
from typing import Any

from portal.accounts.actions import mark_dead, mark_unwanted
from portal.accounts.facts import AddressRefused
from portal.accounts.queries import leaves_work, reader_of
from portal.kernel import mail
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.mail import MailRefused, MailUnwanted
from portal.kernel.text import _l
from portal.people.facts import RelationEnded
from portal.people.models import Organisation, Relation
from portal.people.policy import domain_keys
from portal.people.queries import addresses_of
from portal.web.links import contact
from portal.web.mailing import send


@on(MailRefused)
def note_refused_mail(fact: MailRefused, at: datetime) -> None:
    """Mark the address that a mail came back from."""
    if refused := mail.one(fact.mail_id):
        mark_dead(refused, at)


@on(MailUnwanted)
def note_unwanted_mail(fact: MailUnwanted, at: datetime) -> None:
    """Mark the address that a mail was unwanted at."""
    if unwanted := mail.one(fact.mail_id):
        mark_unwanted(unwanted, at)


@on(AddressRefused)
def ask_elsewhere(fact: AddressRefused, _at: datetime) -> None:
    """Ask at a person's other addresses about the one that mails come back from."""
    mine = addresses_of(fact.account_id)
    dead = next((one for one in mine if one.id == fact.address_id), None)
    if dead is None or dead.bounced_at is None:
        return
    about = {"why": "refused", "address": dead.address, "is_primary": dead.is_primary}
    for other in mine:
        if other.bounced_at is None:
            _ask(dead.person_id, other.address, about)


@on(RelationEnded)
def ask_before_the_last_day(fact: RelationEnded, _at: datetime) -> None:
    """Ask somebody who leaves a workplace, and gets our mails there, for an address that stays."""
    organisation = session().get(Organisation, fact.organisation_id)
    relation = session().get(Relation, fact.relation_id)
    primary = next(iter(addresses_of(fact.person_id)), None)
    if organisation is None or relation is None or primary is None or not organisation.domain:
        return
    keys = domain_keys(primary.address.rpartition("@")[2])
    if f"domain:{organisation.domain}" in keys and leaves_work(fact.relation_id):
        about = {"why": "leaving", "address": primary.address, "is_primary": True}
        work = {"name": organisation.name, "day": relation.ended_on}
        _ask(fact.person_id, primary.address, about | work)


def _ask(person_id: int, address: str, about: dict[str, Any]) -> None:
    subject = _l("Do you still read %(address)s?", address=about["address"])
    reader = reader_of(person_id, address)
    send("address_question", reader, subject, **about, to=contact())

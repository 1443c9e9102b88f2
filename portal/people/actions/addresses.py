"""The addresses by which people are reached: proved, made primary, given up."""

from datetime import datetime

from sqlalchemy import delete, update

from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import changed, session
from portal.kernel.decisions import NotAllowed, require
from portal.kernel.facts import record
from portal.kernel.mailboxes import fold_address
from portal.people import queries
from portal.people.actions.affiliations import renew_affiliations
from portal.people.facts import AddressAdded, AddressRemoved, PrimaryAddressChanged
from portal.people.models import EmailAddress, Person
from portal.people.policy import GONE_ADDRESS, may_remove_address


def confirm_address(
    person: Person, address: str, at: datetime, *, quietly: bool = False
) -> EmailAddress:
    """Give a person an address that has been proved to reach them. IntegrityError if taken.

    The first one becomes their primary one.
    """
    folded = fold_address(address)
    unproved = delete(EmailAddress).where(EmailAddress.verified_at.is_(None))
    mine = unproved.where(EmailAddress.person_id == person.id, EmailAddress.folded == folded)
    session().execute(mine)
    is_first = queries.primary_address(person.id) is None
    owned = EmailAddress(
        public_id=keys.public_id(),
        person_id=person.id,
        address=address,
        folded=folded,
        verified_at=at,
        is_primary=is_first,
    )
    session().add(owned)
    session().flush()
    renew_affiliations(person.id)
    if not is_first:
        record(AddressAdded(person.id, owned.id), at, quietly=quietly)
    return owned


def remove_address(actor: Actor, public_id: str, at: datetime) -> str:
    """Give up one of the actor's addresses, and return it as it was."""
    mine = queries.addresses_of(actor.own_id)
    owned = next((one for one in mine if one.public_id == public_id), None)
    if owned is None:
        raise NotAllowed(GONE_ADDRESS)
    require(may_remove_address(owned.is_primary, len(mine)))
    gone = delete(EmailAddress).where(
        EmailAddress.id == owned.id, EmailAddress.is_primary.is_(False)
    )
    if not changed(gone):
        # Both mailboxes have just agreed that it becomes the primary one.
        require(may_remove_address(True, len(mine)))
    renew_affiliations(owned.person_id)
    record(AddressRemoved(owned.person_id, owned.id), at)
    return owned.address


def make_primary(person_id: int, address_id: int, at: datetime) -> None:
    """Let mails to a person go to another of their verified addresses."""
    mine = update(EmailAddress).where(EmailAddress.person_id == person_id)
    session().execute(mine.where(EmailAddress.is_primary).values(is_primary=False))
    chosen = mine.where(EmailAddress.id == address_id, EmailAddress.verified_at.is_not(None))
    if not changed(chosen.values(is_primary=True)):
        raise NotAllowed(GONE_ADDRESS)
    renew_affiliations(person_id)
    record(PrimaryAddressChanged(person_id, address_id), at)

"""Add an address to an account, and make another one primary: both with the mailbox's word for it."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from portal.accounts.actions.mailed import use_code, use_link
from portal.accounts.actions.reaching import note_arrival
from portal.accounts.models import AddressRequest, PrimaryChange
from portal.accounts.policy import WRONG_CODE
from portal.kernel import jobs, keys
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.decisions import ALLOW, Decision, require
from portal.kernel.mailboxes import fold_address
from portal.people.actions import confirm_address, remove_address
from portal.people.models import EmailAddress, Person
from portal.people.policy import may_add_address
from portal.people.queries import addresses_of


def ask_to_add_address(actor: Actor, address: str, at: datetime) -> AddressRequest:
    """Mail a code to an address; the same is done and told when it is somebody else's already.

    Of an address of one's own the code shows that mails arrive there again.
    """
    mine, folded = addresses_of(actor.own_id), fold_address(address)
    if all(one.folded != folded for one in mine):
        require(may_add_address(len(mine)))
    _forget_requests(AddressRequest.person_id == actor.own_id, at=at)
    asked = AddressRequest(
        public_id=keys.public_id(),
        nonce=keys.token(),
        person_id=actor.own_id,
        address=address,
        folded=folded,
        created_at=at,
    )
    session().add(asked)
    session().flush()
    jobs.enqueue("accounts.mail_address", {"request_id": asked.id})
    return asked


def add_address_by_code(asked: AddressRequest, typed: str, at: datetime) -> Decision:
    """Add the address with the typed code; five wrong ones end the request."""
    return _add_once(asked, use_code(asked, typed, at), at)


def add_address_by_link(asked: AddressRequest, secret: str, at: datetime) -> Decision:
    """Add the address with the mailed link's secret."""
    return _add_once(asked, use_link(asked, secret, at), at)


def give_up_address(actor: Actor, public_id: str, at: datetime) -> None:
    """Remove one of the actor's addresses, and tell it so. NotAllowed for the primary one."""
    # In the order in which a change is confirmed, so that neither waits for the other.
    _forget_changes(actor.person_id, public_id)
    gone = remove_address(actor, public_id, at)
    # A code that was to show that mails arrive there must not add it again.
    _forget_requests(
        AddressRequest.person_id == actor.person_id,
        AddressRequest.folded == fold_address(gone),
        at=at,
    )
    told = {"address": gone, "person_id": actor.person_id}
    jobs.enqueue("accounts.tell_former", told)


def _forget_requests(*which: ColumnElement[bool], at: datetime) -> None:
    """Let the codes of earlier requests count no more."""
    earlier = update(AddressRequest).where(AddressRequest.superseded_at.is_(None), *which)
    session().execute(earlier.values(superseded_at=at))


def _forget_changes(person_id: int | None, public_id: str) -> None:
    """Let no change to or from an address wait that is given up; NotAllowed then undoes this too."""
    address_id = (
        select(EmailAddress.id)
        .where(EmailAddress.public_id == public_id, EmailAddress.person_id == person_id)
        .scalar_subquery()
    )
    sides = (PrimaryChange.old_address_id == address_id, PrimaryChange.new_address_id == address_id)
    session().execute(delete(PrimaryChange).where(or_(*sides)))


def _add_once(asked: AddressRequest, used: Decision, at: datetime) -> Decision:
    """Add the address if its request was used up now; a second click finds it added."""
    if used:
        return _add(asked, at)
    mine = addresses_of(asked.person_id) if asked.used_at else []
    return ALLOW if any(one.folded == asked.folded for one in mine) else used


def _add(asked: AddressRequest, at: datetime) -> Decision:
    person = session().get_one(Person, asked.person_id)
    mine = addresses_of(person.id)
    if any(one.folded == asked.folded for one in mine):
        note_arrival(asked.folded, asked.created_at, at)
        return ALLOW
    require(may_add_address(len(mine)))
    try:
        with session().begin_nested():
            confirm_address(person, asked.address, at)
    except IntegrityError:
        # It is somebody else's by now. Whoever reads its mail is told so, nobody else.
        return WRONG_CODE
    return ALLOW

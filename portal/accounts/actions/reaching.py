"""Whether mails reach an address: they come back, they are unwanted, they arrive again."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, update
from sqlalchemy.orm import InstrumentedAttribute

from portal.accounts.facts import (
    AddressAllowed,
    AddressComplained,
    AddressReached,
    AddressRefused,
)
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import Fact, FactSubject, record
from portal.kernel.mail import Mail
from portal.kernel.mailboxes import fold_address
from portal.people.models import EmailAddress


def mark_dead(mail: Mail, at: datetime) -> None:
    """Remember that a mail came back: nobody has the address any more."""
    if address_id := _marked(mail, EmailAddress.bounced_at, AddressReached, at):
        record(AddressRefused(mail.person_id or 0, address_id), at)


def mark_unwanted(mail: Mail, at: datetime) -> None:
    """Remember that whoever reads an address told their mail provider that a mail was unwanted."""
    if address_id := _marked(mail, EmailAddress.complained_at, AddressAllowed, at):
        record(AddressComplained(mail.person_id or 0, address_id), at)


def note_arrival(folded: str, mailed_at: datetime, at: datetime) -> None:
    """Take the mark from an address when what was mailed there after it has come back from its reader."""
    alive = update(EmailAddress).where(
        EmailAddress.folded == folded,
        EmailAddress.verified_at.is_not(None),
        EmailAddress.bounced_at <= mailed_at,
    )
    for person_id, address_id in _changed(alive.values(bounced_at=None)):
        record(AddressReached(person_id, address_id), at)


def allow_news(actor: Actor, public_id: str, at: datetime) -> None:
    """Let mails that are chosen go to one of the actor's addresses again."""
    unwanted = update(EmailAddress).where(
        EmailAddress.public_id == public_id,
        EmailAddress.person_id == actor.person_id,
        EmailAddress.complained_at.is_not(None),
    )
    for person_id, address_id in _changed(unwanted.values(complained_at=None)):
        record(AddressAllowed(person_id, address_id), at)


def _marked(
    mail: Mail,
    mark: InstrumentedAttribute[datetime | None],
    taken_away: type[Fact],
    at: datetime,
) -> int | None:
    """Mark the address of a mail; None when it is nobody's, marked, or has been proved alive since.

    Servers give up after days, and reports come late: what was mailed before the mark was taken
    away says nothing new.
    """
    since = exists().where(
        FactSubject.kind == "address",
        FactSubject.subject_id == EmailAddress.id,
        FactSubject.name == taken_away.__name__,
        FactSubject.at > mail.created_at,
    )
    unmarked = update(EmailAddress).where(
        EmailAddress.person_id == mail.person_id,
        EmailAddress.folded == fold_address(mail.address),
        EmailAddress.verified_at <= mail.created_at,
        mark.is_(None),
        ~since,
    )
    return next((row[1] for row in _changed(unmarked.values({mark: at}))), None)


def _changed(change: Any) -> list[tuple[int, int]]:
    """Change addresses; return whose they are, and their ids."""
    done = change.returning(EmailAddress.person_id, EmailAddress.id)
    rows = session().execute(done.execution_options(synchronize_session="fetch"))
    return [(row[0], row[1]) for row in rows]

"""Every person, for administrators: those who hide, who have no account, who are suspended, too."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, exists, select

from portal.accounts.models import Account
from portal.directory.queries import Filters, listed, outlook
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.mailboxes import fold_address
from portal.kernel.paging import Page
from portal.people.models import EmailAddress, Person
from portal.people.queries import administers

MOST_WITH_ADDRESS = 10  # one has proved it, some may have claimed it


@dataclass(frozen=True)
class PersonRow:
    """A person in the administrators' list."""

    id: int
    public_id: str
    name: str
    address: str | None
    has_account: bool
    is_administrator: bool
    suspended_at: datetime | None
    name_shown: str


def listed_people(
    actor: Actor, wanted: str, at: datetime, after: str | None = None
) -> Page[PersonRow]:
    """Return a page of people in Swedish order, by the beginnings of their names' words.

    With an @ it is an address that is looked for, whole.
    """
    if "@" in wanted:
        return Page(
            _rows(select(EmailAddress.person_id).where(_is(wanted)).limit(MOST_WITH_ADDRESS))
        )
    filters = Filters(name=wanted)
    page = listed(actor, filters, outlook(actor, filters), at, after)
    return Page(_rows([one.id for one in page.rows]), page.after)


def _rows(person_ids: Any) -> list[PersonRow]:
    """Fetch what the list shows of some people, in Swedish order."""
    if isinstance(person_ids, list) and not person_ids:
        return []
    primary = (
        select(EmailAddress.address)
        .where(EmailAddress.person_id == Person.id, EmailAddress.is_primary)
        .scalar_subquery()
    )
    query = (
        select(
            Person.id,
            Person.public_id,
            Person.name,
            primary,
            case((exists().where(Account.person_id == Person.id), 1), else_=0),
            case((administers(Person.id), 1), else_=0),
            Person.suspended_at,
            Person.name_shown,
        )
        .where(Person.id.in_(person_ids))
        .order_by(Person.sort_key, Person.id)
    )
    return [_row(*row) for row in session().execute(query)]


def _row(*values: Any) -> PersonRow:
    number, public_id, name, address, account, leads, suspended, shown = values
    return PersonRow(number, public_id, name, address, bool(account), bool(leads), suspended, shown)


def _is(wanted: str) -> Any:
    return EmailAddress.folded == fold_address(wanted)

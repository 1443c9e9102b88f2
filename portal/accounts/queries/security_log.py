"""What has happened to an account, for its owner to read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, literal, select, tuple_, union_all

from portal.accounts.models import UserSession
from portal.accounts.policy import SECURITY_WORDS
from portal.kernel.db import UTCDateTime, session
from portal.kernel.facts import FactRow, FactSubject
from portal.kernel.paging import PAGE_SIZE, Page, decode, instant, page_of
from portal.people.models import EmailAddress

KINDS = ("person", "account")  # an account has its person's id


@dataclass(frozen=True)
class Entry:
    """Something that happened, at a certain browser or with an address."""

    id: int
    name: str
    at: datetime
    session_id: int | None
    address_id: int | None


def security_log(person_id: int, after: str | None = None, size: int = PAGE_SIZE) -> Page[Entry]:
    """Return a page of what has happened to somebody's account, latest first."""
    position = decode(after, str, int)
    key = (instant(position[0]), position[1]) if position else None
    parts = [_latest(kind, person_id, key, size).subquery() for kind in KINDS]
    both = union_all(*(select(part) for part in parts)).subquery()
    query = (
        select(both.c.fact_id, both.c.name, both.c.at, FactRow.body)
        .join(FactRow, FactRow.id == both.c.fact_id)
        .order_by(both.c.at.desc(), both.c.fact_id.desc())
        .limit(size + 1)
    )
    rows = [_entry(*row) for row in session().execute(query)]
    return page_of(rows, lambda row: (row.at.isoformat(), row.id), size)


def details_of(entries: Sequence[Entry], person_id: int) -> dict[tuple[str, int], tuple[str, str]]:
    """Name what entries speak of, as far as it is still kept: browser and way in, or address."""
    sessions = [one.session_id for one in entries if one.session_id is not None]
    addresses = [one.address_id for one in entries if one.address_id is not None]
    browsers = select(
        literal("session"), UserSession.id, UserSession.browser, UserSession.way
    ).where(UserSession.id.in_(sessions), UserSession.person_id == person_id)
    own = select(literal("address"), EmailAddress.id, EmailAddress.address, literal("")).where(
        EmailAddress.id.in_(addresses), EmailAddress.person_id == person_id
    )
    found = session().execute(union_all(browsers, own))
    return {(kind, number): (name, way) for kind, number, name, way in found}


def _latest(kind: str, person_id: int, key: tuple[datetime, int] | None, size: int) -> Any:
    query = select(FactSubject.fact_id, FactSubject.name, FactSubject.at).where(
        FactSubject.kind == kind,
        FactSubject.subject_id == person_id,
        FactSubject.name.in_(SECURITY_WORDS),
    )
    if key:
        last = tuple_(literal(key[0], UTCDateTime), literal(key[1], BigInteger))
        query = query.where(tuple_(FactSubject.at, FactSubject.fact_id) < last)
    return query.order_by(FactSubject.at.desc(), FactSubject.fact_id.desc()).limit(size + 1)


def _entry(number: int, name: str, at: datetime, body: dict[str, Any]) -> Entry:
    return Entry(number, name, at, body.get("session_id"), body.get("address_id"))

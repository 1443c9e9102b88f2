"""Which ways in somebody has."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, exists, func, literal, select, union_all

from portal.accounts.models import Identity, Passkey, PrintedCode, SecondStep
from portal.accounts.policy import Kind, Way
from portal.kernel.db import session
from portal.people.models import EmailAddress


@dataclass(frozen=True)
class FurtherWays:
    """How somebody signs in besides codes by mail and a password."""

    passkeys: int
    second_step: bool
    left: int
    identities: int


def further_ways(person_id: int) -> FurtherWays:
    """Count a person's further ways in, in one query."""
    step = exists().where(SecondStep.person_id == person_id, SecondStep.confirmed_at.is_not(None))
    unused = _count(PrintedCode.id).where(
        PrintedCode.person_id == person_id, PrintedCode.used_at.is_(None)
    )
    query = select(
        _count(Passkey.id).where(Passkey.person_id == person_id).scalar_subquery(),
        step,
        unused.scalar_subquery(),
        _count(Identity.id).where(Identity.person_id == person_id).scalar_subquery(),
    )
    passkeys, second_step, left, identities = session().execute(query).one()
    return FurtherWays(passkeys, bool(second_step), left, identities)


def ways_of(person_id: int, issuers: Collection[str]) -> list[Way]:
    """Return a person's ways in; of organisations only those whose sign-in is taken now."""
    addresses = select(literal("address"), EmailAddress.id).where(
        EmailAddress.person_id == person_id, EmailAddress.verified_at.is_not(None)
    )
    passkeys = select(literal("passkey"), Passkey.id).where(Passkey.person_id == person_id)
    identities = select(literal("identity"), Identity.id).where(
        Identity.person_id == person_id, Identity.issuer.in_(issuers)
    )
    rows = session().execute(union_all(addresses, passkeys, identities))
    return [Way(cast(Kind, kind), number) for kind, number in rows]


def _count(column: Any) -> Select[Any]:
    return select(func.count(column))

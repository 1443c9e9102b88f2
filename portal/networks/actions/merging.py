"""What becomes of memberships when two rows about one person become one."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select, update

from portal.kernel.merging import Merge, Step, merges, moved
from portal.kernel.text import Lazy, _l
from portal.networks.models import ROLES, Membership, Network
from portal.networks.policy import ROLE_NAMES
from portal.networks.queries import is_active
from portal.people.models import Person


@merges(Membership.person_id)
def unite_memberships(merge: Merge) -> Step:
    """Where both belong they belong once: since the earlier day, in the higher role."""
    query = (
        select(Membership, Network.name)
        .join(Network, Network.id == Membership.network_id)
        .where(Membership.person_id.in_(merge.both))
        .order_by(Network.sort_key, Network.id, Membership.id)
    )
    rows = merge.read(query, Membership)
    theirs = [row for row in rows if row[0].person_id == merge.gone_id]
    statements: list[Any] = []
    words: list[Lazy] = []
    for stays, goes, network in _doubles(merge, rows):
        role = max(stays.role, goes.role, key=ROLES.index)
        statements += _statements(merge, stays, goes, role)
        words.append(_words(stays, network, role))
    counted = select(func.count()).where(
        Membership.person_id == merge.kept_id,
        Membership.role == "coordinator",
        is_active(),
    )
    coordinates = update(Person).where(Person.id == merge.kept_id)
    statements.append(moved(Membership.person_id, merge))
    statements.append(coordinates.values(coordinates=counted.scalar_subquery()))
    return Step(
        "membership",
        "person_id",
        len(theirs) - len(words),
        united=len(words),
        words=tuple(words),
        statements=tuple(statements),
    )


def _doubles(merge: Merge, rows: Sequence[Any]) -> Iterator[tuple[Membership, Membership, str]]:
    """Give, for each network that both are in now, the membership that stays and the one that goes."""
    current = [(one, network) for one, network in rows if one.ended_at is None]
    mine = {one.network_id: one for one, _name in current if one.person_id == merge.kept_id}
    for one, network in current:
        if one.person_id == merge.gone_id and one.network_id in mine:
            stays, goes = sorted((mine[one.network_id], one), key=_precedence)
            yield stays, goes, network


def _precedence(membership: Membership) -> tuple[bool, Any]:
    """Order the active before the asked for, then the earlier before the later."""
    return membership.began_at is None, membership.began_at or membership.asked_at


def _statements(merge: Merge, stays: Membership, goes: Membership, role: str) -> Iterator[Any]:
    ended = update(Membership).where(Membership.id == goes.id)
    yield ended.values(ended_at=merge.at, ended_as="merged")
    yield update(Membership).where(Membership.id == stays.id).values(role=role)
    if stays.began_at is not None and goes.began_at is not None:
        yield (
            update(Network)
            .where(Network.id == stays.network_id)
            .values(member_count=Network.member_count - 1)
        )


def _words(stays: Membership, network: str, role: str) -> Lazy:
    if stays.began_at is None:
        return _l(
            "%(network)s: both have asked to join; the earlier request waits.", network=network
        )
    return _l(
        "%(network)s: a member once, since %(day)s (%(role)s).",
        network=network,
        day=stays.began_at.date().isoformat(),
        role=ROLE_NAMES[role],
    )

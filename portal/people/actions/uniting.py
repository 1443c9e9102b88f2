"""What becomes of addresses, relations and doors when two rows about one person become one."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from portal.kernel.merging import Merge, Step, merges, moved
from portal.kernel.text import Lazy, _l
from portal.people.models import (
    DOOR_POSITIONS,
    Door,
    EmailAddress,
    Organisation,
    Relation,
    RelationKind,
)
from portal.people.policy.door import is_over, is_paused
from portal.people.policy.kinds import KindName


@merges(EmailAddress.person_id)
def unite_addresses(merge: Merge) -> Step:
    """All addresses stay, each once; mails go to the primary one of the one who stays."""
    query = select(EmailAddress).where(EmailAddress.person_id.in_(merge.both))
    owned = [row[0] for row in merge.read(query, EmailAddress)]
    mine = [one for one in owned if one.person_id == merge.kept_id]
    theirs = [one for one in owned if one.person_id == merge.gone_id]
    known = {one.folded for one in mine} | {one.folded for one in theirs if one.verified_at}
    proved = {one.folded for one in owned if one.verified_at}
    doubles = [one for one in theirs if not one.verified_at and one.folded in known]
    doubles += [one for one in mine if not one.verified_at and one.folded in proved]
    statements: list[Any] = [
        delete(EmailAddress).where(EmailAddress.id.in_([one.id for one in doubles]))
    ]
    if any(one.is_primary for one in mine):
        others = update(EmailAddress).where(EmailAddress.person_id == merge.gone_id)
        statements.append(others.values(is_primary=False))
    primary = next((one.address for one in (*mine, *theirs) if one.is_primary), None)
    said = primary is not None and bool(theirs)
    return Step(
        "email_address",
        "person_id",
        len([one for one in theirs if one not in doubles]),
        united=len(doubles),
        words=(_l("Mails go to %(address)s.", address=primary),) if said else (),
        statements=(*statements, moved(EmailAddress.person_id, merge)),
    )


@merges(Relation.person_id)
def unite_relations(merge: Merge) -> Step:
    """All relations stay; of two that go on alike, or are alike, the one that began first counts."""
    query = (
        select(Relation, RelationKind.name_sv, RelationKind.name_en, Organisation.name)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .join(Organisation, Organisation.id == Relation.organisation_id)
        .where(Relation.person_id.in_(merge.both))
        .order_by(Relation.id)
    )
    rows = merge.read(query, Relation)
    theirs = [row for row in rows if row[0].person_id == merge.gone_id]
    doubles = list(_doubles(merge, rows))
    aside = update(Relation).where(Relation.id.in_([late.id for late, _words in doubles]))
    return Step(
        "relation",
        "person_id",
        len(theirs) - len(doubles),
        united=len(doubles),
        words=tuple(words for _late, words in doubles),
        statements=(aside.values(corrected_at=merge.at), moved(Relation.person_id, merge)),
    )


@merges(Door.person_id)
def unite_doors(merge: Merge) -> Step:
    """All doors stay in the history; of two that stand now, the more closed one stays as it is."""
    query = select(Door).where(Door.person_id.in_(merge.both)).order_by(Door.id)
    doors = [row[0] for row in merge.read(query, Door)]
    theirs = [one for one in doors if one.person_id == merge.gone_id]
    current = [one for one in doors if one.ended_at is None]
    current.sort(key=lambda one: (*_openness(one, merge.at), one.person_id != merge.kept_id))
    ended = [one.id for one in current[1:]]
    words = (_l("The door that is more closed stays as it is."),) if ended else ()
    return Step(
        "door",
        "person_id",
        len(theirs) - len(ended),
        ended=len(ended),
        words=words,
        statements=(
            update(Door).where(Door.id.in_(ended)).values(ended_at=merge.at),
            moved(Door.person_id, merge),
        ),
    )


def _doubles(merge: Merge, rows: Sequence[Any]) -> Iterator[tuple[Relation, Lazy]]:
    """Give each relation that says no more than another one, and words about the one that stays."""
    standing = [row for row in rows if row[0].corrected_at is None]
    mine = [row for row in standing if row[0].person_id == merge.kept_id]
    for theirs, name_sv, name_en, organisation in standing:
        if theirs.person_id != merge.gone_id:
            continue
        same = next((row[0] for row in mine if _alike(row[0], theirs)), None)
        if same is not None:
            early, late = (theirs, same) if theirs.began_on < same.began_on else (same, theirs)
            yield (
                late,
                _l(
                    "%(kind)s at %(organisation)s: counted once, from %(day)s.",
                    kind=KindName(name_sv, name_en),
                    organisation=organisation,
                    day=early.began_on.isoformat(),
                ),
            )


def _alike(one: Relation, other: Relation) -> bool:
    same = (one.kind, one.organisation_id) == (other.kind, other.organisation_id)
    going_on = one.ended_on is None and other.ended_on is None
    return same and (going_on or (one.began_on, one.ended_on) == (other.began_on, other.ended_on))


def _openness(door: Door, at: datetime) -> tuple[int, bool]:
    """Say how open a door stands: one whose time is over stands closed, a break closes a bit more."""
    today = at.date()
    position = "closed" if is_over(door, today) else door.position
    return DOOR_POSITIONS.index(position), not is_paused(door, today)

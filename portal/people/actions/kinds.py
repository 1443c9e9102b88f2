"""Kinds of relations are added, described, retired and brought back."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from portal.kernel.actors import Actor
from portal.kernel.db import insert_new, session
from portal.kernel.decisions import NotAllowed, require
from portal.kernel.facts import record
from portal.kernel.search.analysis import fold
from portal.kernel.text import _l
from portal.people.facts import RelationKindAdded, RelationKindChanged
from portal.people.models import RelationKind
from portal.people.policy.kinds import (
    LONGEST_CODE,
    MOST_KINDS,
    ToldKind,
    code_of_kind,
    may_keep_kinds,
    may_rename_kind,
    may_retire_kind,
)

TAKEN = _l("There is a kind with that name already.")


def add_kind(actor: Actor, told: ToldKind, at: datetime) -> RelationKind:
    """Add a kind of relation, last in the list. NotAllowed when its name is taken."""
    require(may_keep_kinds(actor))
    known = session().scalars(select(RelationKind)).all()
    if len(known) >= MOST_KINDS:
        raise NotAllowed(_l("There are as many kinds as there is room for."))
    _require_new_names(told.name_sv, told.name_en, known)
    code = _free_code(told.name_en, {one.code for one in known})
    place = session().scalar(select(func.max(RelationKind.position))) or 0
    row = {"code": code, "position": place + 1, "is_built_in": False, **vars(told)}
    added = insert_new(RelationKind).values(row).returning(RelationKind.id)
    number = session().scalar(added)
    if number is None:
        raise NotAllowed(TAKEN)
    record(RelationKindAdded(number, actor.person_id), at)
    return session().get_one(RelationKind, number)


def describe_kind(
    actor: Actor, kind: RelationKind, purpose: str, legal_basis: str, at: datetime
) -> bool:
    """Say what relations of a kind are kept for; those there are keep their own words."""
    require(may_keep_kinds(actor))
    kind.purpose, kind.legal_basis = purpose, legal_basis
    return _changed(actor, kind, at)


def rename_kind(actor: Actor, kind: RelationKind, name_sv: str, name_en: str, at: datetime) -> bool:
    """Call a kind that was added here something else."""
    require(may_keep_kinds(actor))
    if (kind.name_sv, kind.name_en) == (name_sv, name_en):
        return False
    require(may_rename_kind(kind))
    others = session().scalars(select(RelationKind).where(RelationKind.code != kind.code)).all()
    _require_new_names(name_sv, name_en, others)
    kind.name_sv, kind.name_en = name_sv, name_en
    return _changed(actor, kind, at)


def retire_kind(actor: Actor, kind: RelationKind, at: datetime) -> None:
    """Put a kind out of use: relations of it stay, new ones can't be of it."""
    require(may_keep_kinds(actor))
    require(may_retire_kind(kind))
    kind.retired_at = at
    _changed(actor, kind, at)


def restore_kind(actor: Actor, kind: RelationKind, at: datetime) -> bool:
    """Bring a kind back into use; say whether it was out of it."""
    require(may_keep_kinds(actor))
    kind.retired_at = None
    return _changed(actor, kind, at)


def _changed(actor: Actor, kind: RelationKind, at: datetime) -> bool:
    if not session().is_modified(kind):
        return False
    session().flush()
    record(RelationKindChanged(kind.id, actor.person_id), at)
    return True


def _require_new_names(name_sv: str, name_en: str, others: Iterable[RelationKind]) -> None:
    taken = {fold(name) for one in others for name in (one.name_sv, one.name_en)}
    if {fold(name_sv), fold(name_en)} & taken:
        raise NotAllowed(TAKEN)


def _free_code(name: str, taken: set[str]) -> str:
    """Make a code of the English name; numbered when another kind has it."""
    plain = code_of_kind(name) or "kind"
    code, number = plain, 1
    while code in taken:
        number += 1
        ending = f"_{number}"
        code = plain[: LONGEST_CODE - len(ending)] + ending
    return code

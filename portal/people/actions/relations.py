"""Relations begin, end, and are put right; each leaves the others alone, and nothing is overwritten."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.kernel.actors import Actor
from portal.kernel.db import changed, session
from portal.kernel.decisions import NotAllowed, require
from portal.kernel.facts import record
from portal.people import queries
from portal.people.actions.affiliations import renew_affiliations
from portal.people.facts import RelationBegan, RelationCorrected, RelationEnded, RelationWithdrawn
from portal.people.models import Organisation, Person, Relation, RelationKind
from portal.people.policy.relations import (
    GONE_RELATION,
    ToldRelation,
    may_be_dated,
    may_correct,
    may_end,
    may_keep_relations,
    may_stand,
)

NOON = time(12, tzinfo=UTC)


def begin_relation(
    person: Person,
    organisation: Organisation,
    kind: str,
    began_on: date,
    at: datetime,
    *,
    ended_on: date | None = None,
    title: str = "",
    purpose: str = "",
    legal_basis: str = "",
    source: str = "",
    quietly: bool = False,
) -> Relation:
    """Begin a dated relation; others that are open stay open. IntegrityError if it is open already.

    Unless something else is said, it is kept for what its kind is kept for.
    """
    told = ToldRelation(
        kind, organisation.id, began_on, ended_on, title, purpose, legal_basis, source
    )
    return _begin(person.id, told, at, quietly=quietly)


def record_relation(actor: Actor, person_id: int, told: ToldRelation, at: datetime) -> Relation:
    """Write down a relation of a person. NotAllowed when the same one goes on at that time."""
    require(may_keep_relations(actor))
    require(may_be_dated(told.began_on, told.ended_on, at.date()))
    _hold(person_id)
    require(may_stand(told, queries.standing_relations(person_id)))
    try:
        with session().begin_nested():
            return _begin(person_id, told, at, by_id=actor.person_id)
    except IntegrityError:
        # Another click was a moment earlier: the rule knows why not.
        require(may_stand(told, queries.standing_relations(person_id)))
        raise


def end_relation(actor: Actor, relation: Relation, ended_on: date, at: datetime) -> bool:
    """Give a relation its last day; say whether it had none before."""
    require(may_keep_relations(actor))
    require(may_be_dated(relation.began_on, ended_on, at.date()))
    require(may_end(relation, ended_on))
    _hold(relation.person_id)
    ended = (
        update(Relation)
        .where(
            Relation.id == relation.id,
            Relation.ended_on.is_(None),
            Relation.corrected_at.is_(None),
        )
        .values(ended_on=ended_on)
        .execution_options(synchronize_session=False)
    )
    done = changed(ended) > 0
    session().refresh(relation)
    if not done:
        require(may_end(relation, ended_on))
        return False
    renew_affiliations(relation.person_id)
    fact = RelationEnded(relation.person_id, relation.id, relation.organisation_id, actor.person_id)
    record(fact, at, happened=_noon(ended_on))
    return True


def correct_relation(
    actor: Actor, relation: Relation, told: ToldRelation, at: datetime
) -> Relation:
    """Put right what was written of a relation: a new row counts, the former one stays to be read."""
    require(may_keep_relations(actor))
    require(may_be_dated(told.began_on, told.ended_on, at.date()))
    _hold(relation.person_id)
    session().refresh(relation)
    require(may_correct(relation))
    others = queries.standing_relations(relation.person_id)
    require(may_stand(told, [one for one in others if one.id != relation.id]))
    if not _set_aside(relation, at):
        raise NotAllowed(GONE_RELATION)
    corrected = Relation(person_id=relation.person_id, corrects_id=relation.id, **asdict(told))
    session().add(corrected)
    session().flush()
    renew_affiliations(relation.person_id)
    ids = (corrected.person_id, corrected.id, corrected.organisation_id)
    record(RelationCorrected(*ids, actor.person_id), at)
    return corrected


def withdraw_relation(actor: Actor, relation: Relation, at: datetime) -> bool:
    """Say that a relation never was; say whether it counted until now."""
    require(may_keep_relations(actor))
    _hold(relation.person_id)
    if not _set_aside(relation, at):
        return False
    renew_affiliations(relation.person_id)
    ids = (relation.person_id, relation.id, relation.organisation_id)
    record(RelationWithdrawn(*ids, actor.person_id), at)
    return True


def _begin(
    person_id: int,
    told: ToldRelation,
    at: datetime,
    *,
    by_id: int | None = None,
    quietly: bool = False,
) -> Relation:
    kind = session().scalars(select(RelationKind).where(RelationKind.code == told.kind)).one()
    told = replace(
        told,
        purpose=told.purpose or kind.purpose,
        legal_basis=told.legal_basis or kind.legal_basis,
    )
    relation = Relation(person_id=person_id, **asdict(told))
    session().add(relation)
    session().flush()
    renew_affiliations(person_id)
    fact = RelationBegan(person_id, relation.id, told.organisation_id, by_id)
    record(fact, at, quietly=quietly, happened=_noon(told.began_on))
    return relation


def _hold(person_id: int) -> None:
    """Hold a person's row: who writes of their relations at the same time waits, then sees this."""
    held = select(Person.id).where(Person.id == person_id)
    session().execute(held.with_for_update(key_share=True))


def _set_aside(relation: Relation, at: datetime) -> bool:
    """Let a relation no longer count; say whether this is who did it."""
    aside = (
        update(Relation)
        .where(Relation.id == relation.id, Relation.corrected_at.is_(None))
        .values(corrected_at=at)
        .execution_options(synchronize_session=False)
    )
    done = changed(aside) > 0
    session().refresh(relation)
    return done


def _noon(day: date) -> datetime:
    return datetime.combine(day, NOON)

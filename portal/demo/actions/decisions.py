"""What administrators of the demo world decided: a kind, owners, a correction, a suspension."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select, update

from portal.kernel.actors import ADMINISTRATOR, Actor
from portal.kernel.db import session
from portal.people.actions import add_kind, correct_relation, record_relation, suspend_person
from portal.people.models import Organisation, Person, Relation
from portal.people.policy.kinds import ToldKind
from portal.people.policy.relations import ToldRelation

SUSPENDED = "rickard-modigh"
WHY = "Skickade reklam för egen räkning till medlemmar i Alumner, två gånger efter en varning."
MENTOR = ToldKind(
    "Mentor", "Mentor", "during", purpose="staying in touch", legal_basis="legitimate interest"
)


def make_decisions(
    people: dict[str, Person], organisations: dict[str, Organisation], at: datetime
) -> None:
    """Decide what Kim has decided during the last year."""
    kim = Actor(people["kim-sandberg"].id, roles=frozenset({ADMINISTRATOR}))
    kind = add_kind(kim, MENTOR, at - timedelta(days=300))
    host = organisations["vidarebro"]
    for key, days in (("mona-lindqvist", 280), ("elin-hagg", 120)):
        began = (at - timedelta(days=days)).date()
        told = ToldRelation(
            kind.code, host.id, began, purpose=kind.purpose, legal_basis=kind.legal_basis
        )
        told = replace(told, source="conversation", owner_id=people["ylva-stenmark"].id)
        record_relation(kim, people[key].id, told, at - timedelta(days=days))
    _look_after_customers(people["jonas-ekdahl"].id)
    _put_right(kim, people["elin-hagg"].id, at - timedelta(days=60))
    suspend_person(kim, people[SUSPENDED], WHY, at - timedelta(days=20))


def _look_after_customers(owner_id: int) -> None:
    """Let one of ours look after all who are customers now."""
    customers = update(Relation).where(
        Relation.kind == "customer_contact",
        Relation.ended_on.is_(None),
        Relation.person_id != owner_id,
    )
    session().execute(customers.values(owner_id=owner_id))


def _put_right(actor: Actor, person_id: int, at: datetime) -> None:
    """Put a relation's first day right, so that what stood before can be read."""
    query = select(Relation).where(Relation.person_id == person_id, Relation.kind == "alumnus")
    relation = session().scalars(query.order_by(Relation.id).limit(1)).one_or_none()
    if relation is not None:
        told = ToldRelation(
            relation.kind,
            relation.organisation_id,
            relation.began_on + timedelta(days=14),
            relation.ended_on,
            relation.title,
            relation.purpose,
            relation.legal_basis,
            "conversation",
            relation.owner_id,
        )
        correct_relation(actor, relation, told, at)

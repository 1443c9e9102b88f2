"""Find addresses that reach nobody any more, or soon will not."""

from sqlalchemy import bindparam, or_, select

from portal.kernel.db import session
from portal.people.models import EmailAddress, Relation, RelationKind

_troubled = select(EmailAddress).where(
    EmailAddress.person_id == bindparam("person"),
    EmailAddress.is_primary,
    or_(EmailAddress.bounced_at.is_not(None), EmailAddress.complained_at.is_not(None)),
)


def troubled_address(person_id: int) -> EmailAddress | None:
    """Return a person's primary address when mails to it come back, or were called unwanted."""
    return session().scalars(_troubled, {"person": person_id}).one_or_none()


def leaves_work(relation_id: int) -> bool:
    """Say whether a relation is one of work that ends, and no other one keeps the person there."""
    relation = session().get(Relation, relation_id)
    if relation is None or relation.ended_on is None or relation.corrected_at is not None:
        return False
    at_work = (
        select(Relation.id)
        .join(RelationKind, RelationKind.code == Relation.kind)
        .where(
            Relation.person_id == relation.person_id,
            Relation.organisation_id == relation.organisation_id,
            Relation.corrected_at.is_(None),
            RelationKind.is_colleague,
        )
    )
    ends = session().scalar(at_work.where(Relation.id == relation_id))
    goes_on = session().scalar(at_work.where(Relation.ended_on.is_(None)).limit(1))
    return ends is not None and goes_on is None

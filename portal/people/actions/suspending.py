"""People are suspended and let in again; memberships, relations and all they have stay."""

from datetime import datetime

from sqlalchemy import select

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.decisions import require
from portal.kernel.facts import record
from portal.people.actions.roles import as_held, held_roles, leads_elsewhere
from portal.people.facts import PersonSuspended, SuspensionLifted
from portal.people.models import Person, Suspension
from portal.people.policy.duties import may_lift, may_suspend


def suspend_person(actor: Actor, person: Person, reason: str, at: datetime) -> Suspension:
    """Keep a person out until further notice; the reason is kept, and is theirs to read.

    Nobody but administrators sees anything of them meanwhile. Whoever suspends ends their sessions
    in the same transaction (portal.admin.actions).
    """
    held = held_roles()
    actor = as_held(actor, held)
    hold(person)
    leads = any(one.person_id == person.id for one in held)
    others = leads_elsewhere(held, person.id)
    require(may_suspend(actor, person, leads=leads, others=others))
    begun = Suspension(person_id=person.id, reason=reason, by_id=actor.person_id, began_at=at)
    person.suspended_at = at
    session().add(begun)
    session().flush()
    record(PersonSuspended(person.id, begun.id, actor.person_id), at)
    return begun


def lift_suspension(actor: Actor, person: Person, at: datetime) -> None:
    """Let a person in again; they sign in anew."""
    actor = as_held(actor, held_roles())
    hold(person)
    require(may_lift(actor, person))
    query = select(Suspension).where(
        Suspension.person_id == person.id, Suspension.ended_at.is_(None)
    )
    person.suspended_at = None
    for current in session().scalars(query).all():
        current.ended_at = at
        session().flush()
        record(SuspensionLifted(person.id, current.id, actor.person_id), at)


def hold(person: Person) -> None:
    """Hold a person's row and read it anew: who acts on them at the same time waits."""
    session().refresh(person, with_for_update={"key_share": True})

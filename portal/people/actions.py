"""People arrive, and their relations and roles begin."""

from datetime import date, datetime

from sqlalchemy import update

from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.people import queries
from portal.people.facts import PersonArrived, RelationBegan
from portal.people.models import EmailAddress, Organisation, Person, Relation, Role
from portal.people.policy import sort_key


def receive_person(
    name: str, at: datetime, *, quietly: bool = False, **profile: str | None
) -> Person:
    """Add a person to the house; nobody sees more of them than the most private setting."""
    person = Person(
        public_id=keys.public_id(), name=name, sort_key=sort_key(name), arrived_at=at, **profile
    )
    session().add(person)
    session().flush()
    record(PersonArrived(person_id=person.id), at, quietly=quietly)
    return person


def confirm_address(person: Person, address: str, at: datetime) -> EmailAddress:
    """Give a person an address that has been proved to reach them. IntegrityError if taken."""
    owned = EmailAddress(
        person_id=person.id,
        address=address,
        folded=queries.fold_address(address),
        verified_at=at,
    )
    session().add(owned)
    session().flush()
    return owned


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
    """Begin a dated relation; others that are open stay open."""
    relation = Relation(
        person_id=person.id,
        organisation_id=organisation.id,
        kind=kind,
        title=title,
        began_on=began_on,
        ended_on=ended_on,
        purpose=purpose,
        legal_basis=legal_basis,
        source=source,
    )
    session().add(relation)
    session().flush()
    record(RelationBegan(person.id, relation.id, organisation.id), at, quietly=quietly)
    return relation


def host_named(name: str) -> Organisation:
    """Return the host organisation, adding it under `name` the first time."""
    host = queries.host()
    if host is None:
        host = Organisation(name=name, kind="host")
        session().add(host)
        session().flush()
    return host


def appoint_administrator(person: Person, at: datetime) -> Role:
    """Make a person administrator of the whole installation."""
    role = Role(person_id=person.id, name="administrator", began_at=at)
    session().add(role)
    session().flush()
    return role


def choose_name_shown(actor: Actor, shown: str) -> None:
    """Choose who sees the actor's name."""
    mine = update(Person).where(Person.id == actor.person_id).values(name_shown=shown)
    session().execute(mine)

"""Relations begin."""

from datetime import date, datetime

from portal.kernel.db import insert_new, session
from portal.kernel.facts import record
from portal.people import queries
from portal.people.actions.affiliations import renew_affiliations
from portal.people.facts import RelationBegan
from portal.people.models import Organisation, Person, Relation


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
    renew_affiliations(person.id)
    record(RelationBegan(person.id, relation.id, organisation.id), at, quietly=quietly)
    return relation


def host_named(name: str) -> Organisation:
    """Return the host organisation, adding it under `name` the first time; there is only one."""
    session().execute(insert_new(Organisation).values(name=name, kind="host"))
    host = queries.host()
    assert host is not None
    return host

"""What the tests of administration read back from the database."""

from sqlalchemy import select

from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow
from portal.people.actions import new_organisation
from portal.people.models import Organisation, Person, Relation
from portal.people.policy.organisations import ToldOrganisation


def facts(*names):
    """Return what was recorded under these names, in order, as (name, what it says)."""
    session().rollback()
    query = select(FactRow.name, FactRow.body).where(FactRow.name.in_(names)).order_by(FactRow.id)
    return [(name, body) for name, body in session().execute(query)]


def relations(person):
    """Return all that was ever written of a person's relations, in the order it was written."""
    session().rollback()
    query = select(Relation).where(Relation.person_id == person.id).order_by(Relation.id)
    return list(session().scalars(query.execution_options(populate_existing=True)))


def standing(person):
    """Return the relations that count."""
    return [one for one in relations(person) if one.corrected_at is None]


def person_of(person):
    """Return a person's row as it stands now."""
    session().rollback()
    return session().get(Person, person.id, populate_existing=True)


def organisation(name, kind="customer", **more):
    """Write down an organisation."""
    with unit_of_work() as work:
        made = new_organisation(ToldOrganisation(name, kind, **more))
        work.add(made)
    return made


def organisations(name):
    """Return the organisations of this name."""
    session().rollback()
    query = select(Organisation).where(Organisation.name == name)
    return list(session().scalars(query.execution_options(populate_existing=True)))


def main_of(answer):
    """Return the page without its frame."""
    return answer.text.split("<main")[1].split("</main>")[0]

"""A kind of relation and an organisation that administrators added, and somebody who is that there."""

from datetime import timedelta

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.people.actions import new_organisation
from portal.people.models import Person, Relation, RelationKind
from portal.people.policy.kinds import ToldKind
from portal.people.policy.organisations import ToldOrganisation

KIND = ToldKind("Mentor", "Mentor", "during", purpose="recruitment", legal_basis="consent")
SECRET = "secret-of-relation"
NUMBER = 901  # of the organisation and of the relation


def mentor(person: Person) -> None:
    """Let somebody be mentor; they show it to nobody."""
    organisation = new_organisation(ToldOrganisation("Utbildarna", "employer"))
    organisation.id = NUMBER
    relation = Relation(
        id=NUMBER,
        person_id=person.id,
        organisation_id=NUMBER,
        kind="mentor",
        title=SECRET,
        began_on=clock.now().date() - timedelta(days=99),
    )
    with unit_of_work() as work:
        work.add_all([RelationKind(code="mentor", position=9, **vars(KIND)), organisation])
        work.flush()
        work.add(relation)

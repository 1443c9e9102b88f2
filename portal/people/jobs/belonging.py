"""Where people belong is found anew when their organisation has got another name or mail domain."""

from sqlalchemy import select, union

from portal.kernel import jobs
from portal.kernel.db import session
from portal.people.actions import renew_affiliations
from portal.people.models import Affiliation, Organisation, Relation

AT_ONCE = 200  # people


@jobs.job("people.renew_belonging")
def renew_belonging(organisation_id: int, keys: list[str], after: int = 0) -> None:
    """Renew the affiliations of an organisation's people, some at a time, by their number.

    `keys` are those the organisation has and had: what the host shares makes nobody colleagues, so
    whoever has one of its keys is looked at, too.
    """
    organisation = session().get(Organisation, organisation_id)
    if organisation is None:
        return
    theirs = select(Relation.person_id).where(
        Relation.organisation_id == organisation_id, Relation.person_id > after
    )
    if organisation.kind == "host":
        known = select(Affiliation.person_id).where(
            Affiliation.key.in_(keys), Affiliation.person_id > after
        )
        found = union(theirs, known).subquery()
    else:
        found = theirs.distinct().subquery()
    query = select(found.c.person_id).order_by(found.c.person_id).limit(AT_ONCE)
    people = list(session().scalars(query))
    for person_id in people:
        renew_affiliations(person_id)
    if len(people) == AT_ONCE:
        args = {"organisation_id": organisation_id, "keys": keys, "after": people[-1]}
        jobs.enqueue("people.renew_belonging", args)

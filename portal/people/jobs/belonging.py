"""Where people belong is found anew when their organisation has got another name or mail domain."""

from sqlalchemy import select, union

from portal.kernel import jobs
from portal.kernel.db import session
from portal.people.actions import renew_affiliations
from portal.people.models import Affiliation, Relation

AT_ONCE = 200  # people


@jobs.job("people.renew_belonging")
def renew_belonging(organisation_id: int, keys: list[str], after: int = 0) -> None:
    """Renew the affiliations of an organisation's people, some at a time, by their number.

    `keys` are those the organisation has and had: whoever has one of them belongs there, too, or
    did, though they may have no relation to it.
    """
    theirs = select(Relation.person_id).where(
        Relation.organisation_id == organisation_id, Relation.person_id > after
    )
    known = select(Affiliation.person_id).where(
        Affiliation.key.in_(keys), Affiliation.person_id > after
    )
    found = union(theirs, known).subquery()
    query = select(found.c.person_id).order_by(found.c.person_id).limit(AT_ONCE)
    people = list(session().scalars(query))
    renew_affiliations(*people)
    if len(people) == AT_ONCE:
        args = {"organisation_id": organisation_id, "keys": keys, "after": people[-1]}
        jobs.enqueue("people.renew_belonging", args)

"""Organisations are added and changed; where their people belong follows."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.kernel import jobs
from portal.kernel.actors import Actor
from portal.kernel.db import insert_new, session
from portal.kernel.decisions import NotAllowed, require
from portal.kernel.facts import record
from portal.kernel.search.analysis import fold
from portal.kernel.text import _l
from portal.people import queries
from portal.people.facts import OrganisationAdded, OrganisationChanged
from portal.people.models import Organisation
from portal.people.policy import organisation_keys, sort_key
from portal.people.policy.organisations import (
    ToldOrganisation,
    may_keep_organisations,
    may_own_domain,
)

LONGEST_FOLDED = 150
TAKEN = _l("There is an organisation with that name already.")


def add_organisation(actor: Actor, told: ToldOrganisation, at: datetime) -> Organisation:
    """Write down an organisation. NotAllowed when its name is taken or its domain is everybody's."""
    require(may_keep_organisations(actor))
    _require_own(told, None)
    added = new_organisation(told)
    try:
        with session().begin_nested():
            session().add(added)
            session().flush()
    except IntegrityError as error:  # another click was a moment earlier
        raise NotAllowed(TAKEN) from error
    record(OrganisationAdded(added.id, actor.person_id), at)
    return added


def change_organisation(
    actor: Actor, organisation: Organisation, told: ToldOrganisation, at: datetime
) -> bool:
    """Change what is known of an organisation; say whether anything was new.

    The host stays the host. Its people's colleagues are found anew by a job, for they may be many.
    """
    require(may_keep_organisations(actor))
    _require_own(told, organisation)
    keys = _keys(organisation)
    organisation.name, organisation.domain = told.name, told.domain
    organisation.sort_key, organisation.folded = sort_key(told.name), _folded(told.name)
    organisation.industry = told.industry
    if organisation.kind != "host":
        organisation.kind = told.kind
    if not session().is_modified(organisation):
        return False
    session().flush()
    if _keys(organisation) != keys:
        former = sorted(set(keys) | set(_keys(organisation)))
        jobs.enqueue("people.renew_belonging", {"organisation_id": organisation.id, "keys": former})
    record(OrganisationChanged(organisation.id, actor.person_id), at)
    return True


def host_named(name: str) -> Organisation:
    """Return the host organisation, adding it under `name` the first time; there is only one."""
    spelled = {"sort_key": sort_key(name), "folded": _folded(name)}
    session().execute(insert_new(Organisation).values(name=name, kind="host", **spelled))
    host = queries.host()
    assert host is not None
    return host


def new_organisation(told: ToldOrganisation) -> Organisation:
    """Make an organisation's row, with what it is sorted and found by."""
    return Organisation(
        name=told.name,
        sort_key=sort_key(told.name),
        folded=_folded(told.name),
        kind=told.kind,
        domain=told.domain,
        industry=told.industry,
    )


def _require_own(told: ToldOrganisation, organisation: Organisation | None) -> None:
    """Require a name of its own and a mail domain that can be one organisation's."""
    same = select(Organisation.id).where(Organisation.folded == _folded(told.name))
    if organisation is not None:
        same = same.where(Organisation.id != organisation.id)
    if session().scalars(same.limit(1)).first() is not None:
        raise NotAllowed(TAKEN)
    if told.domain:
        require(may_own_domain(told.domain))


def _keys(organisation: Organisation) -> list[str]:
    return organisation_keys(organisation.id, organisation.name, organisation.domain)


def _folded(name: str) -> str:
    return fold(name)[:LONGEST_FOLDED]

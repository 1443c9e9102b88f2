"""Mails about what administrators decide about somebody's own standing."""

from collections.abc import Sequence
from datetime import datetime

from portal.accounts.queries import account_of
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.mail import post
from portal.kernel.text import DEFAULT_LANGUAGE, Lazy, _l
from portal.people.facts import PersonsMerged, RoleGiven, RoleTaken
from portal.people.models import Person
from portal.people.queries import addresses_of, primary_address
from portal.web.mailing import write


@on(RoleGiven)
def mail_role_given(fact: RoleGiven, _at: datetime) -> None:
    """Tell somebody that they are administrator from now on."""
    _mail_primary(fact.person_id, "role_given", _l("You are administrator now"))


@on(RoleTaken)
def mail_role_taken(fact: RoleTaken, _at: datetime) -> None:
    """Tell somebody that their duty as administrator has ended."""
    _mail_primary(fact.person_id, "role_taken", _l("Your time as administrator has ended"))


@on(PersonsMerged)
def mail_merged(fact: PersonsMerged, _at: datetime) -> None:
    """Tell it to every address that either of the two had: only one of them goes on being primary."""
    known = [one.address for one in addresses_of(fact.person_id)]
    _mail(fact.person_id, known, "persons_merged", _l("You are one person here now"))


def _mail_primary(person_id: int, template: str, subject: Lazy) -> None:
    address = primary_address(person_id)
    _mail(person_id, [address] if address else [], template, subject)


def _mail(person_id: int, addresses: Sequence[str], template: str, subject: Lazy) -> None:
    """Write to somebody in the language of their account."""
    person = session().get(Person, person_id)
    if person is None:
        return
    account = account_of(person_id)
    language = account.language if account else DEFAULT_LANGUAGE
    for address in addresses:
        post(write(template, language, subject, person=person), address, person_id)

"""Mails about what administrators decide about somebody's own standing."""

from datetime import datetime

from portal.accounts.queries import account_of
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.mail import post
from portal.kernel.text import DEFAULT_LANGUAGE, Lazy, _l
from portal.people.facts import PersonsMerged, RoleGiven, RoleTaken
from portal.people.models import Person
from portal.people.queries import primary_address
from portal.web.mailing import write


@on(RoleGiven)
def mail_role_given(fact: RoleGiven, _at: datetime) -> None:
    """Tell somebody that they are administrator from now on."""
    _mail(fact.person_id, "role_given", _l("You are administrator now"))


@on(RoleTaken)
def mail_role_taken(fact: RoleTaken, _at: datetime) -> None:
    """Tell somebody that their duty as administrator has ended."""
    _mail(fact.person_id, "role_taken", _l("Your time as administrator has ended"))


@on(PersonsMerged)
def mail_merged(fact: PersonsMerged, _at: datetime) -> None:
    """Tell somebody that what we had in two places about them is in one now."""
    _mail(fact.person_id, "persons_merged", _l("You are one person here now"))


def _mail(person_id: int, template: str, subject: Lazy) -> None:
    """Write to somebody in the language of their account; nobody without an address."""
    person, address = session().get(Person, person_id), primary_address(person_id)
    if person is None or address is None:
        return
    account = account_of(person_id)
    language = account.language if account else DEFAULT_LANGUAGE
    post(write(template, language, subject, person=person), address, person_id)

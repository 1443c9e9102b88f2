"""What the tests about addresses share: further addresses, and the links in their mails."""

import re

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.actions import confirm_address
from portal.people.models import EmailAddress, Person
from portal.people.queries import addresses_of

LINK = re.compile(r"^http://127\.0\.0\.1:5000(/account/addresses/\S+)$", re.MULTILINE)


def give(person, address):
    """Give a person one more verified address; return its public id."""
    with unit_of_work():
        owner = session().get_one(Person, person.id)
        return confirm_address(owner, address, clock.now()).public_id


def held(person):
    """Return a person's addresses, the primary one first."""
    session().rollback()
    return [one.address for one in addresses_of(person.id)]


def every_address():
    """Return whose every mailbox is."""
    session().rollback()
    return {one.folded: one.person_id for one in session().query(EmailAddress)}


def link_in(mail):
    """Return the path of the link in a mail's text."""
    found = LINK.search(mail.text)
    assert found, mail.text
    return found[1]

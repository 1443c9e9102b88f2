"""Keeps the mails that acts cause, in one language, as tests/mails/ stores them."""

import re
from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy import select, update

from portal.accounts.actions import open_account
from portal.accounts.models import Account
from portal.kernel import clock, worker
from portal.kernel.db import session, unit_of_work
from portal.kernel.mail import Mail
from portal.people.models import Person
from tests.support.browser import Browser
from tests.support.make import Make

BASE = "http://127.0.0.1:5000"
CODE = re.compile(r"^    (\d{6})$", re.MULTILINE)


@dataclass(frozen=True)
class Sent:
    """A mail as it was when it left, and which of its kind."""

    name: str
    variant: str
    mail: Mail


@dataclass
class Scene:
    """The portal in one language; what is posted is kept with the name of its snapshot."""

    portal: Flask
    language: str
    make: Make = field(default_factory=Make)
    kept: list[Sent] = field(default_factory=list)

    def person(self, name: str, address: str = "", zone: str = "") -> Person:
        """Make somebody with an account in the language of the scene."""
        address = address or f"{name.split(maxsplit=1)[0].lower()}@example.com"
        person = self.make.person(name, address=address)
        with unit_of_work() as work:
            open_account(person, self.language, clock.now())
            if zone:
                mine = Account.person_id == person.id
                work.execute(update(Account).where(mine).values(zone=zone))
        return person

    def browser(self, person: Person | None = None) -> Browser:
        """Open a browser in the language of the scene, for somebody or nobody."""
        browser = Browser(self.portal)
        if person is not None:
            return browser.sign_in(person)
        browser.client.set_cookie("lang", self.language)
        return browser

    def keep(self, variant: str = "", to: str = "", name: str = "", listed: str = "") -> Mail:
        """Let the worker write what is due, and keep the latest mail: to an address, of a name, a list."""
        worker.drain()
        session().rollback()
        query = select(Mail).order_by(Mail.id.desc()).limit(1)
        if to:
            query = query.where(Mail.address == to)
        if name:
            query = query.where(Mail.name == name)
        if listed:
            query = query.where(Mail.list_id == listed)
        mail = session().scalars(query).one()
        session().expunge(mail)
        self.kept.append(Sent(mail.name, variant, mail))
        return mail


def path_in(mail: Mail) -> str:
    """Return the path of the first link in a mail."""
    found = re.search(rf"{BASE}(/\S+)", mail.text)
    assert found, mail.text
    return found[1]


def code_in(mail: Mail) -> str:
    """Return the code in a mail."""
    found = CODE.search(mail.text)
    assert found, mail.text
    return found[1]


SECRET = re.compile(
    r"/(sign-in/link|account/addresses/(?:link|confirmation|undoing)|door|mail/lists)/[^\s\"<]+"
)
DIGITS = re.compile(r"(?<![\w#&])\d{6}(?!\w)")


def steady(text: str) -> str:
    """Return what stands in a mail without what is another in each run: secrets and codes."""
    return DIGITS.sub("123456", SECRET.sub(r"/\1/secret", text))

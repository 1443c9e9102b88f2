"""Let people in: by code, by link, by password; a new name becomes a new person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlalchemy.exc import IntegrityError

from portal.accounts import queries
from portal.accounts.actions.asking import code_of, link_secret_of
from portal.accounts.facts import AccountOpened
from portal.accounts.models import Account, SignInRequest, UserSession
from portal.accounts.policy import (
    CODE_LIFE,
    MOST_TRIES,
    SESSION_LIFE,
    WRONG_CODE,
    WRONG_PASSWORD,
    may_use_code,
)
from portal.kernel import keys
from portal.kernel.db import session
from portal.kernel.decisions import Decision
from portal.kernel.facts import record
from portal.people.actions import begin_relation, confirm_address, host_named, receive_person
from portal.people.models import Person
from portal.people.queries import person_by_address


@dataclass(frozen=True)
class Entrance:
    """What a browser gets when somebody signs in: its token, and where they were going."""

    token: str
    language: str
    next_path: str | None


def enter_by_code(
    asked: SignInRequest, typed: str, host: str, browser: str, at: datetime
) -> Entrance | Decision:
    """Sign in with the typed code; five wrong ones end the request."""
    digits = "".join(str(int(char)) for char in typed if char.isdecimal())
    if keys.same(digits, code_of(asked)):
        return _enter(asked, host, browser, at)
    counted = _changed(asked, at, tries=SignInRequest.tries + 1)
    return WRONG_CODE if counted else _refused(asked, at)


def enter_by_link(
    asked: SignInRequest, secret: str, host: str, browser: str, at: datetime
) -> Entrance | Decision:
    """Sign in with the mailed link's secret."""
    if not keys.same(secret, link_secret_of(asked)):
        return WRONG_CODE
    return _enter(asked, host, browser, at)


def enter_by_password(
    address: str, verified_hash: str, browser: str, at: datetime
) -> Entrance | Decision:
    """Sign in with a password that has been verified, if it is still the one."""
    person_id, password_hash = queries.password_of(address)
    if person_id is None or password_hash != verified_hash:
        return WRONG_PASSWORD
    return enter_as(session().get_one(Person, person_id), browser, at)


def enter_as(person: Person, browser: str, at: datetime) -> Entrance:
    """Begin the session of somebody who has shown who they are."""
    return _begin_session(person, browser, at, None)


def open_account(person: Person, language: str, at: datetime) -> Account:
    """Give a person a way to sign in."""
    account = Account(person_id=person.id, language=language, opened_at=at)
    session().add(account)
    session().flush()
    record(AccountOpened(person_id=person.id), at)
    return account


def _changed(asked: SignInRequest, at: datetime, **values: datetime | ColumnElement[int]) -> bool:
    """Change a request only while it can be used: a rush of guesses gets five tries, not more."""
    usable = update(SignInRequest).where(
        SignInRequest.id == asked.id,
        SignInRequest.used_at.is_(None),
        SignInRequest.superseded_at.is_(None),
        SignInRequest.tries < MOST_TRIES,
        SignInRequest.created_at > at - CODE_LIFE,
    )
    changed = session().execute(
        usable.values(**values).execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]


def _refused(asked: SignInRequest, at: datetime) -> Decision:
    session().refresh(asked)
    used, superseded = asked.used_at is not None, asked.superseded_at is not None
    return may_use_code(asked.created_at, used, superseded, asked.tries, at)


def _enter(asked: SignInRequest, host: str, browser: str, at: datetime) -> Entrance | Decision:
    """Use the request up, once, and let its person in."""
    if not _changed(asked, at, used_at=at):
        return _refused(asked, at)
    person = person_by_address(asked.address) or _sign_up(asked, host, at)
    return _begin_session(person, browser, at, asked) if person else WRONG_CODE


def _sign_up(asked: SignInRequest, host: str, at: datetime) -> Person | None:
    """Receive a new person with an open candidate relation; None when no name was given."""
    if asked.name is None:
        return None
    try:
        with session().begin_nested():
            person = receive_person(asked.name, at)
            confirm_address(person, asked.address, at)
    except IntegrityError:
        # Another browser of theirs was quicker with the same address.
        return person_by_address(asked.address)
    begin_relation(
        person,
        host_named(host),
        "candidate",
        at.date(),
        at,
        purpose="recruitment",
        legal_basis="steps at the person's request",
        source="sign-up",
    )
    return person


def _begin_session(
    person: Person, browser: str, at: datetime, asked: SignInRequest | None
) -> Entrance:
    account = _account_for(person, asked.language if asked else "sv", at)
    token = keys.token()
    session().add(
        UserSession(
            public_id=keys.public_id(),
            person_id=person.id,
            token_digest=keys.digest(token),
            browser=browser,
            began_at=at,
            previous_at=account.last_sign_in_at,
            expires_at=at + SESSION_LIFE,
        )
    )
    account.last_sign_in_at = at
    session().flush()
    return Entrance(token, account.language, asked.next_path if asked else None)


def _account_for(person: Person, language: str, at: datetime) -> Account:
    if account := queries.account_of(person.id):
        return account
    try:
        with session().begin_nested():
            return open_account(person, language, at)
    except IntegrityError:
        return session().get_one(Account, person.id)

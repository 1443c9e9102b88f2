"""Let people in: by code, by link, by password; a new name becomes a new person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from portal.accounts import queries
from portal.accounts.actions.asking import note_refusal
from portal.accounts.actions.first_step import take_first_step
from portal.accounts.actions.mailed import use_code, use_link
from portal.accounts.actions.reaching import note_arrival
from portal.accounts.actions.sessions import begin_session
from portal.accounts.models import FirstStep, SignInRequest
from portal.accounts.policy import WRONG_CODE, WRONG_PASSWORD
from portal.kernel.db import session
from portal.kernel.decisions import Decision
from portal.kernel.text import DEFAULT_LANGUAGE
from portal.people.actions import begin_relation, confirm_address, host_named, receive_person
from portal.people.models import Person
from portal.people.queries import person_by_address


@dataclass(frozen=True)
class Entrance:
    """Who signs in, what their browser gets, and where they were going."""

    person_id: int
    token: str
    language: str
    next_path: str | None


def enter_by_code(
    asked: SignInRequest, typed: str, host: str, browser: str, at: datetime
) -> Entrance | FirstStep | Decision:
    """Sign in with the typed code; five wrong ones end the request."""
    used = use_code(asked, typed, at)
    if used == WRONG_CODE:
        note_refusal("code", asked.address, at)
    return _enter(asked, host, "code", browser, at) if used else used


def enter_by_link(
    asked: SignInRequest, secret: str, host: str, browser: str, at: datetime
) -> Entrance | FirstStep | Decision:
    """Sign in with the mailed link's secret."""
    used = use_link(asked, secret, at)
    return _enter(asked, host, "link", browser, at) if used else used


def enter_by_password(
    address: str, verified_hash: str, browser: str, at: datetime, next_path: str | None = None
) -> Entrance | FirstStep | Decision:
    """Sign in with a password that has been verified, if it is still the one."""
    person_id, password_hash = queries.password_of(address)
    if person_id is None or password_hash != verified_hash:
        return WRONG_PASSWORD
    return enter(
        session().get_one(Person, person_id), browser, at, way="password", next_path=next_path
    )


def enter(
    person: Person,
    browser: str,
    at: datetime,
    *,
    way: str,
    language: str = DEFAULT_LANGUAGE,
    next_path: str | None = None,
) -> Entrance | FirstStep:
    """Let in who has shown one thing; somebody with a second step comes only that far."""
    if queries.has_second_step(person.id):
        return take_first_step(person, way, at, next_path)
    return enter_as(person, browser, at, way=way, language=language, next_path=next_path)


def enter_as(
    person: Person,
    browser: str,
    at: datetime,
    *,
    way: str = "",
    language: str = DEFAULT_LANGUAGE,
    next_path: str | None = None,
) -> Entrance:
    """Begin the session of somebody who has shown who they are. NotAllowed when suspended."""
    token, spoken = begin_session(person, browser, at, way=way, language=language)
    return Entrance(person.id, token, spoken, next_path)


def receive_candidate(name: str, address: str, host: str, at: datetime) -> Person:
    """Receive a new person, whom an address has been proved to reach, with a candidate relation."""
    try:
        with session().begin_nested():
            person = receive_person(name, at)
            confirm_address(person, address, at)
    except IntegrityError:
        # Another browser of theirs was quicker with the same address.
        known = person_by_address(address)
        assert known is not None
        return known
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


def _enter(
    asked: SignInRequest, host: str, way: str, browser: str, at: datetime
) -> Entrance | FirstStep | Decision:
    """Let in whose request it was; a request of nobody who gave no name lets nobody in."""
    note_arrival(asked.folded, asked.created_at, at)
    person = person_by_address(asked.address)
    if person is None and asked.name is not None:
        person = receive_candidate(asked.name, asked.address, host, at)
    if person is None:
        return WRONG_CODE
    language, next_path = asked.language, asked.next_path
    return enter(person, browser, at, way=way, language=language, next_path=next_path)

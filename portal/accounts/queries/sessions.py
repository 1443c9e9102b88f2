"""Who is signed in, and what they have to do with signing in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, select

from portal.accounts.models import Account, UserSession
from portal.kernel import clock, keys
from portal.kernel.actors import ADMINISTRATOR, Actor
from portal.kernel.db import fetch, session
from portal.kernel.mailboxes import fold_address
from portal.people.models import EmailAddress, Person, Suspension
from portal.people.queries import administers

MOST_SESSIONS = 50


@dataclass(frozen=True)
class SignedIn:
    """A signed-in browser and who sits at it."""

    session_id: int
    public_id: str
    actor: Actor
    language: str
    previous_at: datetime | None
    began_at: datetime
    proved_at: datetime
    has_password: bool
    zone: str
    unread: int


_signed_in = (
    select(
        UserSession.id.label("session_id"),
        UserSession.public_id,
        UserSession.person_id,
        Person.name,
        Person.coordinates,
        case((administers(UserSession.person_id), 1), else_=0).label("administers"),
        Account.language,
        UserSession.previous_at,
        UserSession.expires_at,
        UserSession.began_at,
        UserSession.proved_at,
        Account.password_hash.is_not(None).label("has_password"),
        Account.zone,
        Account.unread,
    )
    .join(Person, Person.id == UserSession.person_id)
    .join(Account, Account.person_id == UserSession.person_id)
    .where(
        UserSession.token_digest == bindparam("digest"),
        UserSession.ended_at.is_(None),
        Person.suspended_at.is_(None),
    )
)


def signed_in(token: str) -> SignedIn | None:
    """Find who holds this session token, in one query; None when it has ended or they are suspended."""
    row = next(iter(fetch(_signed_in, {"digest": keys.digest(token)})), None)
    if row is None or row.expires_at <= clock.now():
        return None
    roles = frozenset({ADMINISTRATOR}) if row.administers else frozenset[str]()
    return SignedIn(
        session_id=row.session_id,
        public_id=row.public_id,
        actor=Actor(row.person_id, row.name, roles, row.coordinates > 0),
        language=row.language,
        previous_at=row.previous_at,
        began_at=row.began_at,
        proved_at=row.proved_at,
        has_password=bool(row.has_password),
        zone=row.zone,
        unread=row.unread,
    )


def password_of(address: str) -> tuple[int | None, str | None]:
    """Find whose address this is, and their password's hash: one query, known or not."""
    query = (
        select(EmailAddress.person_id, Account.password_hash)
        .outerjoin(Account, Account.person_id == EmailAddress.person_id)
        .where(EmailAddress.folded == fold_address(address), EmailAddress.verified_at.is_not(None))
    )
    row = session().execute(query).one_or_none()
    return (row[0], row[1]) if row else (None, None)


def sessions_of(person_id: int) -> list[UserSession]:
    """Return the browsers where a person is signed in, latest first, as many as one can read."""
    query = (
        select(UserSession)
        .where(
            UserSession.person_id == person_id,
            UserSession.ended_at.is_(None),
            UserSession.expires_at > clock.now(),
        )
        .order_by(UserSession.began_at.desc(), UserSession.id.desc())
        .limit(MOST_SESSIONS)
    )
    return list(session().scalars(query))


def account_of(person_id: int) -> Account | None:
    """Return a person's account, if they have one."""
    return session().get(Account, person_id)


def reason_of_suspension(person: Person) -> str | None:
    """Return why a person is suspended now; None when they are not, or nothing was written."""
    if person.suspended_at is None:
        return None
    query = select(Suspension.reason).where(
        Suspension.person_id == person.id, Suspension.ended_at.is_(None)
    )
    return session().scalars(query).first()

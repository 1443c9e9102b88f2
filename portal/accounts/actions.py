"""Sign in, sign up, sign out; choose a language and a password."""

from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import update

from portal.accounts import queries
from portal.accounts.facts import AccountOpened, PasswordChanged
from portal.accounts.models import Account, SignInRequest, UserSession
from portal.accounts.policy import SESSION_LIFE, may_use_code
from portal.kernel import jobs, keys
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.decisions import Decision, deny
from portal.kernel.facts import record
from portal.kernel.text import _l
from portal.people.actions import begin_relation, confirm_address, host_named, receive_person
from portal.people.models import Person
from portal.people.queries import fold_address, person_by_address

# OWASP's figures for Argon2id: 19 MiB, 2 passes; about 25 ms (docs/performance.md).
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash("nobody has this password")
WRONG_CODE = deny(_l("That is not the code in the latest mail. Look again, or ask for a new one."))


@dataclass(frozen=True)
class Entrance:
    """What a browser gets when somebody signs in: its token, and where they were going."""

    token: str
    language: str
    next_path: str | None


def ask_to_sign_in(
    address: str, language: str, at: datetime, *, name: str | None = None, next_path: str | None = None
) -> SignInRequest:
    """Ask for a mailed code; the same work is done whether or not the address is known."""
    folded = fold_address(address)
    earlier = update(SignInRequest).where(
        SignInRequest.folded == folded, SignInRequest.superseded_at.is_(None)
    )
    session().execute(earlier.values(superseded_at=at))
    asked = SignInRequest(
        public_id=keys.public_id(),
        nonce=keys.token(),
        address=address,
        folded=folded,
        name=name,
        language=language,
        next_path=next_path,
        created_at=at,
    )
    session().add(asked)
    session().flush()
    jobs.enqueue("accounts.mail_code", {"request_id": asked.id}, dedupe_key=f"code:{asked.id}")
    return asked


def code_of(asked: SignInRequest) -> str:
    """Return the six digits mailed for a request."""
    return f"{int(keys.keyed('code', asked.id, asked.nonce), 16) % 1_000_000:06}"


def link_secret_of(asked: SignInRequest) -> str:
    """Return the secret part of the link mailed for a request."""
    return keys.keyed("link", asked.id, asked.nonce)[:40]


def enter_by_code(asked: SignInRequest, typed: str, host: str, browser: str, at: datetime) -> Entrance | Decision:
    """Sign in with the typed code; five wrong ones end the request."""
    if not (fresh := _still_usable(asked, at)):
        return fresh
    counted = update(SignInRequest).where(SignInRequest.id == asked.id)
    session().execute(counted.values(tries=SignInRequest.tries + 1))
    digits = "".join(char for char in typed if char.isdecimal())
    if not keys.same(digits, code_of(asked)):
        return WRONG_CODE
    return _enter(asked, host, browser, at)


def enter_by_link(asked: SignInRequest, secret: str, host: str, browser: str, at: datetime) -> Entrance | Decision:
    """Sign in with the mailed link's secret."""
    if not (fresh := _still_usable(asked, at)):
        return fresh
    if not keys.same(secret, link_secret_of(asked)):
        return WRONG_CODE
    return _enter(asked, host, browser, at)


def password_fits(password_hash: str | None, password: str) -> bool:
    """Verify a password; takes as long when there is none. Slow: keep it outside transactions."""
    try:
        _hasher.verify(password_hash or _nobody, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def hash_password(password: str) -> str:
    """Hash a password with Argon2id. Slow: keep it outside transactions."""
    return _hasher.hash(password)


def enter_by_password(person: Person, browser: str, at: datetime) -> Entrance:
    """Sign in somebody whose password has been verified."""
    return _begin_session(person, browser, at, None)


def set_password(actor: Actor, password_hash: str | None, at: datetime, keep_session: int) -> None:
    """Set or take away the password; every other browser is signed out."""
    mine = update(Account).where(Account.person_id == actor.person_id)
    session().execute(mine.values(password_hash=password_hash))
    end_sessions(actor, at, keep=keep_session)
    if actor.person_id is not None:
        record(PasswordChanged(person_id=actor.person_id), at)


def choose_language(actor: Actor, language: str) -> None:
    """Remember the language of a person's pages and mails."""
    mine = update(Account).where(Account.person_id == actor.person_id)
    session().execute(mine.values(language=language))


def end_session(actor: Actor, public_id: str, at: datetime) -> bool:
    """Sign one of the actor's browsers out; say whether it was signed in."""
    mine = update(UserSession).where(
        UserSession.public_id == public_id,
        UserSession.person_id == actor.person_id,
        UserSession.ended_at.is_(None),
    )
    return bool(session().execute(mine.values(ended_at=at)).rowcount)  # type: ignore[attr-defined]


def end_sessions(actor: Actor, at: datetime, keep: int | None = None) -> None:
    """Sign the actor out everywhere, but for the session `keep`."""
    mine = update(UserSession).where(
        UserSession.person_id == actor.person_id, UserSession.ended_at.is_(None)
    )
    if keep is not None:
        mine = mine.where(UserSession.id != keep)
    session().execute(mine.values(ended_at=at))


def open_account(person: Person, language: str, at: datetime) -> Account:
    """Give a person a way to sign in."""
    account = Account(person_id=person.id, language=language, opened_at=at)
    session().add(account)
    session().flush()
    record(AccountOpened(person_id=person.id), at)
    return account


def _still_usable(asked: SignInRequest, at: datetime) -> Decision:
    used, superseded = asked.used_at is not None, asked.superseded_at is not None
    return may_use_code(asked.created_at, used, superseded, asked.tries, at)


def _enter(asked: SignInRequest, host: str, browser: str, at: datetime) -> Entrance | Decision:
    """Use the request up, once, and let its person in; a new name becomes a new person."""
    once = update(SignInRequest).where(SignInRequest.id == asked.id, SignInRequest.used_at.is_(None))
    if session().execute(once.values(used_at=at)).rowcount != 1:  # type: ignore[attr-defined]
        return _still_usable(asked, at) and WRONG_CODE
    person = person_by_address(asked.address)
    if person is None:
        if asked.name is None:
            return WRONG_CODE
        person = _sign_up(asked, asked.name, host, at)
    return _begin_session(person, browser, at, asked)


def _sign_up(asked: SignInRequest, name: str, host: str, at: datetime) -> Person:
    person = receive_person(name, at)
    confirm_address(person, asked.address, at)
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


def _begin_session(person: Person, browser: str, at: datetime, asked: SignInRequest | None) -> Entrance:
    language = asked.language if asked else "sv"
    account = queries.account_of(person.id) or open_account(person, language, at)
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

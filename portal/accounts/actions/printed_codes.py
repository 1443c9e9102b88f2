"""Codes on paper, for the day when the phone is lost: ten at a time, each for once."""

import secrets
from datetime import datetime

from sqlalchemy import delete, update

from portal.accounts.facts import PrintedCodesMade, PrintedCodeUsed
from portal.accounts.models import PrintedCode
from portal.accounts.policy import PRINTED, PRINTED_LENGTH, is_printed, plain_printed
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import changed, session
from portal.kernel.facts import record


def print_codes_anew(actor: Actor, at: datetime) -> list[str]:
    """Make new printed codes, which are shown this once; the old ones open nothing."""
    made = make_printed_codes(actor.own_id, at)
    record(PrintedCodesMade(actor.own_id), at)
    return made


def make_printed_codes(person_id: int, at: datetime) -> list[str]:
    """Replace a person's printed codes; only digests of the new ones are kept."""
    forget_printed_codes(person_id)
    made = [_printed() for _number in range(PRINTED)]
    session().add_all(
        PrintedCode(person_id=person_id, digest=_digest(one), made_at=at) for one in made
    )
    session().flush()
    return made


def use_printed_code(person_id: int, typed: str, at: datetime) -> bool:
    """Use up one of a person's printed codes, if this is one."""
    unused = update(PrintedCode).where(
        PrintedCode.person_id == person_id,
        PrintedCode.digest == _digest(plain_printed(typed)),
        PrintedCode.used_at.is_(None),
    )
    if not changed(unused.values(used_at=at)):
        return False
    record(PrintedCodeUsed(person_id), at)
    return True


def forget_printed_codes(person_id: int) -> None:
    """Take a person's printed codes away."""
    session().execute(delete(PrintedCode).where(PrintedCode.person_id == person_id))


def _printed() -> str:
    """Make a printed code; a letter in it tells it from the app's."""
    while not is_printed(made := _random()):
        pass
    return made


def _random() -> str:
    return "".join(secrets.choice(keys.ALPHABET) for _ in range(PRINTED_LENGTH))


def _digest(printed: str) -> str:
    return keys.keyed("printed code", printed)

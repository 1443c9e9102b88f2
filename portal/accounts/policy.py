"""Rules of signing in: how long things live, and which passwords will do."""

import re
from datetime import datetime, timedelta

from zxcvbn import zxcvbn

from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import _l

CODE_LIFE = timedelta(minutes=15)
MOST_TRIES = 5
SESSION_LIFE = timedelta(days=90)
IDLE_LIFE = timedelta(days=30)
ADMINISTRATOR_IDLE_LIFE = timedelta(hours=12)
RECENT = timedelta(minutes=30)  # a sign-in this fresh needs no further proof
SHORTEST_PASSWORD = 15  # characters, NIST SP 800-63B-4 for a password that is the only factor
LONGEST_PASSWORD = 256
ENOUGH_GUESSES = 1e10  # zxcvbn's line between "somewhat" and "safely" unguessable
# zxcvbn knows English words only; these carry no weight in a Swedish password.
SWEDISH_WORDS = frozenset(
    """lösenord losenord hemligt hemlig sommar vinter höst vår sverige svenska stockholm göteborg
    goteborg malmö malmo uppsala hejsan älskar alskar dig mig kärlek karlek mamma pappa hund katt
    januari februari mars april juni juli augusti september oktober november december måndag
    tisdag onsdag torsdag fredag lördag söndag nätverk natverk jobb arbete konsult företag
    välkommen password welcome qwerty asdfgh zxcvbn letmein admin portal alumni""".split()
)
WRONG_CODE = deny(_l("That is not the code in the latest mail. Look again, or ask for a new one."))
WRONG_PASSWORD = deny(_l("The address and the password do not go together."))


def may_use_code(
    created_at: datetime, used: bool, superseded: bool, tries: int, at: datetime
) -> Decision:
    """Say whether a mailed code or link can still be used; all faults get the same answer."""
    if used or superseded or tries >= MOST_TRIES or at >= created_at + CODE_LIFE:
        return deny(_l("That code no longer works. Ask for a new one below."))
    return ALLOW


def may_use_password(password: str, personal: list[str]) -> Decision:
    """Say whether a password is long enough and not made of common or personal words."""
    if len(password) < SHORTEST_PASSWORD:
        return deny(
            _l(
                "Use at least %(num)d characters. A few unrelated words work well.",
                num=SHORTEST_PASSWORD,
            )
        )
    if len(password) > LONGEST_PASSWORD:
        return deny(_l("Use at most %(num)d characters.", num=LONGEST_PASSWORD))
    known = _words(personal)
    left = password.casefold()
    for word in sorted(known | SWEDISH_WORDS, key=len, reverse=True):
        left = left.replace(word, "")
    own = [word for word in known if word in password.casefold()]
    if len(set(left)) < 5 or _guesses(left) < 1e6 or _guesses(password) < ENOUGH_GUESSES:
        if own:
            return deny(_l("Leave out your name, your address and the portal's name."))
        return deny(_l("That is easy to guess. Choose a few words that do not belong together."))
    return ALLOW


def is_recent(began_at: datetime, at: datetime) -> bool:
    """Say whether a sign-in is so fresh that it proves who sits there."""
    return at < began_at + RECENT


def may_change_password(has_password: bool, present_fits: bool, recent: bool) -> Decision:
    """Say whether a new password may be set: the present one proves it, else a fresh sign-in."""
    if has_password:
        return ALLOW if present_fits else deny(_l("That is not your present password."))
    return ALLOW if recent else deny(_l("Show first that it is you: we mail you a code."))


def may_remove_password(present_fits: bool, recent: bool) -> Decision:
    """Say whether the password may be taken away; somebody who forgot it signs in by mail first."""
    if present_fits or recent:
        return ALLOW
    return deny(_l("That is not your present password."))


def _words(personal: list[str]) -> set[str]:
    parts = {part for text in personal for part in re.split(r"[^\w]+", text.casefold())}
    return {part for part in parts if len(part) >= 4}


def _guesses(password: str) -> float:
    # zxcvbn grows slow with length; what stands after 72 characters can only make it harder.
    return float(zxcvbn(password[:72] or "a")["guesses"])


def idle_life(actor: Actor) -> timedelta:
    """Return how long a session may rest before one must sign in again."""
    return ADMINISTRATOR_IDLE_LIFE if actor.is_administrator else IDLE_LIFE

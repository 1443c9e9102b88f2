"""Rules of signing in: how long things live, and which passwords will do."""

import re
import unicodedata
from datetime import datetime, timedelta

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
# zxcvbn knows English only; these words carry no weight in a Swedish password (accents folded).
COMMON_WORDS = frozenset(
    """losenord hemligt hemlig sommar vinter host sverige svensk stockholm goteborg malmo uppsala
    hejsan hejhej alskar dig mig karlek mamma pappa hund katt januari februari mars april juni juli
    augusti september oktober november december mandag tisdag onsdag torsdag fredag lordag sondag
    natverk jobb arbete konsult foretag valkommen hemma password welcome letmein admin portal
    alumni login user secret qwerty""".split()
)
ROWS = ("1234567890", "qwertyuiopa", "asdfghjkloa", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
ENDINGS = "(?:arna|erna|orna|aren|are|ens|ar|er|or|en|et|na|n|t|s|a)?"
YEARS = "(?:19|20)[0-9]{2}"
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
    plain, own = _folded(password), _words(personal)
    left = re.sub(_pattern(own | COMMON_WORDS | RUNS), " ", plain).strip()
    if len(set(left)) < 5 or _guesses(left) < 1e6 or _guesses(password) < ENOUGH_GUESSES:
        if any(word in plain for word in own):
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


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _words(personal: list[str]) -> set[str]:
    parts = {part for text in personal for part in re.split(r"[\W_]+", _folded(text))}
    return {part for part in parts if len(part) >= 4}


def _runs() -> frozenset[str]:
    """Return the pieces of keyboard rows and of the alphabet, there and back."""
    rows = [row[::way] for row in ROWS for way in (1, -1)]
    spans = [
        (row, start, end) for row in rows for start in range(len(row)) for end in range(len(row))
    ]
    return frozenset(row[start : end + 1] for row, start, end in spans if end - start >= 3)


def _pattern(words: frozenset[str] | set[str]) -> str:
    """Match words with their endings, years, and what only stands between."""
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    return rf"(?:{'|'.join(longest_first)}){ENDINGS}|{YEARS}|[\W_]+"


RUNS = _runs()


def _guesses(password: str) -> float:
    # Its word lists take 12 MB and 0.2 s to load; only a new password has need of them.
    from zxcvbn import zxcvbn

    # It grows slow with length; what stands after 72 characters can only make it harder.
    return float(zxcvbn(password[:72] or "a")["guesses"])


def idle_life(actor: Actor) -> timedelta:
    """Return how long a session may rest before one must sign in again."""
    return ADMINISTRATOR_IDLE_LIFE if actor.is_administrator else IDLE_LIFE

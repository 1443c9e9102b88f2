"""Which passwords will do: long, not common, not personal."""

import re
import unicodedata

from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import _l

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
# Marks and blanks, which only stand between words; an emoji is worth as much as a letter.
BETWEEN = r"[\x00-/:-@\[-`{-\xbf\u2000-\u206f]+"
AGAIN = re.compile(r"(.{2,}?)\1+")
ALL_AGAIN = re.compile(r"(.+?)\1+[\d!-/:-@]*")


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
    left = _once(re.sub(_pattern(own | COMMON_WORDS | RUNS), " ", _once(plain))).strip()
    if len(set(left)) < 5 or _guesses(left) < 1e6 or _guesses(password) < ENOUGH_GUESSES:
        if any(word in plain for word in own):
            return deny(_l("Leave out your name, your address and the portal's name."))
        return deny(_l("That is easy to guess. Choose a few words that do not belong together."))
    return ALLOW


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _once(text: str) -> str:
    """Return text without its repetitions: what is written twice is as easy to guess as once."""
    if whole := ALL_AGAIN.fullmatch(text):
        return whole[1]
    return AGAIN.sub(r"\1", text)


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
    return rf"(?:{'|'.join(longest_first)}){ENDINGS}|{YEARS}|{BETWEEN}"


RUNS = _runs()


def _guesses(password: str) -> float:
    # Its word lists take 12 MB and 0.2 s to load; only a new password has need of them.
    from zxcvbn import zxcvbn

    # It grows slow with length; what stands after 72 characters can only make it harder.
    return float(zxcvbn(password[:72] or "a")["guesses"])

"""Removes the characters nobody sees, and makes one tidy line of a title."""

import re

JOINERS = "\u200c\u200d"
# Control characters, soft hyphens, zero-width marks, bidi overrides, tags and lone surrogates:
# they break searching and storing, or make a title read as something it is not.
INVISIBLE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb"
    r"\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")


def clean_line(text: str) -> str:
    """Return a title as one line: nothing invisible, single spaces, trimmed."""
    visible = without_invisible(text).translate({ord(char): None for char in JOINERS})
    return " ".join(visible.split())


def without_invisible(text: str) -> str:
    """Return the text without the characters nobody sees, keeping line breaks and emoji joiners."""
    return _INVISIBLE.sub("", text)

"""Text that is read in lines of 72 and flows in a window of any width (RFC 3676)."""

from collections.abc import Iterator
from textwrap import TextWrapper

WIDTH = 72  # characters, as RFC 3676 wishes; an address is never broken
SIGNATURE = "-- "
_wrapper = TextWrapper(
    WIDTH - 1,
    expand_tabs=False,
    replace_whitespace=False,
    break_long_words=False,
    break_on_hyphens=False,
)


def flowed(text: str) -> str:
    """Break long lines, each with a blank at its end so that readers can join them again."""
    return "".join(
        f"{line}\n" for written in text.removesuffix("\n").split("\n") for line in _lines(written)
    )


def _lines(written: str) -> Iterator[str]:
    """Break one line; only a break of ours ends with a blank, and none begins like a quotation."""
    if written == SIGNATURE:
        yield written
        return
    bare = written.rstrip(" ")
    parts = _wrapper.wrap(bare) if len(bare) > WIDTH else [bare]
    for number, part in enumerate(parts, 1):
        stuffed = f" {part}" if part.startswith((" ", ">", "From ")) else part
        yield stuffed if number == len(parts) else f"{stuffed} "

"""What becomes of what two rows about one person tell: nothing is lost, and nothing shown more."""

from collections.abc import Mapping
from typing import Any, Protocol

from portal.people.models import AUDIENCES, FIELDS

# What a person tells in their own row; where the one who stays says nothing, the other's word counts.
TOLD = ("photo", "headline", "municipality", "about")


class Telling(Protocol):
    """A person's row, as far as merging looks at it."""

    photo: str | None
    headline: str
    municipality: str | None
    about: str


def filled_in(kept: Telling, gone: Telling) -> dict[str, Any]:
    """Return what the one who goes tells and the one who stays does not."""
    return {
        field: getattr(gone, field)
        for field in TOLD
        if getattr(gone, field) and not getattr(kept, field)
    }


def audiences(kept: Any, gone: Any, *, kept_chose: bool, gone_chose: bool) -> Mapping[str, str]:
    """Return who sees what of the one who stays.

    Only who has signed in has chosen anything. Where both have, or neither, the more private choice
    counts; otherwise the choices of the one who has. What one of them tells in the other's place is
    shown to no more people than before.
    """
    chosen = {field: _narrower(kept, gone, field) for field in FIELDS}
    if kept_chose != gone_chose:
        chooser, lent = (kept if kept_chose else gone), filled_in(kept, gone)
        own = {field: getattr(chooser, f"{field}_shown") for field in FIELDS if field not in lent}
        chosen.update(own)
    return chosen


def _narrower(kept: Any, gone: Any, field: str) -> str:
    shown: tuple[str, str] = (getattr(kept, f"{field}_shown"), getattr(gone, f"{field}_shown"))
    return min(shown, key=AUDIENCES.index)

"""What is said of a door: its positions, its forms, how often, and what there is to ask."""

from contextlib import suppress
from datetime import date
from typing import Literal

from portal.kernel.text import Lazy, _, _l, _n
from portal.people.policy.door import (
    Form,
    Position,
    Standing,
    is_over,
    is_paused,
    is_question_due,
)

State = Literal["closed", "over", "paused", "due", "standing"]

POSITION_NAMES: dict[Position, Lazy] = {
    "closed": _l("Closed"),
    "ajar": _l("Ajar"),
    "open": _l("Open"),
}
POSITION_MEANS: dict[Position, Lazy] = {
    "closed": _l("Nobody gets to know anything."),
    "ajar": _l(
        "Those who coordinate your networks get to know, and administrators. Members notice nothing."
    ),
    "open": _l("Everyone who sees your name gets to know."),
}
FORM_NAMES: dict[Form, Lazy] = {
    "employed": _l("Employed"),
    "consultant": _l("Consultant"),
    "gig": _l("Gig"),
}


def state_of(door: Standing | None, today: date) -> State:
    """Say what there is to tell a person about their door, and to ask."""
    if door is None or door.position == "closed":
        return "closed"
    if is_over(door, today):
        return "over"
    if is_paused(door, today):
        return "paused"
    return "due" if is_question_due(door, today) else "standing"


def written_domain(domain: str) -> str:
    """Write a mail domain as people do: östbygg.se, not xn--stbygg-vxa.se."""
    with suppress(UnicodeError):
        return domain.encode().decode("idna")
    return domain


def how_often(months: int | None) -> str:
    """Say how often somebody may get in touch: once in so many months."""
    if months is None:
        return _("Whenever it fits")
    if months == 12:
        return _("At most once a year")
    return _n("At most once a month", "At most once in %(num)d months", months)

"""The kinds of things that people are told of: for whom they are, and how often unless chosen."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from portal.kernel.actors import Actor
from portal.kernel.text import Lazy, _l
from portal.notifications.models import Cadence

Whom = Literal["everybody", "members", "coordinators", "administrators"]


@dataclass(frozen=True)
class Kind:
    """A kind of notice, as it stands among the choices."""

    code: str
    name: Lazy
    explanation: Lazy
    whom: Whom
    # How often it is mailed unless the person chooses; None: it has a mail of its own that always goes
    # (an answer, say), and is no choice.
    cadence: Cadence | None
    # Whether it can be chosen for one network.
    by_network: bool = True


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind; features above this one add theirs, too."""
    KINDS[kind.code] = kind


for _kind in (
    Kind(
        "requests",
        _l("Requests to join"),
        _l("Somebody wants to join a network that you coordinate, and waits for your answer."),
        "coordinators",
        "now",
    ),
    Kind(
        "arrivals",
        _l("New members"),
        _l("Somebody has joined a network that you coordinate."),
        "coordinators",
        "weekly",
    ),
    Kind(
        "events",
        _l("New events"),
        _l("An event is announced in one of your networks."),
        "members",
        "daily",
    ),
    Kind(
        "openings",
        _l("New openings"),
        _l("An opening is shown in one of your networks."),
        "members",
        "weekly",
    ),
    Kind(
        "answers",
        _l("Answers to you"),
        _l("You get an answer to something that you asked."),
        "everybody",
        None,
        by_network=False,
    ),
):
    register(_kind)


def whom(actor: Actor, roles: Collection[str]) -> frozenset[Whom]:
    """Return what somebody is, who has these roles in networks."""
    is_so: dict[Whom, bool] = {
        "everybody": True,
        "members": bool(roles),
        "coordinators": "coordinator" in roles,
        "administrators": actor.is_administrator,
    }
    return frozenset(one for one, is_one in is_so.items() if is_one)


def receivable(whom: frozenset[Whom]) -> list[Kind]:
    """Return the kinds that somebody who is these things can be told of and choose about."""
    return [kind for kind in KINDS.values() if kind.cadence is not None and kind.whom in whom]

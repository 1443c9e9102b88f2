"""Reader: who reads whose journey, and how."""

from dataclasses import dataclass
from datetime import datetime

from portal.journey.policy import Sight
from portal.kernel.actors import Actor
from portal.people.policy import EVERY_AUDIENCE


@dataclass(frozen=True)
class Reader:
    """Who reads whose journey, and how; `shared` are slugs of networks where both belong."""

    viewer: Actor
    person_id: int
    sight: Sight
    at: datetime
    audiences: frozenset[str] = EVERY_AUDIENCE
    relations: bool = True
    shared: frozenset[str] = frozenset()

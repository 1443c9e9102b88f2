"""What people have chosen to be told of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from portal.kernel.db import session
from portal.notifications.models import Choice, MutedNetwork
from portal.notifications.policy import KINDS, Told, chosen


@dataclass
class Wishes:
    """What one person has chosen, by kind and network, and the networks they have muted."""

    choices: dict[tuple[str, int | None], Told] = field(default_factory=dict)
    muted: set[int] = field(default_factory=set)

    def everywhere(self, kind: str) -> Told:
        """Return how they are told of a kind where they have not chosen otherwise."""
        return chosen(KINDS[kind], None, self.choices)

    def about(self, kind: str, network_id: int | None) -> Told:
        """Return how they are told of something of a kind, in a network or outside of all."""
        return chosen(KINDS[kind], network_id, self.choices, muted=network_id in self.muted)


def wishes_of(person_ids: Iterable[int]) -> dict[int, Wishes]:
    """Return what each of these people has chosen; two queries."""
    wishes = choices_of(person_ids)
    muted = select(MutedNetwork.person_id, MutedNetwork.network_id)
    for person_id, network_id in session().execute(muted.where(MutedNetwork.person_id.in_(wishes))):
        wishes[person_id].muted.add(network_id)
    return wishes


def choices_of(person_ids: Iterable[int]) -> dict[int, Wishes]:
    """Return what each of these people has chosen, whatever they have muted; one query."""
    wishes = {person_id: Wishes() for person_id in person_ids}
    columns: tuple[Any, ...] = (
        Choice.person_id,
        Choice.kind,
        Choice.network_id,
        Choice.in_portal,
        Choice.cadence,
    )
    current = select(*columns).where(Choice.person_id.in_(wishes), Choice.ended_at.is_(None))
    for person_id, kind, network_id, in_portal, cadence in session().execute(current):
        wishes[person_id].choices[kind, network_id] = Told(in_portal, cadence)
    return wishes

"""What a person's choices mean for one thing that has happened."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.notifications.models import Cadence
from portal.notifications.policy.kinds import Kind


@dataclass(frozen=True)
class Told:
    """How somebody is told: in the portal or not, and how often by mail."""

    in_portal: bool
    cadence: Cadence


NOTHING = Told(in_portal=False, cadence="never")
# What was chosen, by kind and network; None stands for all networks.
Chosen = Mapping[tuple[str, int | None], Told]


def chosen(kind: Kind, network_id: int | None, choices: Chosen, *, muted: bool = False) -> Told:
    """Return how somebody is told: a muted network is silent; a choice for one network goes before
    one for all; without any it is as usual."""
    if kind.cadence is None:
        return Told(in_portal=True, cadence="never")
    if muted:
        return NOTHING
    usual = Told(in_portal=True, cadence=kind.cadence)
    everywhere = choices.get((kind.code, None), usual)
    return choices.get((kind.code, network_id), everywhere) if network_id else everywhere

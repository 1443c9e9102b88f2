"""Pieces that higher features add to a lower one's page, such as a network's openings and events.

A page asks for what has been registered at its place; it never learns who registered it, so that
imports keep pointing downwards (docs/decisions/0005).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portal.kernel.actors import Actor


@dataclass(frozen=True)
class Section:
    """A fragment, and what it needs under the name `part`."""

    template: str
    part: Mapping[str, Any]


Provider = Callable[[Actor, Any], Section]
_providers: dict[str, list[tuple[int, Provider]]] = {}


def section(place: str, order: int) -> Callable[[Provider], Provider]:
    """Register a function that makes a section for the page `place`; lower orders stand first."""

    def register(provider: Provider) -> Provider:
        _providers.setdefault(place, []).append((order, provider))
        return provider

    return register


def sections_of(place: str, actor: Actor, thing: Any) -> list[Section]:
    """Return the sections of a page, in their order."""
    ordered = sorted(_providers.get(place, ()), key=lambda one: one[0])
    return [provider(actor, thing) for _order, provider in ordered]

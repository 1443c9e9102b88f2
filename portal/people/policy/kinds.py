"""Rules about the kinds of relations: which may be added, retired and brought back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.search.analysis import words
from portal.kernel.text import Lazy, _l, language

LONGEST_KIND_NAME = 60  # characters
LONGEST_CODE = 20
MOST_KINDS = 100
PHASE_NAMES: dict[str, Lazy] = {
    "before": _l("Before: on the way in"),
    "during": _l("During: works with us"),
    "after": _l("After: has moved on"),
}


@dataclass(frozen=True)
class KindName:
    """What a kind is called, in the language of whoever reads it."""

    name_sv: str
    name_en: str

    def __str__(self) -> str:
        return self.name_sv if language() == "sv" else self.name_en


@dataclass(frozen=True)
class ToldKind:
    """What an administrator says of a kind they add."""

    name_sv: str
    name_en: str
    phase: str
    is_candidate: bool = False
    is_colleague: bool = False
    purpose: str = ""
    legal_basis: str = ""


class Kind(Protocol):
    """A kind of relation, as far as the rules look at it."""

    @property
    def is_built_in(self) -> bool: ...
    @property
    def retired_at(self) -> datetime | None: ...


def may_keep_kinds(actor: Actor) -> Decision:
    """Say whether the actor decides which kinds of relations there are."""
    if not actor.is_administrator:
        return deny(_l("Only administrators decide about the kinds of relations."))
    return ALLOW


def may_rename_kind(kind: Kind) -> Decision:
    """Say whether a kind may get other names: not those the portal itself stands on."""
    if kind.is_built_in:
        return deny(_l("The portal came with this kind, and its name is fixed."))
    return ALLOW


def may_retire_kind(kind: Kind) -> Decision:
    """Say whether a kind may be put out of use."""
    if kind.is_built_in:
        return deny(_l("The portal came with this kind and needs it."))
    return deny(_l("This kind is out of use already.")) if kind.retired_at else ALLOW


def code_of_kind(name: str) -> str:
    """Return a code for a kind, made of its English name; may be empty."""
    return "_".join(word for word in words(name) if word.isalnum())[:LONGEST_CODE].strip("_")

"""What one can look for in people, and how each wish is asked: as far as the viewer may know."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true

from portal.directory.queries.asking import (
    NETWORK,
    PLACE,
    RELATION,
    SKILL,
    TODAY,
    Sight,
)
from portal.directory.queries.doors import doors_in_reach, sees_door
from portal.directory.queries.words import END, begins, rarest_first
from portal.kernel.viewing import VIEWER, Kind, stand_in
from portal.networks.models import Membership
from portal.networks.queries import belongs_to, is_active
from portal.people.models import NameWord, Person, Relation, RelationKind, Skill
from portal.people.queries import is_walled_off

# Every municipality's code begins with its county's.
END_OF_COUNTY = PLACE.concat("99")

Wish = Literal["network", "skill", "municipality", "county", "relation", "door"]


@dataclass(frozen=True)
class MyNetwork:
    """A network the actor belongs to."""

    id: int
    slug: str
    name: str
    member_count: int


@dataclass(frozen=True)
class Filters:
    """Whom somebody looks for; a network is one of their own, a place SCB's code of 2 or 4 digits."""

    name: str = ""
    network: MyNetwork | None = None
    skill: str = ""
    place: str = ""
    relation: str = ""
    door: bool = False

    @property
    def words(self) -> list[bytes]:
        return rarest_first(self.name)

    @property
    def wishes(self) -> tuple[Wish, ...]:
        """Return which wishes there are, beside the name."""
        place: Wish = "county" if len(self.place) == 2 else "municipality"
        told: dict[Wish, Any] = {
            "network": self.network,
            "skill": self.skill,
            place: self.place,
            "relation": self.relation,
            "door": self.door,
        }
        return tuple(wish for wish, value in told.items() if value)

    def values(self) -> dict[str, Any]:
        """Return the values of the wishes' parameters."""
        return {
            "network": self.network.id if self.network else None,
            "skill": self.skill,
            "place": self.place,
            "relation": self.relation,
            **{f"word{number}": word for number, word in enumerate(self.words)},
            **{f"end{number}": word + END for number, word in enumerate(self.words)},
        }


def fits(wish: Wish, sight: Sight, people: Any) -> ColumnElement[bool]:
    """Say that somebody of `people` fits a wish, and lets the viewer know so."""
    return _FITS[wish](sight, people)


@cache
def bearers(condition: str, kind: Kind) -> Select[Any]:
    """Select the ids of all who fit a wish or the rarest word of the name, seen or not.

    They are counted, and gathered when they are few.
    """
    found: dict[str, Select[Any]] = {
        "name": select(NameWord.person_id).where(begins(0)),
        "network": select(Membership.person_id).where(
            Membership.network_id == NETWORK, is_active()
        ),
        "skill": select(Skill.person_id).where(Skill.folded == SKILL),
        "municipality": select(Person.id.label("person_id")).where(Person.municipality == PLACE),
        "county": select(Person.id.label("person_id")).where(
            Person.municipality.between(PLACE, END_OF_COUNTY)
        ),
        "relation": select(Relation.person_id).where(Relation.kind == RELATION),
        "door": doors_in_reach(VIEWER, administers=kind == "administrator"),
    }
    return found[condition]


def bears(person_id: Any, number: int) -> ColumnElement[bool]:
    """Say that somebody bears the name word of this number."""
    return exists().where(NameWord.person_id == person_id, begins(number))


def _in_network(_sight: Sight, people: Any) -> ColumnElement[bool]:
    return belongs_to(people.id, [NETWORK])


def _has_skill(sight: Sight, people: Any) -> ColumnElement[bool]:
    has = exists().where(Skill.person_id == people.id, Skill.folded == SKILL)
    return has & sight.sees(people, "skills")


def _in_municipality(sight: Sight, people: Any) -> ColumnElement[bool]:
    return and_(people.municipality == PLACE, sight.sees(people, "municipality"))


def _lives_in_county(sight: Sight, people: Any) -> ColumnElement[bool]:
    # Not by the index of places: it would give the whole county, to be sorted.
    written = func.coalesce(people.municipality, "")
    return and_(written.between(PLACE, END_OF_COUNTY), sight.sees(people, "municipality"))


def _has_relation(sight: Sight, people: Any) -> ColumnElement[bool]:
    """Say that a relation is going on; of looking for work only unwalled administrators know."""
    known = true() if sight.kind == "administrator" else RelationKind.is_candidate.is_(False)
    walled = is_walled_off(VIEWER, people.id, TODAY)
    has = exists().where(
        Relation.person_id == people.id,
        Relation.kind == RELATION,
        Relation.corrected_at.is_(None),
        Relation.began_on <= TODAY,
        or_(Relation.ended_on.is_(None), Relation.ended_on >= TODAY),
        RelationKind.code == Relation.kind,
        known,
        or_(RelationKind.is_candidate.is_(False), ~walled),
    )
    return has & sight.sees(people, "relations")


def _has_open_door(sight: Sight, people: Any) -> ColumnElement[bool]:
    return sees_door(stand_in(sight.kind), people.id, TODAY)


_FITS: dict[Wish, Callable[[Sight, Any], ColumnElement[bool]]] = {
    "network": _in_network,
    "skill": _has_skill,
    "municipality": _in_municipality,
    "county": _lives_in_county,
    "relation": _has_relation,
    "door": _has_open_door,
}

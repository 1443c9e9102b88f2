"""What people tell about themselves: their own row, and the lists that belong to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from urllib.parse import urlsplit

from sqlalchemy import Date, Select, String, Text, cast, literal, null, select, union_all

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.people.models import (
    LANGUAGE_LEVELS,
    ContactWay,
    Link,
    Person,
    Skill,
    SpokenLanguage,
    Work,
)
from portal.taxonomy.languages import language_name

Part = Literal["work", "skills", "languages", "links", "contact"]
PARTS: tuple[Part, ...] = ("work", "skills", "languages", "links", "contact")


@dataclass(frozen=True)
class Employment:
    """A time at a workplace."""

    id: int
    workplace: str
    title: str
    text: str
    began_on: date
    ended_on: date | None


@dataclass(frozen=True)
class Ability:
    """A skill, and the folded word it is known by."""

    key: str
    label: str


@dataclass(frozen=True)
class Tongue:
    """A language somebody speaks."""

    code: str
    level: str

    @property
    def name(self) -> str:
        return language_name(self.code) or self.code


@dataclass(frozen=True)
class Address:
    """A link."""

    id: int
    url: str
    label: str

    @property
    def host(self) -> str:
        """Return the host that it leads to: a label may say anything."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


@dataclass(frozen=True)
class Way:
    """A way to reach somebody."""

    id: int
    kind: str
    value: str


@dataclass
class Told:
    """The lists of a profile, each in the order it is shown."""

    work: list[Employment] = field(default_factory=list)
    skills: list[Ability] = field(default_factory=list)
    languages: list[Tongue] = field(default_factory=list)
    links: list[Address] = field(default_factory=list)
    contact: list[Way] = field(default_factory=list)


def myself(actor: Actor) -> Person:
    """Return the person who is signed in."""
    return session().get_one(Person, actor.person_id)


def told_by(person_id: int, parts: Iterable[Part] = PARTS) -> Told:
    """Return what a person tells in these parts of the profile; one query, none for no parts."""
    selects = selects_of(person_id, parts)
    return told_from(session().execute(union_all(*selects))) if selects else Told()


def selects_of(person_id: int, parts: Iterable[Part]) -> list[Select[Any]]:
    """Select these parts of a profile, in columns that they share: for one query of all."""
    wanted = frozenset(parts)
    return [_SELECTS[part](person_id) for part in PARTS if part in wanted]


def told_from(rows: Iterable[Any]) -> Told:
    """Put the rows of `selects_of` in the order they are shown."""
    told = Told()
    for row in rows:
        getattr(told, row.part).append(_MADE[row.part](row))
    told.work.sort(key=lambda one: (one.ended_on is None, one.began_on, one.id), reverse=True)
    told.skills.sort(key=lambda one: one.key)
    told.languages.sort(key=lambda one: (LANGUAGE_LEVELS.index(one.level), one.name))
    for listed in (told.links, told.contact):
        listed.sort(key=lambda one: one.id)
    return told


def own_work(actor: Actor, number: int) -> Work | None:
    """Find one of the actor's own workplaces; None for anybody else's."""
    query = select(Work).where(Work.id == number, Work.person_id == actor.person_id)
    return session().scalars(query).one_or_none()


def in_columns(part: str, **columns: Any) -> Select[Any]:
    """Select rows of a part in the columns that all parts share."""
    given = {
        "number": literal(0),
        "key": cast(null(), String),
        "label": cast(null(), String),
        "text": cast(null(), Text),
        "began_on": cast(null(), Date),
        "ended_on": cast(null(), Date),
    } | columns
    return select(
        literal(part).label("part"), *(column.label(name) for name, column in given.items())
    )


def _rows(part: Part, model: Any, **columns: Any) -> Callable[[int], Select[Any]]:
    query = in_columns(part, **columns)
    return lambda person_id: query.where(model.person_id == person_id)


_SELECTS: dict[Part, Callable[[int], Select[Any]]] = {
    "work": _rows(
        "work",
        Work,
        number=Work.id,
        key=Work.workplace,
        label=Work.title,
        text=Work.text,
        began_on=Work.began_on,
        ended_on=Work.ended_on,
    ),
    "skills": _rows("skills", Skill, key=Skill.folded, label=Skill.label),
    "languages": _rows(
        "languages", SpokenLanguage, key=SpokenLanguage.code, label=SpokenLanguage.level
    ),
    "links": _rows("links", Link, number=Link.id, key=Link.url, label=Link.label),
    "contact": _rows(
        "contact", ContactWay, number=ContactWay.id, key=ContactWay.kind, label=ContactWay.value
    ),
}
_MADE: dict[Part, Callable[[Any], Any]] = {
    "work": lambda row: Employment(
        row.number, row.key, row.label, row.text, row.began_on, row.ended_on
    ),
    "skills": lambda row: Ability(row.key, row.label),
    "languages": lambda row: Tongue(row.key, row.label),
    "links": lambda row: Address(row.number, row.key, row.label),
    "contact": lambda row: Way(row.number, row.key, row.label),
}

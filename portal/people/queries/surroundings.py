"""What somebody stands in when they set their door: where they belong, and whom they may shut out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, String, case, cast, literal, select, union_all

from portal.kernel.db import session
from portal.people.models import Affiliation, Door, Organisation, Person, Work
from portal.people.models.spelling import name_key
from portal.people.policy import organisation_keys, sort_key, workplace_key
from portal.people.policy.door import Choice
from portal.people.queries.door import choice_from, details, part
from portal.people.queries.wall import is_current

MOST_FOUND = 8
SHORTEST_SEARCH = 2  # characters


@dataclass(frozen=True)
class Company:
    """An organisation, as it is chosen and shut out."""

    id: int
    name: str
    domain: str | None

    @property
    def keys(self) -> list[str]:
        return organisation_keys(self.id, self.name, self.domain)


@dataclass(frozen=True)
class Surroundings:
    """Where somebody belongs, what their door holds, and the organisations they look at.

    `workplaces` are where their colleagues are, who are shut out anyway; at the `host`, if they
    belong there, nobody is. `chosen` are the organisations of the door or those asked for by id,
    `found` those asked for by name.
    """

    name_shown: str
    host: str | None
    workplaces: list[str]
    choice: Choice
    chosen: list[Company] = field(default_factory=list)
    found: list[Company] = field(default_factory=list)


def around(
    person_id: int,
    today: date,
    door: Door | None = None,
    *,
    chosen: Iterable[int] = (),
    searched: str = "",
) -> Surroundings:
    """Look around a person, into their door, and for organisations to shut out; one query."""
    rows: dict[str, list[Any]] = {}
    parts = _parts(person_id, today, sorted(set(chosen)), name_key(searched))
    told = session().execute(union_all(*parts, *(details(door) if door else ()))).all()
    for row in told:
        rows.setdefault(row.kind, []).append(row)
    ours = {row.key for row in rows.get("ours", ())}
    hosts = _companies(rows.get("host", ()))
    return Surroundings(
        name_shown=rows["person"][0].key,
        host=next((host.name for host in hosts if ours & set(host.keys)), None),
        workplaces=_workplaces(rows.get("colleagues", ()), rows.get("work", ())),
        choice=choice_from(door, told) if door else Choice(),
        chosen=_companies([*rows.get("chosen", ()), *rows.get("excluded", ())]),
        found=_companies(rows.get("found", ())),
    )


def _workplaces(affiliations: Sequence[Any], work: Sequence[Any]) -> list[str]:
    """Name the places where somebody has colleagues, each once."""
    companies = _companies(affiliations)
    named = [company.name for company in companies]
    told = {key for company in companies for key in company.keys}
    keys = {row.key for row in affiliations} - told
    for row in work:
        if (key := workplace_key(row.name)) in keys:
            named.append(row.name)
            keys.remove(key)
    domains = [key.removeprefix("domain:") for key in sorted(keys) if key.startswith("domain:")]
    above = (one for one in domains if not any(one.endswith(f".{other}") for other in domains))
    return named + list(above)


def _companies(rows: Iterable[Any]) -> list[Company]:
    """Return the organisations among rows, each once, by name."""
    found = {
        row.number: Company(row.number, row.name, row.domain)
        for row in rows
        if row.number is not None
    }
    return sorted(found.values(), key=lambda one: (sort_key(one.name), one.id))


def _parts(person_id: int, today: date, chosen: list[int], searched: str) -> list[Select[Any]]:
    parts = [
        part("person", key=Person.name_shown).where(Person.id == person_id),
        _organisations("host").where(Organisation.kind == "host"),
        _belonging().where(Affiliation.person_id == person_id, is_current(Affiliation, today)),
        part("work", name=Work.workplace).where(Work.person_id == person_id),
    ]
    if chosen:
        parts.append(_organisations("chosen").where(Organisation.id.in_(chosen)))
    if len(searched) >= SHORTEST_SEARCH:
        parts.append(_named(searched, chosen))
    return parts


def _belonging() -> Select[Any]:
    """Select affiliations, with the organisation that a key is."""
    kind = case((Affiliation.joins, "colleagues"), else_="ours")
    is_it = Affiliation.key == literal("org:").concat(cast(Organisation.id, String))
    found = part(kind, key=Affiliation.key, **_columns())
    return found.select_from(Affiliation).outerjoin(Organisation, is_it)


def _named(searched: str, but: list[int]) -> Select[Any]:
    """Select the organisations with a name like this, those that begin so first."""
    begins = Organisation.name_key.startswith(searched, autoescape=True)
    query = _organisations("found").where(
        Organisation.name_key.contains(searched, autoescape=True), Organisation.id.not_in(but)
    )
    order = (case((begins, 0), else_=1), Organisation.sort_key, Organisation.id)
    best = query.order_by(*order).limit(MOST_FOUND).subquery()
    return select(*best.c)


def _organisations(kind: str) -> Select[Any]:
    return part(kind, **_columns())


def _columns() -> dict[str, Any]:
    return {
        "number": Organisation.id,
        "name": Organisation.name,
        "domain": Organisation.domain,
    }

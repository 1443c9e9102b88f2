"""What somebody stands in when they set their door: where they belong, and whom they may shut out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, case, literal, null, select
from sqlalchemy import cast as as_type
from sqlalchemy import union_all as all_of

from portal.kernel.db import session
from portal.people.models import Affiliation, Organisation, Person, Work
from portal.people.models.spelling import name_key
from portal.people.policy import organisation_keys, workplace_key
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
    """Where somebody belongs and what they look at.

    `workplaces` are where their colleagues are, who are shut out anyway; at the `host`, if they
    belong there, nobody is. `chosen` and `found` are organisations: asked for by id, and by name.
    """

    name_shown: str = "nobody"
    host: str | None = None
    workplaces: list[str] = field(default_factory=list)
    chosen: list[Company] = field(default_factory=list)
    found: list[Company] = field(default_factory=list)


def around(
    person_id: int, today: date, chosen: Iterable[int] = (), searched: str = ""
) -> Surroundings:
    """Look around a person, and for organisations to shut out; one query."""
    rows: dict[str, list[Any]] = {}
    asked = _rows(person_id, today, sorted(set(chosen)), name_key(searched))
    for row in session().execute(asked):
        rows.setdefault(row.kind, []).append(row)
    ours = {row.key for row in rows.get("ours", ())}
    hosts = [_company(row) for row in rows.get("host", ())]
    return Surroundings(
        name_shown=rows["person"][0].key,
        host=next((host.name for host in hosts if ours & set(host.keys)), None),
        workplaces=_workplaces(rows.get("colleagues", ()), rows.get("work", ())),
        chosen=[_company(row) for row in rows.get("chosen", ())],
        found=[_company(row) for row in rows.get("found", ())],
    )


def _workplaces(affiliations: Sequence[Any], work: Sequence[Any]) -> list[str]:
    """Name the places where somebody has colleagues, each once."""
    companies = [_company(row) for row in affiliations if row.number is not None]
    named = [company.name for company in companies]
    told = {key for company in companies for key in company.keys}
    for row in work:
        key = workplace_key(row.name)
        if key not in told and any(key == one.key for one in affiliations):
            named.append(row.name)
            told.add(key)
    keys = {one.key for one in affiliations} - told
    domains = sorted((key.removeprefix("domain:") for key in keys if key[0] == "d"), key=len)
    for domain in domains:
        if not any(domain.endswith(f".{shorter}") for shorter in domains) and domain not in told:
            named.append(domain)
    return named


def _company(row: Any) -> Company:
    return Company(row.number, row.name, row.domain)


def _rows(person_id: int, today: date, chosen: list[int], searched: str) -> Any:
    found = [
        _row("person", key=Person.name_shown).where(Person.id == person_id),
        _organisations("host").where(Organisation.kind == "host"),
        _belonging().where(Affiliation.person_id == person_id, is_current(Affiliation, today)),
        _row("work", name=Work.workplace).where(Work.person_id == person_id),
    ]
    if chosen:
        found.append(_organisations("chosen").where(Organisation.id.in_(chosen)))
    if len(searched) >= SHORTEST_SEARCH:
        found.append(_named(searched, chosen))
    return all_of(*found)


def _belonging() -> Select[Any]:
    """Select affiliations, with the organisation that a key is."""
    kind = case((Affiliation.joins, "colleagues"), else_="ours")
    organisation = {
        "number": Organisation.id,
        "name": Organisation.name,
        "domain": Organisation.domain,
    }
    is_it = Affiliation.key == literal("org:").concat(as_type(Organisation.id, String))
    query = _row(kind, key=Affiliation.key, **organisation)
    return query.select_from(Affiliation).outerjoin(Organisation, is_it)


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
    columns = (Organisation.id, Organisation.name, Organisation.domain)
    return _row(kind, **dict(zip(("number", "name", "domain"), columns, strict=True)))


def _row(kind: str | ColumnElement[str], **columns: Any) -> Select[Any]:
    """Select what all parts of the query share."""
    nothing = as_type(null(), String)
    given: dict[str, Any] = {
        "number": as_type(null(), Integer),
        "key": nothing,
        "name": nothing,
        "domain": nothing,
    }
    told = literal(kind) if isinstance(kind, str) else kind
    labelled = (column.label(name) for name, column in {**given, **columns}.items())
    return select(told.label("kind"), *labelled)

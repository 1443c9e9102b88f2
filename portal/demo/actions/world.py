"""The demo world: organisations, people, networks, openings, events, from files beside it."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from portal.accounts.actions import open_account
from portal.demo.actions.addresses import make_addresses
from portal.demo.actions.belonging import make_memberships
from portal.demo.actions.decisions import make_decisions
from portal.demo.actions.doors import make_doors
from portal.demo.actions.gatherings import make_events
from portal.demo.actions.journeys import make_journeys
from portal.demo.actions.memories import make_memories
from portal.demo.actions.notices import make_notices
from portal.demo.actions.offers import make_openings
from portal.demo.actions.profiles import make_profiles
from portal.kernel.db import session
from portal.networks.models import Network
from portal.people.actions import (
    appoint_administrator,
    begin_relation,
    confirm_address,
    new_organisation,
    receive_person,
)
from portal.people.models import Organisation, Person
from portal.people.policy import sort_key
from portal.people.policy.organisations import ToldOrganisation

FILES = Path(__file__).resolve().parent.parent / "world"
DEMO_ROLES = {
    "alumna": ("alice-akerlund", "alice@kundidat.example"),
    "candidate": ("bashir-nilsson", "bashir@kundidat.example"),
    "customer": ("carin-oberg", "carin@kundidat.example"),
    "coordinator": ("mona-lindqvist", "mona@kundidat.example"),
    "administrator": ("kim-sandberg", "kim@kundidat.example"),
}
# In the demo world what people tell is seen by those who see their name.
SHOWN_WITH_NAME = ("name", "headline", "municipality", "about")


def is_empty() -> bool:
    """Say whether nobody lives here yet."""
    return session().scalars(select(Person.id).limit(1)).first() is None


def make_world(at: datetime) -> None:
    """Fill an empty database; everything is dated from `at`, and nobody is mailed about it."""
    organisations = {one["key"]: _organisation(one) for one in read("organisations")}
    session().add_all(organisations.values())
    session().flush()
    people = {one["key"]: _person(one, organisations, at) for one in read("people")}
    make_addresses(people, at)
    make_profiles(read("profiles"), people, at)
    networks = {one["slug"]: _network(one, at) for one in read("networks")}
    session().add_all(networks.values())
    session().flush()
    make_memberships(read("memberships"), networks, people, at)
    make_openings(read("openings"), networks, organisations, at)
    make_events(read("events"), networks, people, at)
    make_memories(read("memories"), people, at)
    make_doors(read("doors"), people, organisations, at)
    make_journeys(people, at)
    make_decisions(people, organisations, at)
    make_notices(at)


def read(name: str) -> list[dict[str, Any]]:
    """Read one of the world's files."""
    found: list[dict[str, Any]] = json.loads((FILES / f"{name}.json").read_text("utf-8"))
    return found


def _organisation(told: dict[str, Any]) -> Organisation:
    return new_organisation(
        ToldOrganisation(told["name"], told["kind"], told.get("domain"), told.get("industry"))
    )


def _person(told: dict[str, Any], organisations: dict[str, Organisation], at: datetime) -> Person:
    began = [_month(one["began"]) for one in told["relations"]]
    arrived = datetime.combine(min(began), at.timetz()) if began else at
    person = receive_person(
        told["name"],
        arrived,
        quietly=True,
        headline=told["headline"],
        about=told["about"],
        municipality=told["place"],
        **{f"{field}_shown": told["name_shown"] for field in SHOWN_WITH_NAME},
    )
    confirm_address(person, told["email"], arrived)
    for one in told["relations"]:
        begin_relation(
            person,
            organisations[one["organisation"]],
            one["kind"],
            _month(one["began"]),
            datetime.combine(_month(one["began"]), at.timetz()),
            ended_on=_month(one["ended"]) if one["ended"] else None,
            title=one.get("title", ""),
            source="demo",
            quietly=True,
        )
    if told.get("demo_role"):
        open_account(person, told["language"], arrived).last_sign_in_at = at - timedelta(days=9)
    if told.get("demo_role") == "administrator":
        appoint_administrator(person, arrived)
    return person


def _network(told: dict[str, Any], at: datetime) -> Network:
    fields = ("slug", "name", "summary", "description", "industry", "visibility", "admission")
    values = {field: told[field] for field in (*fields, "language")}
    founded = at - timedelta(days=6 * 365)
    return Network(sort_key=sort_key(told["name"]), created_at=founded, **values)


def _month(written: str) -> date:
    return date.fromisoformat(f"{written}-01")

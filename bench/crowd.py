"""People, networks and events in bulk, around the openings."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from bench import words
from bench.loading import Loader
from bench.openings import NETWORKS
from portal.people.policy import sort_key

EVENTS = 500
MOST_GUESTS = 2_000
INDUSTRIES = "ABCDEFGHIJKLMNOPQRSTU"
Rows = Iterator[tuple[Any, ...]]

PERSON = "id public_id name sort_key headline about name_shown coordinates arrived_at"
RELATION = "id person_id organisation_id kind title began_on ended_on purpose legal_basis source"
NETWORK = (
    "id slug name sort_key summary description industry industry_scheme language "
    "visibility admission member_count created_at"
)
MEMBERSHIP = "id network_id person_id role motivation began_at reason"
EVENT = (
    "id slug title description network_id audience starts_at ends_at timezone place_name address "
    "taken sequence created_at updated_at"
)


def write_people(loader: Loader, count: int, now: datetime) -> None:
    """Write people, the companies, and a relation for each person."""
    companies = enumerate(words.companies(), start=1)
    loader.write("person", PERSON.split(), _people(count, now))
    loader.write(
        "organisation", ("id", "name", "kind"), ((id, n, "customer") for id, n in companies)
    )
    loader.write("relation", RELATION.split(), _relations(count, now))


def write_networks(loader: Loader, people: int, now: datetime) -> None:
    """Write networks with their members: two networks for each person, four for the first."""
    members = dict.fromkeys(range(1, NETWORKS + 1), 0)
    belongings: list[tuple[Any, ...]] = []
    for id in range(1, people + 1):
        for turn in range(2 if id > 1 else 4):
            network_id = (id * 7 + turn * 61) % NETWORKS + 1
            members[network_id] += 1
            began = now - timedelta(days=60)
            belongings.append((len(belongings) + 1, network_id, id, "member", "", began, ""))
    loader.write("network", NETWORK.split(), _networks(members, now))
    loader.write("membership", MEMBERSHIP.split(), belongings)


def write_events(loader: Loader, people: int, now: datetime) -> None:
    """Write events, a day between them, and their guests."""
    loader.write("event", EVENT.split(), _events(now))
    going = [(id, 110 + id * 3, 1, now) for id in range(1, 6)]
    going += [(5 + id, 1 + id % EVENTS, id, now) for id in range(2, min(people, MOST_GUESTS))]
    loader.write("registration", ("id", "event_id", "person_id", "began_at"), going)
    counted = "SELECT count(*) FROM registration WHERE event_id = event.id"
    loader.run(f"UPDATE event SET taken = ({counted})")


def name_of(id: int) -> str:
    """Return the name of the person with this number."""
    first, last = words.names()
    return f"{first[id % len(first)]} {last[(id // 7) % len(last)]}"


def _people(count: int, now: datetime) -> Rows:
    for id in range(1, count + 1):
        name = name_of(id)
        shown = "nobody" if id % 20 == 19 else "networks" if id % 20 > 13 else "members"
        yield id, f"p{id:011}", name, sort_key(name), "Konsult", "", shown, 0, now


def _relations(count: int, now: datetime) -> Rows:
    began, ended = now.date() - timedelta(days=900), now.date()
    for id in range(1, count + 1):
        company = 1 + id % len(words.companies())
        yield id, id, company, "alumnus", "", began, ended, "", "", ""


def _networks(members: dict[int, int], now: datetime) -> Rows:
    for id, count in members.items():
        company = words.companies()[id]
        name, summary = f"{company} nätverk", f"Vi som arbetar med {company}."
        industry, seen = INDUSTRIES[id % 21], "hidden" if id % 20 == 0 else "public"
        text = words.bodies()[id].html.replace("<p>", "").replace("</p>", "\n\n")
        known = (f"network-{id}", name, sort_key(name), summary, text, industry, "SNI2007", "sv")
        yield id, *known, seen, "open", count, now


def _events(now: datetime) -> Rows:
    for id in range(1, EVENTS + 1):
        starts = (now + timedelta(days=id - 100)).replace(minute=0, second=0, microsecond=0)
        title = f"Träff om {words.companies()[id].lower()}"
        network_id, seen = id % NETWORKS + 1, "public" if id % 4 else "members"
        told = (f"event-{id}", title, "Kom och träffas.", network_id, seen)
        when = (starts, starts + timedelta(hours=2), "Europe/Stockholm")
        yield id, *told, *when, "Kontoret", "Storgatan 1", 0, 0, now, now

"""Factories: functions with defaults that give rows as the portal itself would make them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from portal.events.models import Event, Registration
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.networks.models import Membership, Network
from portal.openings.actions import publish_opening
from portal.openings.models import Opening
from portal.openings.policy import position
from portal.people.actions import (
    appoint_administrator,
    begin_relation,
    confirm_address,
    host_named,
    receive_person,
)
from portal.people.models import Organisation, Person
from portal.people.policy import sort_key

# Most tests want people who can be seen; a person who just came is seen by nobody.
SHOWN = ("name", "headline", "municipality", "about")


class Make:
    """Makes things in the database, each in a transaction of its own."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def person(self, name: str | None = None, *, address: str | None = None, **more: Any) -> Person:
        """Make a person with a confirmed address."""
        number = next(self._numbers)
        more = {f"{field}_shown": "networks" for field in SHOWN} | more
        with unit_of_work():
            person = receive_person(name or f"Person {number}", clock.now(), **more)
            confirm_address(person, address or f"person{number}@example.com", clock.now())
        return person

    def administrator(self, name: str = "Kim Sandberg") -> Person:
        person = self.person(name)
        with unit_of_work():
            appoint_administrator(person, clock.now())
        return person

    def host(self) -> Organisation:
        with unit_of_work():
            return host_named("Kundidat")

    def relation(self, person: Person, kind: str = "candidate", **more: Any) -> None:
        organisation = more.pop("organisation", None) or self.host()
        with unit_of_work():
            began = more.pop("began_on", clock.now().date() - timedelta(days=400))
            begin_relation(person, organisation, kind, began, clock.now(), **more)

    def network(self, name: str | None = None, **more: Any) -> Network:
        """Make a public network that anybody may join, unless told otherwise."""
        number = next(self._numbers)
        name = name or f"Nätverk {number}"
        values = {
            "slug": f"network-{number}",
            "name": name,
            "sort_key": sort_key(name),
            "summary": f"Sammanfattning {number}",
            "description": "Välkommen hit.",
            "industry": "J",
            "visibility": "public",
            "admission": "open",
            "created_at": clock.now(),
        }
        return self._kept(Network(**(values | more)))

    def membership(
        self,
        person: Person,
        network: Network,
        role: str = "member",
        state: str = "active",
        **more: Any,
    ) -> Membership:
        """Make a membership that is active, or asked for."""
        at: datetime = more.pop("at", clock.now() - timedelta(days=10))
        times = {"began_at": at} if state == "active" else {"asked_at": at}
        row = Membership(network_id=network.id, person_id=person.id, role=role, **times, **more)
        with unit_of_work():
            session().add(row)
            session().flush()
            if state == "active":
                session().get_one(Network, network.id).member_count += 1
                if role == "coordinator":
                    session().get_one(Person, person.id).coordinates += 1
        return row

    def opening(
        self, title: str | None = None, *, networks: Sequence[Network] = (), **more: Any
    ) -> Opening:
        """Make an open opening, published a day ago and open for a month."""
        number = next(self._numbers)
        published = more.pop("published_at", clock.now() - timedelta(days=1, seconds=number))
        slug = more.pop("slug", f"opening-{number}")
        values = {
            "title": title or f"Tjänst {number}",
            "company": "Provbolaget",
            "state": "published",
            "body": "<p>Text om jobbet.</p>",
            "places": [],
            "forms": [],
            "extents": [],
            "occupation": "",
            "department": "",
            "place_text": "",
            "duration": "",
            "salary_text": "",
            "apply_text": "",
            "remote": "none",
            "audience": "public",
            "source": "portal",
            "expires_at": clock.now() + timedelta(days=30),
            "updated_at": published,
        }
        opening = Opening(
            slug=slug,
            published_at=published,
            position=position(published, slug),
            **(values | more),
        )
        with unit_of_work():
            publish_opening(opening, [network.id for network in networks], published, quietly=True)
        return opening

    def event(self, title: str | None = None, **more: Any) -> Event:
        """Make a public event a week from now, with room for all."""
        number = next(self._numbers)
        starts = more.pop("starts_at", clock.now() + timedelta(days=7))
        values = {
            "slug": f"event-{number}",
            "title": title or f"Evenemang {number}",
            "description": "Kom och träffas.",
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=2),
            "place_name": "Kontoret",
            "address": "Storgatan 1, Umeå",
            "created_at": clock.now(),
            "updated_at": clock.now(),
        }
        return self._kept(Event(**(values | more)))

    def registration(self, person: Person, event: Event) -> Registration:
        row = Registration(event_id=event.id, person_id=person.id, began_at=clock.now())
        with unit_of_work():
            session().add(row)
            session().get_one(Event, event.id).taken += 1
        return row

    def _kept(self, row: Any) -> Any:
        with unit_of_work():
            session().add(row)
        return row

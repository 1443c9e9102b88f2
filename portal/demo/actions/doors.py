"""Doors of the demo world's people: closed where nothing is told."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from portal.kernel.actors import Actor
from portal.people.actions import set_door
from portal.people.models import Organisation, Person
from portal.people.policy.door import Choice


def make_doors(
    told: list[dict[str, Any]],
    people: Mapping[str, Person],
    organisations: Mapping[str, Organisation],
    at: datetime,
) -> None:
    """Let people set their doors, some days `ago`, to begin `in` some days."""
    for one in told:
        person, when = people[one["person"]], at - timedelta(days=one["ago"])
        choice = Choice(
            position=one["position"],
            topics=tuple(one["topics"]),
            places=tuple(one["places"]),
            forms=frozenset(one["forms"]),
            earliest_on=at.date() + timedelta(days=one["in"]) if one["in"] else None,
            contact_months=one["months"],
            organisations=frozenset(organisations[key].id for key in one["organisations"]),
            domains=frozenset(one["domains"]),
        )
        set_door(Actor(person.id, person.name), choice, "", when)

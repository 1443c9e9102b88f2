"""Events of the demo world and who comes to them."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.events.facts import EventAnnounced, PlaceTaken
from portal.events.models import Event, Registration
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.networks.models import Network
from portal.people.models import Person


def make_events(
    told: list[dict[str, Any]],
    networks: dict[str, Network],
    people: dict[str, Person],
    at: datetime,
) -> None:
    """Announce the demo's events and take their guests' places."""
    for one in told:
        event = _event(one, at)
        event.organiser_id = people[one["organiser"]].id
        network = networks[one["network"]] if one["network"] else None
        event.network_id = network.id if network else None
        session().add(event)
        session().flush()
        record(EventAnnounced(event.id, event.network_id), event.created_at, quietly=True)
        for number, key in enumerate(one["attendees"]):
            _take_place(event, people[key], event.created_at + timedelta(hours=5 * number + 1))


def _take_place(event: Event, person: Person, at: datetime) -> None:
    registration = Registration(event_id=event.id, person_id=person.id, began_at=at)
    session().add(registration)
    event.taken += 1
    session().flush()
    record(PlaceTaken(person.id, event.id, registration.id), at, quietly=True)


def _event(told: dict[str, Any], at: datetime) -> Event:
    zone = ZoneInfo(told["timezone"])
    day = at.astimezone(zone).date() + timedelta(days=told["starts_in_days"])
    starts = datetime.combine(day, time.fromisoformat(told["start_time"]), zone).astimezone(UTC)
    announced = min(at - timedelta(days=4), starts - timedelta(days=30))
    return Event(
        slug=told["slug"],
        title=told["title"],
        description=told["description"],
        audience=told["audience"],
        starts_at=starts,
        ends_at=starts + timedelta(minutes=told["duration_minutes"]),
        timezone=told["timezone"],
        place_name=told["place_name"],
        address=told["address"],
        online_url=told["online_url"],
        capacity=told["capacity"],
        taken=0,
        created_at=announced,
        updated_at=announced,
    )

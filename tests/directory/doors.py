"""What the tests of the door share: its form, its rows, and what people see of it."""

import re
from html import unescape

from sqlalchemy import select

from portal.kernel import clock, keys
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow
from portal.people.models import Door, DoorExclusion, DoorPlace, DoorTopic, Organisation
from portal.people.policy.door import expires

PATH = "/journey/door"
EFFECT = re.compile(r'<div id="effect"[^>]*>\s*<p><strong>([^<]*)</strong>')
SENTENCE = re.compile(r"<p><strong>([^<]*)</strong></p>")


def filled(**more):
    """A form as the browser sends it: an open door and nothing else."""
    empty = dict.fromkeys(
        ("seen", "topic", "place", "earliest_on", "contact_months", "paused_until"), ""
    )
    return empty | {"position": "open", "organisation": "", "domain": ""} | more


def seen(browser):
    """The door that the page says one looks at."""
    return re.search(r'name="seen"[^>]*value="([^"]*)"', browser.get(PATH).text)[1]


def choose(browser, **more):
    """Set the door, from a page that was just opened."""
    answer = browser.post(PATH, filled(**({"seen": seen(browser)} | more)))
    assert answer.status_code == 303, answer.text
    return answer


def doors_of(person):
    """All doors of a person, the oldest first."""
    session().rollback()
    query = select(Door).where(Door.person_id == person.id).order_by(Door.id)
    return session().scalars(query.execution_options(populate_existing=True)).all()


def door_of(person):
    """A person's door as it stands."""
    return doors_of(person)[-1]


def topics(door):
    query = select(DoorTopic.label).where(DoorTopic.door_id == door.id)
    return sorted(session().scalars(query))


def places(door):
    return sorted(session().scalars(select(DoorPlace.code).where(DoorPlace.door_id == door.id)))


def excluded(person):
    """The keys of whom a person shuts out now."""
    session().rollback()
    query = select(DoorExclusion.key).where(
        DoorExclusion.person_id == person.id, DoorExclusion.ended_at.is_(None)
    )
    return sorted(session().scalars(query))


def facts(name):
    session().rollback()
    return len(session().scalars(select(FactRow.id).where(FactRow.name == name)).all())


def organisation(name, domain=None, kind="customer"):
    with unit_of_work() as work:
        row = Organisation(name=name, domain=domain, kind=kind)
        work.add(row)
    return row


def sentence(answer):
    """What is said of who would see it, on the page or alone."""
    found = EFFECT.search(answer.text) or SENTENCE.search(answer.text)
    return unescape(found[1])


def open_door(person, position="open", topic="", **more):
    """Put up a door, as the portal itself would write it today unless told otherwise."""
    today = clock.now().date()
    values = {
        "public_id": keys.public_id(),
        "position": position,
        "began_at": clock.now(),
        "expires_on": expires(position, today),
    }
    with unit_of_work() as work:
        door = Door(person_id=person.id, **(values | more))
        work.add(door)
        work.flush()
        if topic:
            work.add(DoorTopic(door_id=door.id, folded=topic.casefold(), label=topic))
    return door

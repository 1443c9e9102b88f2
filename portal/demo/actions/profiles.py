"""What the people of the demo tell about themselves, and to whom."""

from datetime import date, datetime, timedelta
from typing import Any

from portal.demo.actions.pictures import picture
from portal.kernel.db import session
from portal.kernel.files import keep_portrait
from portal.people.actions import new_skill, renew_affiliations
from portal.people.models import ContactWay, Link, Person, Skill, SpokenLanguage, Work

STALE = timedelta(days=400)  # since the first of them last went through their profile


def make_profiles(told: list[dict[str, Any]], people: dict[str, Person], at: datetime) -> None:
    """Write down what people tell; some have not looked at it for more than a year."""
    for number, one in enumerate(told):
        person = people[one["person"]]
        ago = STALE if number % 3 == 0 else timedelta(days=8 * number + 5)
        person.confirmed_at = max(person.arrived_at, at - ago)
        for field, audience in one["shown"].items():
            setattr(person, f"{field}_shown", audience)
        if "photo" in one:
            person.photo = keep_portrait(picture(*one["photo"]))
        session().add_all(_rows(one, person.id))
        renew_affiliations(person.id)


def _rows(told: dict[str, Any], person_id: int) -> list[Any]:
    return [
        *(_work(one, person_id) for one in told.get("work", ())),
        *(_skill(label, person_id) for label in told.get("skills", ())),
        *(
            SpokenLanguage(person_id=person_id, code=code, level=level)
            for code, level in told.get("languages", ())
        ),
        *(Link(person_id=person_id, url=url, label=label) for url, label in told.get("links", ())),
        *(
            ContactWay(person_id=person_id, kind=kind, value=value)
            for kind, value in told.get("contact", ())
        ),
    ]


def _work(told: dict[str, Any], person_id: int) -> Work:
    return Work(
        person_id=person_id,
        workplace=told["workplace"],
        title=told["title"],
        text=told["text"],
        began_on=_month(told["began"]),
        ended_on=_month(told["ended"]) if told["ended"] else None,
    )


def _skill(label: str, person_id: int) -> Skill:
    skill = new_skill(label)
    skill.person_id = person_id
    return skill


def _month(written: str) -> date:
    return date.fromisoformat(f"{written}-01")

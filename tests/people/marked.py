"""People each of whose facts carries a word of its own, and those who might look at them."""

from dataclasses import dataclass
from datetime import date
from itertools import product

from flask import current_app

from portal.journey.actions import add_memory
from portal.journey.policy import When
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import session, unit_of_work
from portal.people.actions import begin_relation, suspend_person
from portal.people.models import (
    AUDIENCES,
    FIELDS,
    ContactWay,
    Link,
    Organisation,
    Person,
    Skill,
    SpokenLanguage,
    Work,
)
from portal.taxonomy.languages import language_name
from portal.taxonomy.places import name_of
from tests.support.make import Make

PLACES = ("2583", "0509", "1438", "2039", "2506", "1761", "0760", "2421")
LANGUAGES = ("fo", "is", "ga", "cy", "mt", "lb", "eu", "gd")
# Seen by oneself and by administrators who are no colleagues; and by oneself alone.
CANDIDACY, ADDRESS = "candidacy", "address"


@dataclass(frozen=True)
class Marked:
    """Somebody who chose an audience for each field; `number` makes their words their own."""

    number: int
    person: Person
    audiences: dict[str, str]
    suspended: bool = False

    @property
    def place(self) -> str:
        return PLACES[self.number]

    @property
    def photo(self) -> str:
        return f"{self.number}" * 32 + ".webp"

    def word(self, field: str) -> str:
        """Return a word that stands in this field of this person and nowhere else."""
        return f"Mk{self.number}{field.capitalize()}"

    def words(self, field: str) -> tuple[str, ...]:
        """Return what betrays the field; a name's address does, too."""
        language = LANGUAGES[self.number]
        special = {
            "name": (self.word("name"), self.person.public_id),
            "photo": (self.photo,),
            "municipality": (name_of(self.place) or "",),
            "languages": (f"<dt>{language_name(language)}</dt>", f":{language}\r\n"),
            "contact": (f"mk{self.number}contact@ways.example",),
            "links": (f"https://mk{self.number}links.example",),
            ADDRESS: (f"mk{self.number}address@example.org",),
        }
        return special.get(field, (self.word(field),))


def choices() -> list[dict[str, str]]:
    """Let each field meet each audience under each audience of the name."""
    made = []
    for name, turn in product(("members", "networks"), range(3)):
        turned = {field: AUDIENCES[(n + turn) % 3] for n, field in enumerate(FIELDS)}
        made.append(turned | {"name": name})
    everything = dict.fromkeys(FIELDS, "members")
    return [*made, everything | {"name": "nobody"}, everything]


def make_marked(make: Make, number: int, chosen: dict[str, str], customer: Organisation) -> Marked:
    """Make somebody who tells everything there is to tell."""
    person = make.person(
        f"Mk{number}Name Ek",
        address=f"mk{number}address@example.org",
        headline=f"Mk{number}Headline",
        about=f"Mk{number}About **här**.",
        municipality=PLACES[number],
        photo=f"{number}" * 32 + ".webp",
        **{f"{field}_shown": audience for field, audience in chosen.items()},
    )
    one = Marked(number, person, chosen, suspended=number == len(choices()) - 1)
    _keep_photo(one)
    make.relation(person, "candidate", title=one.word(CANDIDACY))
    with unit_of_work() as work:
        began = date(2020, 1, 1)
        begin_relation(
            person, customer, "employee", began, clock.now(), title=one.word("relations")
        )
        work.add(Work(person_id=person.id, workplace=one.word("work"), began_on=began))
        label = one.word("skills")
        work.add(Skill(person_id=person.id, label=label, folded=label.lower()))
        work.add(SpokenLanguage(person_id=person.id, code=LANGUAGES[number], level="good"))
        work.add(Link(person_id=person.id, url=one.words("links")[0]))
        work.add(ContactWay(person_id=person.id, kind="email", value=one.words("contact")[0]))
        when = When(clock.now().date(), "day")
        add_memory(Actor(person.id), when, one.word("journey"), "networks", clock.now())
    return one


def suspend(person: Person, by: Person) -> None:
    """Keep somebody out."""
    actor = Actor(by.id, roles=frozenset({"administrator"}))
    with unit_of_work():
        suspend_person(actor, session().get_one(Person, person.id), "Skäl.", clock.now())


def _keep_photo(one: Marked) -> None:
    place = current_app.extensions["settings"].instance / "files" / one.photo[:2] / one.photo
    place.parent.mkdir(parents=True, exist_ok=True)
    for kept in (place, place.with_suffix(".small.webp")):
        kept.write_bytes(b"RIFF0000WEBP")

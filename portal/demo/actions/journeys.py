"""What the demo's people did with their journeys: saved openings, a hidden entry, corrections."""

from datetime import datetime, timedelta

from sqlalchemy import select

from portal.journey.facts import CorrectionAnswered, CorrectionAsked
from portal.journey.models import Correction, HiddenEntry
from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import FactSubject, record
from portal.openings.actions import save_opening
from portal.openings.models import Opening
from portal.people.models import Person, Relation

SAVED = (
    ("alice-akerlund", "byggprojektledare-konsult-malmo", 6),
    ("alice-akerlund", "miljospecialist-umea", 17),
    ("bashir-nilsson", "ux-designer-distans", 1),
    ("bashir-nilsson", "cpp-utvecklare-inbyggda-matsystem", 3),
    ("kim-sandberg", "oppen-ansokan-konsult", 90),
)
# Whose latest place at an event their networks don't read of.
HIDDEN = ("alice-akerlund", "carin-oberg")
# Who wants the relation that began first put right, the words, days ago, and the answer if any.
WISHES = (
    ("carin-oberg", "Jag sökte redan i augusti 2012, inte i september.", 2, None),
    (
        "alice-akerlund",
        "Jag sökte till er i februari 2016, inte i mars.",
        40,
        "Tack för att du sa till! Vi har rättat månaden till februari.",
    ),
)


def make_journeys(people: dict[str, Person], at: datetime) -> None:
    """Write down what people saved, hid and wanted put right."""
    for key, slug, days in SAVED:
        opening = session().scalars(select(Opening).where(Opening.slug == slug)).one()
        save_opening(Actor(people[key].id, people[key].name), opening, at - timedelta(days=days))
    for key in HIDDEN:
        _hide_latest_place(people[key], at)
    for key, words, days, answer in WISHES:
        wish = _ask(people[key], words, at - timedelta(days=days))
        if answer:
            _answer(wish, people["kim-sandberg"], answer, at - timedelta(days=days - 3))


def _hide_latest_place(person: Person, at: datetime) -> None:
    latest = (
        select(FactSubject.fact_id)
        .where(
            FactSubject.kind == "person",
            FactSubject.subject_id == person.id,
            FactSubject.name == "PlaceTaken",
        )
        .order_by(FactSubject.at.desc())
        .limit(1)
    )
    fact_id = session().scalars(latest).one()
    session().add(HiddenEntry(person_id=person.id, fact_id=fact_id, hidden_at=at))


def _ask(person: Person, words: str, at: datetime) -> Correction:
    first = select(Relation.id).where(Relation.person_id == person.id).order_by(Relation.began_on)
    wish = Correction(
        public_id=keys.public_id(),
        person_id=person.id,
        relation_id=session().scalars(first.limit(1)).one(),
        text=words,
        asked_at=at,
    )
    session().add(wish)
    session().flush()
    record(CorrectionAsked(person.id, wish.id), at, quietly=True)
    return wish


def _answer(wish: Correction, by: Person, words: str, at: datetime) -> None:
    wish.outcome, wish.answer, wish.answered_at, wish.answered_by_id = "corrected", words, at, by.id
    session().flush()
    record(CorrectionAnswered(wish.person_id, by.id, wish.id), at, quietly=True)

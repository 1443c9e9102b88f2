"""People arrive, and are found by name."""

from datetime import datetime

from sqlalchemy import delete, insert

from portal.kernel import keys
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.people.facts import PersonArrived
from portal.people.models import NameWord, Person
from portal.people.policy import name_words, sort_key


def receive_person(
    name: str, at: datetime, *, quietly: bool = False, **profile: str | None
) -> Person:
    """Add a person to the house; nobody sees more of them than the most private setting."""
    person = Person(
        public_id=keys.public_id(), name=name, sort_key=sort_key(name), arrived_at=at, **profile
    )
    session().add(person)
    session().flush()
    learn_words(person)
    record(PersonArrived(person_id=person.id), at, quietly=quietly)
    return person


def learn_words(person: Person) -> None:
    """Keep the words by which the name is found."""
    session().execute(delete(NameWord).where(NameWord.person_id == person.id))
    rows = [{"person_id": person.id, "word": word} for word in name_words(person.name)]
    if rows:
        session().execute(insert(NameWord), rows)

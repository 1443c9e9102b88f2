"""What the world's people remember, hide and want put right, at addresses that the walk knows."""

from datetime import date, timedelta

from portal.journey.facts import CorrectionAsked, MemoryAdded
from portal.journey.models import Correction, HiddenEntry, Memory
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import Fact, FactRow, FactSubject
from portal.networks.facts import NetworkJoined
from portal.people.models import Person

VALUES: dict[str, tuple[str, ...]] = {
    "entries": ("900901", "900902", "900903", "999999"),
    "memories": ("m-member", "m-admin", "missing"),
    "corrections": ("c-member", "c-done", "missing"),
    "of": ("p-member", "p-private", "missing"),
}
QUERIES = (
    "/journey?show=memories",
    "/journey?year=2025&show=networks",
    "/journey/corrections?state=answered",
    "/journey/corrections/new?entry=900902",
)
SECRET = "secret-memory"


def write(member: Person, administrator: Person, network_id: int) -> None:
    """Give both a memory; the member hides an entry and has asked for two corrections."""
    now = clock.now()
    with unit_of_work() as work:
        _remember(1, "m-member", member, f"Det var **då**: {SECRET}.")
        _remember(3, "m-admin", administrator, "Första dagen.")
        _fact(900902, NetworkJoined(member.id, network_id, 1), days_ago=300)
        work.add(HiddenEntry(person_id=member.id, fact_id=900902, hidden_at=now))
        told = {"person_id": member.id, "asked_at": now - timedelta(days=2)}
        done = {"answered_at": now, "outcome": "kept", "answer": "Det stämmer."}
        asked = Correction(public_id="c-member", fact_id=900902, text="Det var 2019.", **told)
        answered = Correction(public_id="c-done", fact_id=900901, text="Fel år.", **told, **done)
        work.add_all([asked, answered])
        work.flush()
        _fact(900904, CorrectionAsked(member.id, asked.id), days_ago=2)


def _remember(number: int, public_id: str, person: Person, text: str) -> None:
    when = {"began_on": date(2025, 5, 1), "precision": "month"}
    memory = Memory(public_id=public_id, person_id=person.id, text=text, **when)
    memory.created_at = clock.now()
    session().add(memory)
    session().flush()
    _fact(900_900 + number, MemoryAdded(person.id, memory.id), days_ago=560)


def _fact(number: int, fact: Fact, days_ago: int) -> None:
    """Write a fact down under a number that the walk knows."""
    at, name, ids = clock.now() - timedelta(days=days_ago), type(fact).__name__, vars(fact)
    subjects = [
        FactSubject(kind=field.removesuffix("_id"), subject_id=value, at=at, name=name)
        for field, value in ids.items()
    ]
    session().add(FactRow(id=number, name=name, at=at, body=dict(ids), subjects=subjects))
    session().flush()

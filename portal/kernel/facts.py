"""What happened: facts are recorded once, in the past tense, and told once to each subscriber."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel import jobs
from portal.kernel.db import BigId, Model, UTCDateTime, session


@dataclass(frozen=True)
class Fact:
    """Base of all facts: ids only, never names or free text, so that erasure need not search them."""

    kinds: ClassVar[dict[str, type["Fact"]]] = {}

    def __init_subclass__(cls) -> None:
        Fact.kinds[cls.__name__] = cls


class FactRow(Model):
    """A fact as it is kept."""

    __tablename__ = "fact"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    subjects: Mapped[list["FactSubject"]] = relationship(lazy="raise", passive_deletes=True)


class FactSubject(Model):
    """Whom or what a fact is about: a field `network_id` gives the subject ("network", id).

    The fact's name and when it happened stand here too, so that a page of somebody's history is
    read along an index, however long the history: all of it, or the facts of one name.
    """

    __tablename__ = "fact_subject"

    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    fact_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    name: Mapped[str] = mapped_column(String(60))
    __table_args__ = (
        Index("ix_fact_subject_fact_id", "fact_id"),
        Index("ix_fact_subject_at", "kind", "subject_id", "at", "fact_id", "name"),
        Index("ix_fact_subject_name", "kind", "subject_id", "name", "at", "fact_id"),
    )


F = TypeVar("F", bound=Fact)
Subscriber = Callable[[Any, datetime], None]
_subscribers: dict[str, dict[str, Subscriber]] = {}


def record(
    fact: Fact, at: datetime, *, quietly: bool = False, happened: datetime | None = None
) -> None:
    """Keep `fact` in the caller's transaction, and queue its telling to each subscriber.

    With `quietly` it is history being written down: nobody is told of it now. `happened` is when
    it was, if that is earlier than `at`: in the history it stands there.
    """
    row = FactRow(name=type(fact).__name__, at=at, body=asdict(fact))
    row.subjects = list(_subjects(fact, min(happened or at, at)))
    session().add(row)
    session().flush()
    for subscriber in () if quietly else _subscribers.get(row.name, {}):
        args = {"fact_id": row.id, "subscriber": subscriber}
        jobs.enqueue("facts.tell", args, run_at=at)


def forget(kind: str, subject_id: int) -> None:
    """Delete every fact about a thing that its owner has taken away, as if it never was."""
    about = select(FactSubject.fact_id).where(
        FactSubject.kind == kind, FactSubject.subject_id == subject_id
    )
    session().execute(delete(FactRow).where(FactRow.id.in_(about)))


def on(*kinds: type[F]) -> Callable[[Callable[[F, datetime], None]], Callable[[F, datetime], None]]:
    """Subscribe a function to facts; it is told each one once, in a transaction of its own."""

    def subscribe(function: Callable[[F, datetime], None]) -> Callable[[F, datetime], None]:
        name = f"{function.__module__}.{function.__name__}"
        for kind in kinds:
            _subscribers.setdefault(kind.__name__, {})[name] = function
        return function

    return subscribe


@jobs.job("facts.tell")
def tell(fact_id: int, subscriber: str) -> None:
    """Tell one fact to one subscriber; the delivery is marked in the same transaction."""
    row = session().get(FactRow, fact_id)
    if row is None or row.name not in Fact.kinds:
        return
    function = _subscribers.get(row.name, {}).get(subscriber)
    if function is not None:
        function(Fact.kinds[row.name](**row.body), row.at)


def _subjects(fact: Fact, at: datetime) -> Iterator[FactSubject]:
    """Make a subject of each id that is known."""
    for field in fields(fact):
        subject_id = getattr(fact, field.name)
        if field.name.endswith("_id") and subject_id is not None:
            kind = field.name.removesuffix("_id")
            yield FactSubject(kind=kind, subject_id=subject_id, at=at, name=type(fact).__name__)

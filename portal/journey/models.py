"""Memory, HiddenEntry, Correction: what people add to their journey, hide of it, want put right."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import BigId, Model, UTCDateTime, partial_index

PRECISIONS = ("day", "month", "year")
MEMORY_AUDIENCES = ("nobody", "networks")
OUTCOMES = ("corrected", "kept")


class Memory(Model):
    """Something a person remembers; when it was is known to the day, the month or the year."""

    __tablename__ = "memory"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    # The day, or the first one of the month or year.
    began_on: Mapped[date] = mapped_column(Date)
    precision: Mapped[str] = mapped_column(String(5))
    text: Mapped[str] = mapped_column(Text)
    shown: Mapped[str] = mapped_column(String(10), default="nobody")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    __table_args__ = (
        CheckConstraint(f"precision IN {PRECISIONS!r}", name="precision"),
        CheckConstraint(f"shown IN {MEMORY_AUDIENCES!r}", name="shown"),
        Index("ix_memory_person", "person_id", "began_on"),
    )


class HiddenEntry(Model):
    """An entry of somebody's journey that is not told to their networks."""

    __tablename__ = "hidden_entry"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    fact_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("fact.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    hidden_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Correction(Model):
    """What somebody wants put right, in an entry or a relation, and what became of it."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    fact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("fact.id", ondelete="SET NULL"))
    relation_id: Mapped[int | None] = mapped_column(ForeignKey("relation.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[str | None] = mapped_column(String(10))
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    __table_args__ = (
        CheckConstraint(f"outcome IN {OUTCOMES!r}", name="outcome"),
        CheckConstraint("(answered_at IS NULL) = (outcome IS NULL)", name="answered"),
        partial_index("ix_correction_waiting", "asked_at", "id", where="answered_at IS NULL"),
        *(
            partial_index(
                f"uq_correction_{thing}",
                "person_id",
                thing,
                where="answered_at IS NULL",
                unique=True,
            )
            for thing in ("fact_id", "relation_id")
        ),
    )


personal_data.register(
    Memory.person_id, exported=True, on_erasure="delete", why="The person's own memories."
)
personal_data.register(
    HiddenEntry.person_id,
    exported=True,
    on_erasure="delete",
    why="What the person chose to keep from their networks.",
    on_merge="once",
    same=("fact_id",),
)
personal_data.register(
    Correction.person_id,
    exported=True,
    on_erasure="delete",
    why="What the person wanted put right, and the answer.",
    on_merge="once",
    same=("fact_id", "relation_id", "answered_at"),
)
personal_data.register(
    Correction.answered_by_id,
    exported=False,
    on_erasure="unlink",
    why="An answer to somebody else stays; who gave it is no longer named.",
)

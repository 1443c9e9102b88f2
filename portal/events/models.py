"""Event, and Registration: a person's place at it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime, partial_index

AUDIENCES = ("public", "members")


class Event(Model):
    """A gathering; `taken` counts places under the same lock that grants them."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(160))
    description: Mapped[str] = mapped_column(Text, default="")
    network_id: Mapped[int | None] = mapped_column(
        ForeignKey("network.id", ondelete="CASCADE"), index=True
    )
    audience: Mapped[str] = mapped_column(String(10), default="public")
    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    timezone: Mapped[str] = mapped_column(String(40), default="Europe/Stockholm")
    place_name: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    online_url: Mapped[str | None] = mapped_column(String(500))
    capacity: Mapped[int | None] = mapped_column(Integer)
    taken: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    __table_args__ = (
        CheckConstraint(f"audience IN {AUDIENCES!r}", name="audience"),
        CheckConstraint("audience = 'public' OR network_id IS NOT NULL", name="members_of"),
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint("taken >= 0 AND (capacity IS NULL OR taken <= capacity)", name="places"),
        Index("ix_event_start", "starts_at", "id"),
        Index("ix_event_end", "ends_at", "id"),
    )


class Registration(Model):
    """A person's place at an event; one current row, ended when the place is given back."""

    __tablename__ = "registration"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    began_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        partial_index(
            "uq_registration_current",
            "event_id",
            "person_id",
            where="ended_at IS NULL",
            unique=True,
        ),
    )


personal_data.register(
    Registration.person_id,
    exported=True,
    on_erasure="delete",
    why="The person's own places.",
    on_merge="own",
)
personal_data.register(
    Event.organiser_id,
    exported=False,
    on_erasure="unlink",
    why="The event is its guests' too; only the organiser's name goes.",
)

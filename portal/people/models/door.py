"""Door: what a person is open to, who may know, and who may never."""

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime, partial_index

DOOR_POSITIONS = ("closed", "ajar", "open")


class Door(Model):
    """How a person's door stands; each change is a new row, one of them is current."""

    __tablename__ = "door"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    # Stands in the link of the mail that asks whether the door still stands so.
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    position: Mapped[str] = mapped_column(String(10))
    employed: Mapped[bool] = mapped_column(Boolean, default=False)
    consultant: Mapped[bool] = mapped_column(Boolean, default=False)
    gig: Mapped[bool] = mapped_column(Boolean, default=False)
    earliest_on: Mapped[date | None] = mapped_column(Date)
    # At most one contact in so many months; None leaves it open.
    contact_months: Mapped[int | None]
    # The last day of a pause; while it lasts, the door counts as closed.
    paused_until: Mapped[date | None] = mapped_column(Date)
    began_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # From this day on it counts as closed; a closed door never expires.
    expires_on: Mapped[date | None] = mapped_column(Date)
    # When the person was asked whether it still stands so.
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        CheckConstraint(f"position IN {DOOR_POSITIONS!r}", name="position"),
        partial_index("uq_door_current", "person_id", where="ended_at IS NULL", unique=True),
        partial_index("ix_door_known", "position", "person_id", where="ended_at IS NULL"),
        Index("ix_door_history", "person_id", "id"),
        partial_index(
            "ix_door_unasked", "expires_on", where="ended_at IS NULL AND asked_at IS NULL"
        ),
    )


class DoorTopic(Model):
    """Something a person would like to work with."""

    __tablename__ = "door_topic"

    door_id: Mapped[int] = mapped_column(
        ForeignKey("door.id", ondelete="CASCADE"), primary_key=True
    )
    folded: Mapped[str] = mapped_column(String(80), primary_key=True)
    label: Mapped[str] = mapped_column(String(80))


class DoorPlace(Model):
    """A municipality (4 digits) or county (2 digits, SCB) where a person would like to work."""

    __tablename__ = "door_place"

    door_id: Mapped[int] = mapped_column(
        ForeignKey("door.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(4), primary_key=True)


class DoorExclusion(Model):
    """Whose people never see the door: the keys, as Affiliation has them, of one choice.

    Dated, as the doors are: it counts from its beginning to its end, whatever the door does.
    """

    __tablename__ = "door_exclusion"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    # The organisation that was chosen; a mail domain that was typed has none.
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE")
    )
    key: Mapped[str] = mapped_column(String(140))
    began_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        partial_index("ix_door_exclusion_current", "person_id", "key", where="ended_at IS NULL"),
        Index("ix_door_exclusion_key", "key", "person_id"),
    )


class Affiliation(Model):
    """Where a person belongs as a colleague: kept from relations, addresses and work, to be asked
    quickly who stands on the other side of the two-hats wall (people.queries.wall).

    Keys are `org:<id>`, `domain:<mail domain or one above it>`, `name:<folded workplace>`.
    """

    __tablename__ = "affiliation"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(140), primary_key=True)
    # The last day of it, when that is known.
    until: Mapped[date | None] = mapped_column(Date)
    # Whether two people who share it are colleagues: not at the host, not at a public mail provider.
    joins: Mapped[bool] = mapped_column(Boolean)
    __table_args__ = (Index("ix_affiliation_key", "key", "person_id"),)


personal_data.register(
    Door.person_id,
    exported=True,
    on_erasure="delete",
    why="What the person was open to.",
    on_merge="own",
)
personal_data.register(
    DoorExclusion.person_id,
    exported=True,
    on_erasure="delete",
    why="Who was never to know, as the person chose.",
    on_merge="current",
    same=("organisation_id", "key"),
)
personal_data.register(
    Affiliation.person_id,
    exported=False,
    on_erasure="delete",
    why="Follows from relations, addresses and work, which are exported.",
    on_merge="drop",
)

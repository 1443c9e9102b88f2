"""What a person wants to be told, by which way and how often; and how one mail leads out of a list."""

from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime, partial_index

Cadence = Literal["now", "daily", "weekly", "never"]
CADENCES = get_args(Cadence)
USUAL_HOUR = 8


class Choice(Model):
    """How a person wants to be told of one kind of thing: in all their networks, or in one.

    A choice that is changed ends and another one begins: what somebody had chosen when stays known.
    """

    __tablename__ = "choice"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(30))
    network_id: Mapped[int | None] = mapped_column(
        ForeignKey("network.id", ondelete="CASCADE"), index=True
    )
    in_portal: Mapped[bool] = mapped_column(default=True)
    cadence: Mapped[Cadence] = mapped_column(String(8))
    chosen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        CheckConstraint(f"cadence IN {CADENCES!r}", name="cadence"),
        partial_index(
            "uq_choice_everywhere",
            "person_id",
            "kind",
            where="ended_at IS NULL AND network_id IS NULL",
            unique=True,
        ),
        partial_index(
            "uq_choice_in_network",
            "person_id",
            "kind",
            "network_id",
            where="ended_at IS NULL AND network_id IS NOT NULL",
            unique=True,
        ),
    )


class MutedNetwork(Model):
    """A network that a person hears nothing of, until they want to again."""

    __tablename__ = "muted_network"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    network_id: Mapped[int] = mapped_column(
        ForeignKey("network.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    muted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Rhythm(Model):
    """When a person is written to; a person without a row goes by what is usual."""

    __tablename__ = "rhythm"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    # By the clock of their account; the day of the weekly mail is 0 for Monday.
    hour: Mapped[int] = mapped_column(default=USUAL_HOUR)
    weekday: Mapped[int] = mapped_column(default=0)
    # While everything chosen is paused; far away when nobody said until when.
    paused_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # Since when a whole list is off: mails at once, by day, by week.
    now_off_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    daily_off_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    weekly_off_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # When the next digest is due (UTC); None until there is something to be told.
    next_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # When the last mail of notices went, and how many times one was thought of: one an hour at most.
    told_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    turns: Mapped[int] = mapped_column(default=0)
    # Counts what is told, chosen and mailed: a mail goes only if nothing changed since it was written.
    changes: Mapped[int] = mapped_column(default=0)
    __table_args__ = (
        Index("ix_rhythm_next_at", "next_at", "person_id"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
    )


class ListLink(Model):
    """What stands in a mail's List-Unsubscribe: a random word for one person's place on one list."""

    __tablename__ = "list_link"

    token: Mapped[str] = mapped_column(String(43), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    # "now", "daily", "weekly", or a kind, alone or in one network: "requests", "requests@7".
    list: Mapped[str] = mapped_column(String(60))
    # How often it came before it was left through this link, if that was chosen, so that it can be
    # undone; and when it was left.
    before: Mapped[Cadence | None] = mapped_column(String(8))
    left_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    __table_args__ = (Index("ix_list_link_list", "person_id", "list"),)


personal_data.register(
    Choice.person_id,
    exported=True,
    on_erasure="delete",
    why="The person's own choices, now and before.",
    on_merge="current",
    same=("kind", "network_id"),
)
personal_data.register(
    MutedNetwork.person_id,
    exported=True,
    on_erasure="delete",
    why="The person's own choice.",
    on_merge="once",
    same=("network_id",),
)
personal_data.register(
    Rhythm.person_id,
    exported=True,
    on_erasure="delete",
    why="When the person wants to be written to.",
    on_merge="once",
)
personal_data.register(
    ListLink.person_id,
    exported=False,
    on_erasure="delete",
    why="Only a random word; whoever has it can do no more than stop a mail.",
)

"""Network and Membership."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime, partial_index
from portal.people.models import Person

VISIBILITIES = ("public", "known", "hidden")
ADMISSIONS = ("open", "on_request", "by_invitation")
ROLES = ("member", "moderator", "coordinator")
COORDINATES = "role = 'coordinator' AND ended_at IS NULL"
# "merged": another membership of the same person took its place (two rows about them became one).
ENDINGS = ("withdrawn", "declined", "left", "removed", "merged")


class Network(Model):
    """An industry network; who sees it and who gets in are two separate choices."""

    __tablename__ = "network"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    sort_key: Mapped[bytes] = mapped_column(LargeBinary(260))
    summary: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    # SNI 2007 section (A-U), with its scheme: SNI 2025 is being introduced.
    industry: Mapped[str | None] = mapped_column(String(1), index=True)
    industry_scheme: Mapped[str] = mapped_column(String(10), default="SNI2007")
    language: Mapped[str] = mapped_column(String(2), default="sv")
    visibility: Mapped[str] = mapped_column(String(10))
    admission: Mapped[str] = mapped_column(String(15))
    # Active members; kept by networks.actions, so that no list counts rows.
    member_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    __table_args__ = (
        CheckConstraint(f"visibility IN {VISIBILITIES!r}", name="visibility"),
        CheckConstraint(f"admission IN {ADMISSIONS!r}", name="admission"),
        Index("ix_network_sort", "sort_key", "id"),
    )


class Membership(Model):
    """A person in a network, over time: asked, active, ended. Times are filled in, never changed."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(12), default="member")
    motivation: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    began_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_as: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    network: Mapped[Network] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
    __table_args__ = (
        CheckConstraint(f"role IN {ROLES!r}", name="role"),
        CheckConstraint(f"ended_as IN {ENDINGS!r}", name="ended_as"),
        CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name="ended"),
        CheckConstraint("asked_at IS NOT NULL OR began_at IS NOT NULL", name="began"),
        partial_index(
            "uq_membership_current",
            "network_id",
            "person_id",
            where="ended_at IS NULL",
            unique=True,
        ),
        # Few in a network of thousands; to be found, a query writes this condition as it stands.
        partial_index("ix_membership_coordinators", "network_id", "person_id", where=COORDINATES),
        partial_index(
            "ix_membership_waiting",
            "network_id",
            "asked_at",
            where="began_at IS NULL AND ended_at IS NULL",
        ),
    )

    @property
    def state(self) -> str:
        """Return "asked", "active" or "ended"."""
        if self.ended_at is not None:
            return "ended"
        return "active" if self.began_at is not None else "asked"


personal_data.register(
    Membership.person_id,
    exported=True,
    on_erasure="delete",
    why="The person's own memberships.",
    on_merge="own",
)
personal_data.register(
    Membership.decided_by_id,
    exported=False,
    on_erasure="unlink",
    why="Who decided is forgotten; the decision on somebody else stays.",
)

"""Role and Suspension: what somebody may do in the whole installation, and when they may not."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime, partial_index


class Role(Model):
    """A dated duty in the whole installation, such as administrator."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(20))
    began_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        CheckConstraint("name IN ('administrator')", name="name"),
        partial_index(
            "uq_role_current", "person_id", "name", where="ended_at IS NULL", unique=True
        ),
    )


class Suspension(Model):
    """A time when somebody is kept out, and why; Person.suspended_at says so on every request."""

    __tablename__ = "suspension"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    began_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        partial_index("uq_suspension_current", "person_id", where="ended_at IS NULL", unique=True),
    )


personal_data.register(
    Role.person_id,
    exported=True,
    on_erasure="delete",
    why="The person's own duties.",
    on_merge="current",
    same=("name",),
)
personal_data.register(
    Suspension.person_id,
    exported=True,
    on_erasure="delete",
    why="What was decided about the person, and the reason, is theirs to read.",
    on_merge="current",
)
personal_data.register(
    Suspension.by_id,
    exported=False,
    on_erasure="unlink",
    why="A decision about somebody else; who took it is no longer named.",
)

"""Identity: a person as another organisation's sign-in knows them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime


class Identity(Model):
    """A person is known by issuer and subject; addresses there may change hands."""

    __tablename__ = "identity"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    # Who they are there, in their own words: an address or a name, to be recognised in a list.
    label: Mapped[str] = mapped_column(String(254))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (UniqueConstraint("issuer", "subject"),)


class SpentState(Model):
    """An answer from an organisation that has been used: a copy of it opens nothing."""

    __tablename__ = "spent_state"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    spent_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


personal_data.register(
    Identity.person_id,
    exported=True,
    on_erasure="delete",
    why="The person's own ways in from other organisations.",
)

"""PrimaryChange: another address is to become the primary one, when both mailboxes agree."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime
from portal.people.models import EmailAddress


class PrimaryChange(Model):
    """A change that is done when it has been confirmed from the old and from the new address."""

    __tablename__ = "primary_change"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    nonce: Mapped[str] = mapped_column(String(50))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    old_address_id: Mapped[int] = mapped_column(ForeignKey(EmailAddress.id, ondelete="CASCADE"))
    new_address_id: Mapped[int] = mapped_column(ForeignKey(EmailAddress.id, ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    old_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    new_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # A later change took its place, or the person took it back.
    superseded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


personal_data.register(
    PrimaryChange.person_id,
    exported=False,
    on_erasure="delete",
    why="Waits for an hour; what comes of it is among the addresses.",
    on_merge="drop",
)

"""Mail: one mail to one person, from when it is written until a month after it has left."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime, partial_index
from portal.kernel.facts import Fact


class Mail(Model):
    """One mail to one person; its text is forgotten once a mail server has taken it."""

    __tablename__ = "mail"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    address: Mapped[str] = mapped_column(String(254), index=True)
    # The name of its templates, and its class: see kernel.mail.classes.
    name: Mapped[str] = mapped_column(String(40))
    urgency: Mapped[int]
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    # The list it belongs to; empty for mails that nobody chooses.
    list_id: Mapped[str] = mapped_column(String(120), default="")
    list_name: Mapped[str] = mapped_column(String(160), default="")
    off_path: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    # How many attempts ended so that it may have arrived: the line broke, the worker was killed.
    unclear: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    failed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        partial_index(
            "ix_mail_waiting",
            "urgency",
            "due_at",
            "id",
            where="sent_at IS NULL AND failed_at IS NULL",
        ),
        partial_index("ix_mail_troubled", "id", where="sent_at IS NULL AND error IS NOT NULL"),
    )


class MailServer(Model):
    """How it goes with the mail server: one row while it can't be reached, so that all senders wait."""

    __tablename__ = "mail_server"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    failing_since: Mapped[datetime] = mapped_column(UTCDateTime)
    tries: Mapped[int] = mapped_column(default=1)
    next_try_at: Mapped[datetime] = mapped_column(UTCDateTime)
    error: Mapped[str] = mapped_column(Text)


personal_data.register(
    Mail.person_id, exported=True, on_erasure="delete", why="A mail is kept only until it is sent."
)


@dataclass(frozen=True)
class MailRefused(Fact):
    """A mail server said that nobody has the mailbox: at once, or in a mail that came back."""

    mail_id: int


@dataclass(frozen=True)
class MailUnwanted(Fact):
    """Whoever reads a mail told their mail provider that they do not want it."""

    mail_id: int

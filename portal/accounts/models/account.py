"""Account and its sessions."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.clock import DEFAULT_ZONE
from portal.kernel.db import Model, UTCDateTime


class Account(Model):
    """A way to sign in; without a password, a code is mailed each time."""

    __tablename__ = "account"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2), default="sv")
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # The clock that mails and pages go by.
    zone: Mapped[str] = mapped_column(String(40), default=DEFAULT_ZONE)
    # Notices that have not been read; kept by notifications.actions, so that every page can ask cheaply.
    unread: Mapped[int] = mapped_column(default=0)


class UserSession(Model):
    """One signed-in browser; the cookie holds the token, the row only its digest."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    browser: Mapped[str] = mapped_column(String(80), default="")
    # How they came in: a key of accounts.policy.WAYS.
    way: Mapped[str] = mapped_column(String(20), default="")
    began_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # When they last showed who they are, here: sensitive acts want that to be fresh.
    proved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # When the person had signed in the time before: "since last time" on the start page.
    previous_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


personal_data.register(
    Account.person_id,
    exported=True,
    on_erasure="delete",
    why="The person's own account.",
    on_merge="once",
)
personal_data.register(
    UserSession.person_id,
    exported=True,
    on_erasure="delete",
    why="The person's own sign-ins.",
    on_merge="end",
)

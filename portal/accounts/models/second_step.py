"""The second step of signing in: an app's codes, printed ones, and who has taken the first step."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime


class SecondStep(Model):
    """A person's app for codes; its secret is made of `nonce` and our key, and is not stored."""

    __tablename__ = "second_step"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    nonce: Mapped[str] = mapped_column(String(50))
    begun_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # Until a code has come back from the app, nothing is asked for.
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # The time step of the latest code that was taken: it is not taken again (RFC 6238, 5.2).
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class PrintedCode(Model):
    """A code on paper, for the day when the phone is lost; only its keyed digest is kept."""

    __tablename__ = "printed_code"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (UniqueConstraint("person_id", "digest"),)


class FirstStep(Model):
    """Somebody showed the first of two things at a browser, and is asked for the second."""

    __tablename__ = "first_step"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    # How they took it: a key of accounts.policy.WAYS.
    way: Mapped[str] = mapped_column(String(20))
    next_path: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


personal_data.register(
    SecondStep.person_id,
    exported=False,
    on_erasure="delete",
    why="Makes the codes; who could read it could sign in.",
    on_merge="once",
)
personal_data.register(
    PrintedCode.person_id,
    exported=False,
    on_erasure="delete",
    why="Compared with a typed code; the code itself is not stored.",
    on_merge="once",
    same=("digest",),
)
personal_data.register(
    FirstStep.person_id,
    exported=False,
    on_erasure="delete",
    why="Waits for a code for ten minutes; the sign-in that comes of it is exported.",
    on_merge="drop",
)

"""Passkeys: what a device shows in place of a code or a password, and what it was asked."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime


class PasskeyUser(Model):
    """What devices call a person (WebAuthn: the user handle): random, it says nothing of them."""

    __tablename__ = "passkey_user"

    user_key: Mapped[str] = mapped_column(String(50), primary_key=True)
    # A person has one; two, when two rows about them were merged.
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)


class Passkey(Model):
    """One passkey: its public half; the private one never leaves the device or its key chain."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    # As the browser writes it, base64url; at most 1 023 bytes (WebAuthn 3, 5.8.3).
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary(1200))
    # Counts up on devices that count; one that goes back may be a copy.
    sign_count: Mapped[int] = mapped_column(BigInteger)
    # How a browser reaches it, such as "internal,hybrid".
    transports: Mapped[str] = mapped_column(String(80), default="")
    # Whether its key chain may copy it to the person's other devices, and has (BE and BS flags).
    may_sync: Mapped[bool]
    is_synced: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class PasskeyChallenge(Model):
    """Something a browser was asked to sign, once, within minutes; deleted when it has been."""

    __tablename__ = "passkey_challenge"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    # Which browser was asked: the digest of a secret that its session holds.
    browser_digest: Mapped[str] = mapped_column(String(64))
    purpose: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


personal_data.register(
    PasskeyUser.person_id,
    exported=True,
    on_erasure="delete",
    why="What the person's own devices call them.",
)
personal_data.register(
    Passkey.person_id, exported=True, on_erasure="delete", why="The person's own passkeys."
)
personal_data.register(
    PasskeyChallenge.person_id,
    exported=False,
    on_erasure="delete",
    why="A random number that is kept for minutes.",
    on_merge="drop",
)

"""What waits for somebody to come back from their mailbox with a code or a link."""

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime


class Mailed:
    """Columns of what waits for a mailed code or link; both are made of `nonce` and our key."""

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    nonce: Mapped[str] = mapped_column(String(50))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    superseded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class SignInRequest(Mailed, Model):
    """Somebody asked to sign in or up."""

    __tablename__ = "sign_in_request"

    address: Mapped[str] = mapped_column(String(254))
    folded: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str | None] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(2))
    next_path: Mapped[str | None] = mapped_column(String(500))


class ProofRequest(Mailed, Model):
    """Somebody who is signed in asked for a code, to show again who they are at this browser."""

    __tablename__ = "proof_request"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("user_session.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))


class AddressRequest(Mailed, Model):
    """Somebody asked to add an address to their account; it is theirs when the code comes back."""

    __tablename__ = "address_request"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    folded: Mapped[str] = mapped_column(String(254))


personal_data.register(
    ProofRequest.person_id,
    exported=False,
    on_erasure="delete",
    why="Compared with a typed code; the code itself is not stored.",
    on_merge="drop",
)
personal_data.register(
    AddressRequest.person_id,
    exported=False,
    on_erasure="delete",
    why="Waits for a code for a quarter of an hour; what comes of it is among the addresses.",
    on_merge="drop",
)

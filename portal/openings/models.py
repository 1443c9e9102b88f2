"""Opening, the networks it is shown in, and the openings people save."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime
from portal.kernel.search import SearchIndex

STATES = ("draft", "in_review", "published", "closed")
AUDIENCES = ("public", "networks")
CLOSINGS = ("expired", "removed", "filled", "withdrawn")

opening_index = SearchIndex("opening_search")


class Opening(Model):
    """An opening; one read from a source is known by (source, external_id as text)."""

    __tablename__ = "opening"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    # Place in the newest-first order and number in the search index: see openings.policy.position.
    position: Mapped[int] = mapped_column(BigInteger, unique=True)
    state: Mapped[str] = mapped_column(String(10))
    audience: Mapped[str] = mapped_column(String(10), default="public")
    source: Mapped[str] = mapped_column(String(20), default="portal")
    external_id: Mapped[str | None] = mapped_column(String(100))
    raw_hash: Mapped[str | None] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(250))
    company: Mapped[str] = mapped_column(String(160))
    company_url: Mapped[str | None] = mapped_column(String(500))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    place_text: Mapped[str] = mapped_column(String(160), default="")
    # What a page shows and a filter asks: places, forms and extents as they were read.
    places: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    forms: Mapped[list[str]] = mapped_column(JSON, default=list)
    extents: Mapped[list[str]] = mapped_column(JSON, default=list)
    remote: Mapped[str] = mapped_column(String(6), default="none")
    duration: Mapped[str] = mapped_column(String(120), default="")
    extent_min: Mapped[int | None] = mapped_column(Integer)
    extent_max: Mapped[int | None] = mapped_column(Integer)
    occupation_field: Mapped[str | None] = mapped_column(String(20))
    ssyk: Mapped[str | None] = mapped_column(String(4))
    occupation: Mapped[str] = mapped_column(String(160), default="")
    department: Mapped[str] = mapped_column(String(160), default="")
    salary_text: Mapped[str] = mapped_column(String(300), default="")
    vacancies: Mapped[int | None] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(String(2), default="sv")
    body: Mapped[str] = mapped_column(Text, deferred=True)
    source_url: Mapped[str | None] = mapped_column(String(1000))
    apply_url: Mapped[str | None] = mapped_column(String(1000))
    apply_email: Mapped[str | None] = mapped_column(String(254))
    apply_text: Mapped[str] = mapped_column(Text, default="", deferred=True)
    standing: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_as: Mapped[str | None] = mapped_column(String(10))
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        CheckConstraint(f"state IN {STATES!r}", name="state"),
        CheckConstraint(f"audience IN {AUDIENCES!r}", name="audience"),
        CheckConstraint(f"closed_as IN {CLOSINGS!r}", name="closed_as"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        Index("ix_opening_newest", "state", "position"),
        Index("ix_opening_deadline", "state", "expires_at", "position"),
    )


class OpeningNetwork(Model):
    """An opening is shown in a network."""

    __tablename__ = "opening_network"

    network_id: Mapped[int] = mapped_column(
        ForeignKey("network.id", ondelete="CASCADE"), primary_key=True
    )
    opening_id: Mapped[int] = mapped_column(
        ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class SavedOpening(Model):
    """A person keeps an opening for later; the row goes when they let go of it."""

    __tablename__ = "saved_opening"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    opening_id: Mapped[int] = mapped_column(
        ForeignKey("opening.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)


personal_data.register(
    SavedOpening.person_id,
    exported=True,
    on_erasure="delete",
    why="The person's own list.",
    on_merge="once",
    same=("opening_id",),
)

"""Relation: dated ties of people to organisations, and the kinds they may be of."""

from datetime import date, datetime

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime, partial_index
from portal.people.models.organisation import Organisation

PHASES = ("before", "during", "after")


class RelationKind(Model):
    """A kind of relation, such as consultant; administrators add their own, and retire them."""

    __tablename__ = "relation_kind"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name_sv: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str] = mapped_column(String(60))
    # Where it stands in a chapter of somebody's journey with an organisation.
    phase: Mapped[str] = mapped_column(String(10))
    # Somebody who looks for work: hidden from their own colleagues (people.queries.wall).
    is_candidate: Mapped[bool] = mapped_column(Boolean, default=False)
    # Somebody who works there, and so is a colleague of the others who do.
    is_colleague: Mapped[bool] = mapped_column(Boolean, default=False)
    # What a relation of this kind is kept for, unless something else is said (GDPR art. 5.1 b, 6).
    purpose: Mapped[str] = mapped_column(String(60), default="")
    legal_basis: Mapped[str] = mapped_column(String(60), default="")
    is_built_in: Mapped[bool] = mapped_column(Boolean, default=False)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (CheckConstraint(f"phase IN {PHASES!r}", name="phase"),)


class Relation(Model):
    """A dated tie of a person to an organisation; several at once, ending one ends no other.

    A correction is a new row; the one it corrects stays, with `corrected_at`.
    """

    __tablename__ = "relation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    kind: Mapped[str] = mapped_column(ForeignKey(RelationKind.code), index=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    began_on: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    purpose: Mapped[str] = mapped_column(String(60), default="")
    legal_basis: Mapped[str] = mapped_column(String(60), default="")
    source: Mapped[str] = mapped_column(String(60), default="")
    # The one of ours who looks after the relation.
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("relation.id", ondelete="SET NULL"))
    corrected_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="order"),
        partial_index(
            "uq_relation_open",
            "person_id",
            "organisation_id",
            "kind",
            where="ended_on IS NULL AND corrected_at IS NULL",
            unique=True,
        ),
    )


personal_data.register(
    Relation.person_id,
    exported=True,
    on_erasure="delete",
    why="The person's own history.",
    on_merge="own",
)
personal_data.register(
    Relation.owner_id,
    exported=False,
    on_erasure="unlink",
    why="Somebody else's history; the one who looked after it is no longer named.",
)

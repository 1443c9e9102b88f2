"""Person, Organisation, Relation, Role: who people are to the host and to each other."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime, partial_index

RELATION_KINDS = ("candidate", "employee", "consultant", "alumnus", "customer_contact")
NAME_SHOWN = ("nobody", "networks", "members")


class Person(Model):
    """A human being: one row for life, with or without an account."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    # Sorts the Swedish way (Å Ä Ö last) in any database: see people.policy.sort_key.
    sort_key: Mapped[bytes] = mapped_column(LargeBinary(260), index=True)
    headline: Mapped[str] = mapped_column(String(160), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    municipality: Mapped[str | None] = mapped_column(String(4))
    name_shown: Mapped[str] = mapped_column(String(10), default="networks")
    # How many networks they coordinate; kept by networks.actions so that every page can ask cheaply.
    coordinates: Mapped[int] = mapped_column(default=0)
    arrived_at: Mapped[datetime] = mapped_column(UTCDateTime)
    relations: Mapped[list["Relation"]] = relationship(lazy="raise", viewonly=True)
    __table_args__ = (
        CheckConstraint(f"name_shown IN {NAME_SHOWN!r}", name="name_shown"),
        Index("ix_person_shown", "name_shown", "sort_key", "id"),
    )


class NameWord(Model):
    """A word of a person's name, folded: names are found by how their words begin."""

    __tablename__ = "name_word"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    # Bytes, so that the range of a beginning is the same in every database.
    word: Mapped[bytes] = mapped_column(LargeBinary(160), primary_key=True)
    __table_args__ = (Index("ix_name_word_word", "word", "person_id"),)


class EmailAddress(Model):
    """An address that reaches a person; one mailbox belongs to one person only."""

    __tablename__ = "email_address"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    folded: Mapped[str] = mapped_column(String(254), unique=True)
    verified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    is_primary: Mapped[bool] = mapped_column(default=True)


class Organisation(Model):
    """The host, a customer, or another employer."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(10), index=True)
    industry: Mapped[str | None] = mapped_column(String(1))
    __table_args__ = (
        CheckConstraint("kind IN ('host', 'customer', 'employer')", name="kind"),
        partial_index("uq_organisation_host", "kind", where="kind = 'host'", unique=True),
    )


class Relation(Model):
    """A dated tie of a person to an organisation; several at once, ending one ends no other."""

    __tablename__ = "relation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120), default="")
    began_on: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    purpose: Mapped[str] = mapped_column(String(60), default="")
    legal_basis: Mapped[str] = mapped_column(String(60), default="")
    source: Mapped[str] = mapped_column(String(60), default="")
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    __table_args__ = (
        CheckConstraint(f"kind IN {RELATION_KINDS!r}", name="kind"),
        CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="order"),
        partial_index(
            "uq_relation_open",
            "person_id",
            "organisation_id",
            "kind",
            where="ended_on IS NULL",
            unique=True,
        ),
    )


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


personal_data.register(
    NameWord.person_id,
    exported=False,
    on_erasure="delete",
    why="The name itself is exported; its words only help to find it.",
)
personal_data.register(
    EmailAddress.person_id, exported=True, on_erasure="delete", why="The person's own address."
)
personal_data.register(
    Relation.person_id, exported=True, on_erasure="delete", why="The person's own history."
)
personal_data.register(
    Role.person_id, exported=True, on_erasure="delete", why="The person's own duties."
)

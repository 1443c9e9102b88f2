"""Person and how they are found: names, addresses, former ids."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime, partial_index

# What each person chooses the audience of; the columns are named <field>_shown.
FIELDS = (
    "name",
    "photo",
    "headline",
    "municipality",
    "about",
    "work",
    "skills",
    "languages",
    "links",
    "contact",
    "relations",
    "journey",
)
AUDIENCES = ("nobody", "networks", "members")


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
    photo: Mapped[str | None] = mapped_column(String(40))
    # Who sees what: one of AUDIENCES each, the most private until the person chooses otherwise.
    name_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    photo_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    headline_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    municipality_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    about_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    work_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    skills_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    languages_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    links_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    contact_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    relations_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    journey_shown: Mapped[str] = mapped_column(String(10), default="nobody")
    # When the person last said that the profile is right.
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # While somebody is suspended (people.models.Suspension has the reason and the history).
    suspended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # How many networks they coordinate; kept by networks.actions so that every page can ask cheaply.
    coordinates: Mapped[int] = mapped_column(default=0)
    arrived_at: Mapped[datetime] = mapped_column(UTCDateTime)
    __table_args__ = (
        *(
            CheckConstraint(f"{field}_shown IN {AUDIENCES!r}", name=f"{field}_shown")
            for field in FIELDS
        ),
        Index("ix_person_shown", "name_shown", "sort_key", "id"),
        Index("ix_person_municipality", "municipality", "sort_key", "id"),
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
    """An address of a person's; only verified ones count, and such a mailbox has one owner."""

    __tablename__ = "email_address"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(String(254))
    # One spelling for one mailbox: see kernel.mailboxes.
    folded: Mapped[str] = mapped_column(String(254), index=True)
    verified_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # Where mails to the person go.
    is_primary: Mapped[bool] = mapped_column(default=False)
    # Since when mails to it come back for good; and when its owner called one of ours unwanted.
    bounced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    complained_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        CheckConstraint("NOT is_primary OR verified_at IS NOT NULL", name="primary"),
        partial_index(
            "uq_email_address_folded", "folded", where="verified_at IS NOT NULL", unique=True
        ),
        partial_index("uq_email_address_primary", "person_id", where="is_primary", unique=True),
        partial_index("ix_email_address_bounced", "id", where="bounced_at IS NOT NULL"),
    )


class FormerId(Model):
    """A public id that somebody had before two rows about one person were merged."""

    __tablename__ = "former_id"

    public_id: Mapped[str] = mapped_column(String(12), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    merged_at: Mapped[datetime] = mapped_column(UTCDateTime)


personal_data.register(
    NameWord.person_id,
    exported=False,
    on_erasure="delete",
    why="The name itself is exported; its words only help to find it.",
    on_merge="drop",
)
personal_data.register(
    EmailAddress.person_id,
    exported=True,
    on_erasure="delete",
    why="The person's own address.",
    on_merge="own",
)
personal_data.register(
    FormerId.person_id, exported=True, on_erasure="delete", why="An id the person once had."
)

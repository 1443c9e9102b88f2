"""Notice: something the portal tells a person; NoticeItem: each thing that has happened in it."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model, UTCDateTime, partial_index

UNREAD = text("read_at IS NULL")


class Notice(Model):
    """One line that a person is told; until it is read, what repeats rolls up in it."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    # A key of notifications.policy.KINDS.
    kind: Mapped[str] = mapped_column(String(30))
    network_id: Mapped[int | None] = mapped_column(
        ForeignKey("network.id", ondelete="CASCADE"), index=True
    )
    # What rolls up: notices of one kind about the same, such as "network:7", are one.
    about: Mapped[str] = mapped_column(String(60))
    count: Mapped[int] = mapped_column(default=1)
    began_at: Mapped[datetime] = mapped_column(UTCDateTime)
    # When it last was added to.
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    # Whether it stands in the portal, or is kept for a mail alone.
    in_portal: Mapped[bool] = mapped_column(default=True)
    __table_args__ = (
        # What is kept for a mail alone rolls up by itself: nobody has seen it.
        partial_index(
            "uq_notice_unread",
            "person_id",
            "kind",
            "about",
            "in_portal",
            where=UNREAD.text,
            unique=True,
        ),
        Index("ix_notice_person", "person_id", "at", "id"),
    )


class NoticeItem(Model):
    """One fact as it is told to one person: in one notice, and by mail at most once."""

    __tablename__ = "notice_item"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    # The fact's name, and the id of what it happened to: told once, however many facts say it.
    fact: Mapped[str] = mapped_column(String(60), primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    # When it was mailed, or it was settled that it will not be.
    settled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    __table_args__ = (
        partial_index("ix_notice_item_unsettled", "person_id", "at", where="settled_at IS NULL"),
    )


personal_data.register(
    Notice.person_id,
    exported=True,
    on_erasure="delete",
    why="What the person was told.",
    on_merge="own",
)
personal_data.register(
    NoticeItem.person_id,
    exported=True,
    on_erasure="delete",
    why="What the person was told, and whether by mail.",
    on_merge="own",
)

"""What people tell about themselves: work, skills, languages, links, ways to reach them."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel import personal_data
from portal.kernel.db import Model

LANGUAGE_LEVELS = ("native", "fluent", "good", "some")
CONTACT_KINDS = ("email", "phone", "other")


class Work(Model):
    """A time at a workplace, as the person tells it; days are the first of their month."""

    __tablename__ = "work"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    workplace: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(120), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    began_on: Mapped[date] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    __table_args__ = (CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="order"),)


class Skill(Model):
    """Something a person can; found by its folded word. `concept_id` is JobTech's, if it has one."""

    __tablename__ = "skill"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    folded: Mapped[str] = mapped_column(String(80), primary_key=True)
    label: Mapped[str] = mapped_column(String(80))
    concept_id: Mapped[str | None] = mapped_column(String(20))
    __table_args__ = (Index("ix_skill_folded", "folded", "person_id"),)


class SpokenLanguage(Model):
    """A language a person speaks (ISO 639-1), and how well."""

    __tablename__ = "spoken_language"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(3), primary_key=True)
    level: Mapped[str] = mapped_column(String(10))
    __table_args__ = (CheckConstraint(f"level IN {LANGUAGE_LEVELS!r}", name="level"),)


class Link(Model):
    """An address elsewhere that a person wants to be found at."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(String(60), default="")
    url: Mapped[str] = mapped_column(String(500))


class ContactWay(Model):
    """A way to reach a person, as they tell it; not the address they sign in with."""

    __tablename__ = "contact_way"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(String(254))
    __table_args__ = (CheckConstraint(f"kind IN {CONTACT_KINDS!r}", name="kind"),)


# Two of one person's that are alike in these columns say the same.
ALIKE: dict[Any, tuple[str, ...]] = {
    Work: ("workplace", "title", "text", "began_on", "ended_on"),
    Skill: ("folded",),
    SpokenLanguage: ("code",),
    Link: ("url",),
    ContactWay: ("kind", "value"),
}
for model, same in ALIKE.items():
    personal_data.register(
        model.person_id,
        exported=True,
        on_erasure="delete",
        why="What the person tells about themselves.",
        on_merge="once",
        same=same,
    )

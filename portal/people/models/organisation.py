"""Organisation: the host, a customer, or another employer."""

from typing import Any

from sqlalchemy import CheckConstraint, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, validates

from portal.kernel.db import Model, partial_index
from portal.people.models.spelling import name_key


def _key_of_new(row: Any) -> str:
    return name_key(row.get_current_parameters()["name"])


class Organisation(Model):
    """The host, a customer, or another employer; its people are known by its mail domain, too."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    # Sorts the Swedish way, and is found by any part of it: see people.actions.organisations.
    sort_key: Mapped[bytes] = mapped_column(LargeBinary(260), default=b"")
    folded: Mapped[str] = mapped_column(String(160), default="")
    kind: Mapped[str] = mapped_column(String(10), index=True)
    industry: Mapped[str | None] = mapped_column(String(1))
    domain: Mapped[str | None] = mapped_column(String(120), index=True)
    # By which its people are known when they write where they work; follows from the name.
    name_key: Mapped[str] = mapped_column(String(120), default=_key_of_new, index=True)
    __table_args__ = (
        CheckConstraint("kind IN ('host', 'customer', 'employer')", name="kind"),
        Index("ix_organisation_sort", "sort_key", "id"),
        partial_index("uq_organisation_folded", "folded", where="folded <> ''", unique=True),
        partial_index("uq_organisation_host", "kind", where="kind = 'host'", unique=True),
    )

    @validates("name")
    def _respell(self, _attribute: str, name: str) -> str:
        self.name_key = name_key(name)
        return name

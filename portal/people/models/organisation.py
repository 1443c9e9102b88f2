"""Organisation: the host, a customer, or another employer."""

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Model, partial_index


class Organisation(Model):
    """The host, a customer, or another employer; its people are known by its mail domain, too."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(10), index=True)
    industry: Mapped[str | None] = mapped_column(String(1))
    domain: Mapped[str | None] = mapped_column(String(120))
    __table_args__ = (
        CheckConstraint("kind IN ('host', 'customer', 'employer')", name="kind"),
        partial_index("uq_organisation_host", "kind", where="kind = 'host'", unique=True),
    )

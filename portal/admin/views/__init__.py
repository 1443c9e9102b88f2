"""Pages for administrators: people, organisations, kinds of relations, and the portal's health."""

from portal.admin.views import (
    endings,
    jobs,
    kinds,
    mail,
    merging,
    organisations,
    overview,
    people,
    relations,
    roles,
    suspension,
)
from portal.admin.views.blueprint import admin

__all__ = [
    "admin",
    "endings",
    "jobs",
    "kinds",
    "mail",
    "merging",
    "organisations",
    "overview",
    "people",
    "relations",
    "roles",
    "suspension",
]

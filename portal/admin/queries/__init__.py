"""What administrators see: jobs, people, organisations, kinds of relations; `health` stands alone."""

from portal.admin.queries.decisions import Decided, decisions_about
from portal.admin.queries.jobs import State, found_job, jobs
from portal.admin.queries.kinds import KindRow, every_kind, found_kind
from portal.admin.queries.mail import Traffic, Which, found_mail, mails, traffic
from portal.admin.queries.organisations import (
    found_organisation,
    listed_organisations,
    people_of_organisation,
    suggested_organisations,
)
from portal.admin.queries.people import PersonRow, listed_people
from portal.admin.queries.person import Found, every_address_of, found_person, memberships_of
from portal.admin.queries.relations import RelationRow, every_relation_of, found_relation
from portal.admin.queries.staff import staff, who_has_signed_in

__all__ = [
    "Decided",
    "Found",
    "KindRow",
    "PersonRow",
    "RelationRow",
    "State",
    "Traffic",
    "Which",
    "decisions_about",
    "every_address_of",
    "every_kind",
    "every_relation_of",
    "found_job",
    "found_kind",
    "found_mail",
    "found_organisation",
    "found_person",
    "found_relation",
    "jobs",
    "listed_organisations",
    "listed_people",
    "mails",
    "memberships_of",
    "people_of_organisation",
    "staff",
    "suggested_organisations",
    "traffic",
    "who_has_signed_in",
]

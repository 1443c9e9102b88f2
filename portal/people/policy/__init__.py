"""Rules about people: who sees what of whom, who are colleagues, how names sort."""

from portal.people.policy.belonging import (
    PUBLIC_MAIL,
    domain_keys,
    joins,
    organisation_keys,
    workplace_key,
)
from portal.people.policy.names import (
    LONGEST_ABOUT,
    LONGEST_HEADLINE,
    LONGEST_NAME,
    Profile,
    name_words,
    sort_key,
)
from portal.people.policy.seeing import EVERY_AUDIENCE, SHOWN_TO, may_see_name, reached

__all__ = [
    "EVERY_AUDIENCE",
    "LONGEST_ABOUT",
    "LONGEST_HEADLINE",
    "LONGEST_NAME",
    "PUBLIC_MAIL",
    "SHOWN_TO",
    "Profile",
    "domain_keys",
    "joins",
    "may_see_name",
    "name_words",
    "organisation_keys",
    "reached",
    "sort_key",
    "workplace_key",
]

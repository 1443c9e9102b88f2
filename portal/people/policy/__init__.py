"""Rules about people: who sees what of whom, who are colleagues, how names sort."""

from portal.people.policy.addresses import (
    GONE_ADDRESS,
    MOST_ADDRESSES,
    may_add_address,
    may_make_primary,
    may_remove_address,
)
from portal.people.policy.belonging import (
    domain_keys,
    joins,
    organisation_keys,
    workplace_key,
)
from portal.people.policy.names import LONGEST_NAME, name_words, sort_key
from portal.people.policy.profile import LONGEST_ABOUT, LONGEST_HEADLINE, Profile, Workplace
from portal.people.policy.seeing import (
    EVERY_AUDIENCE,
    SHOWN_TO,
    Reach,
    audience_of,
    is_seen,
    reach_of,
    reached,
    seen_by,
)

__all__ = [
    "EVERY_AUDIENCE",
    "GONE_ADDRESS",
    "LONGEST_ABOUT",
    "LONGEST_HEADLINE",
    "LONGEST_NAME",
    "MOST_ADDRESSES",
    "SHOWN_TO",
    "Profile",
    "Reach",
    "Workplace",
    "audience_of",
    "domain_keys",
    "is_seen",
    "joins",
    "may_add_address",
    "may_make_primary",
    "may_remove_address",
    "name_words",
    "organisation_keys",
    "reach_of",
    "reached",
    "seen_by",
    "sort_key",
    "workplace_key",
]

"""Rules and words of administration."""

from portal.admin.policy.jobs import may_retry, state_of, worker_stands_still
from portal.admin.policy.merging import AUDIENCE_WORDS, FIELD_WORDS, ROWS, Line, lines

__all__ = [
    "AUDIENCE_WORDS",
    "FIELD_WORDS",
    "ROWS",
    "Line",
    "lines",
    "may_retry",
    "state_of",
    "worker_stands_still",
]

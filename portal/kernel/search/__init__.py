"""Search with one analyser in Python and equal results from FTS5 and tsvector."""

from portal.kernel.search.analysis import fold, tokens
from portal.kernel.search.index import SearchIndex
from portal.kernel.search.newest import Step, counted
from portal.kernel.search.terms import Term, both, either, label, read

__all__ = [
    "SearchIndex",
    "Step",
    "Term",
    "both",
    "counted",
    "either",
    "fold",
    "label",
    "read",
    "tokens",
]

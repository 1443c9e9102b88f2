"""How a journey is told: in which words, to whom, in which chapters."""

from portal.journey.policy.around import RELATION_WORDS
from portal.journey.policy.chapters import (
    Chapter,
    Part,
    Phase,
    chapter_of,
    chapters,
    days_of,
    laid_out,
    with_empty_ones,
)
from portal.journey.policy.corrections import (
    ANSWERED,
    LONGEST_WISH,
    OUTCOME_NAMES,
    SHORTEST_WISH,
    may_answer,
)
from portal.journey.policy.memories import (
    FIRST_YEAR,
    LONGEST_MEMORY,
    MEMORY_SHOWN,
    When,
    when,
)
from portal.journey.policy.seeing import SEEN_BY, SeenBy, may_hide, readers_of, seen_by
from portal.journey.policy.telling import GROUP_NAMES, Group, Sight, Telling, Thing
from portal.journey.policy.tellings import (
    TELLINGS,
    UNSEEN,
    names_told,
    words_of,
)

__all__ = [
    "ANSWERED",
    "FIRST_YEAR",
    "GROUP_NAMES",
    "LONGEST_MEMORY",
    "LONGEST_WISH",
    "MEMORY_SHOWN",
    "OUTCOME_NAMES",
    "RELATION_WORDS",
    "SEEN_BY",
    "SHORTEST_WISH",
    "TELLINGS",
    "UNSEEN",
    "Chapter",
    "Group",
    "Part",
    "Phase",
    "SeenBy",
    "Sight",
    "Telling",
    "Thing",
    "When",
    "chapter_of",
    "chapters",
    "days_of",
    "laid_out",
    "may_answer",
    "may_hide",
    "names_told",
    "readers_of",
    "seen_by",
    "when",
    "with_empty_ones",
    "words_of",
]

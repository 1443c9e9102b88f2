"""Skills by name, as Arbetsförmedlingen sorts them: for suggestions; anybody may write others."""

from dataclasses import dataclass
from functools import cache

from portal.kernel.search.analysis import fold
from portal.taxonomy.reading import rows

MOST_SUGGESTED = 8
# Says what kind of thing it is, where the thing's own name is what people say: Python, SAP.
CLASSES = frozenset(
    """affärssystem, analysverktyg, databashanterare, erfarenhet, hotellbokningssystem, HTML-editor,
    kommunikationsprotokoll, logistiksystem, operativsystem, programmeringsspråk,
    programmeringsverktyg, publicerings- och portalverktyg, ramverk, redovisningssystem,
    resebokningssystem, systemutvecklingsverktyg, texteditor, versionshanteringssystem,
    webbserverprogram""".replace("\n    ", " ").split(", ")
)


@dataclass(frozen=True, slots=True)
class Concept:
    """A skill of the list; the id never changes, the name may."""

    id: str
    label: str


def suggested(typed: str, but: frozenset[str] = frozenset()) -> list[Concept]:
    """Return the skills whose words begin as typed, those that begin so themselves first.

    `but` are folded labels that need no suggesting.
    """
    asked = fold(typed).strip()
    if not asked:
        return []
    within = (f" {asked}", f"-{asked}", f"({asked}", f"/{asked}")
    hits = [
        (not folded.startswith(asked), len(folded), folded, concept)
        for folded, concept in _by_label().items()
        if folded not in but and (folded.startswith(asked) or any(one in folded for one in within))
    ]
    return [concept for *_order, concept in sorted(hits, key=lambda hit: hit[:3])[:MOST_SUGGESTED]]


def concept_of(label: str) -> Concept | None:
    """Return the listed skill of this name, in any case and without accents."""
    return _by_label().get(fold(label).strip())


@cache
def _by_label() -> dict[str, Concept]:
    """Map folded labels to concepts; the first of several that are called the same."""
    found: dict[str, Concept] = {}
    for row in rows("skills-sv.csv"):
        label, _comma, kind = row["name_sv"].partition(", ")
        whole = label if kind in CLASSES else row["name_sv"]
        found.setdefault(fold(whole), Concept(row["jobtech_concept_id"], whole))
    return found

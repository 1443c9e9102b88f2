"""A person's relations as they stand: with bars, and with what each was written as before."""

from typing import Any

from portal.admin import queries
from portal.directory.policy import stretches
from portal.kernel import clock
from portal.people.policy.duties import WALLED
from portal.people.policy.kinds import KindName
from portal.people.policy.relations import LEGAL_BASES, PURPOSES, SOURCES, worded


def relation_context(found: queries.Found, rows: list[queries.RelationRow]) -> dict[str, Any]:
    """Return what `_relations.html` needs: what stands, with bars, and what was put right."""
    today = clock.now().date()
    standing = [row for row in rows if row.relation.corrected_at is None]
    former = {row.relation.id: row for row in rows if row.relation.corrected_at is not None}
    bars = stretches(standing, today)
    return {
        "person": found.person,
        "walled": found.walled,
        "why_walled": WALLED,
        "today": today,
        "relations": [
            {"row": row, "bar": bar, "former": _former(row, former)}
            for row, bar in zip(standing, bars, strict=True)
        ],
        "aside": [row for row in former.values() if not _is_corrected(row, rows)],
        "kind_name": KindName,
        "purposes": lambda text: worded(PURPOSES, text),
        "legal_bases": lambda text: worded(LEGAL_BASES, text),
        "sources": lambda text: worded(SOURCES, text),
    }


def _former(
    row: queries.RelationRow, former: dict[int, queries.RelationRow]
) -> list[queries.RelationRow]:
    """Return what a relation was written as before, the latest first."""
    found, number = [], row.relation.corrects_id
    while number in former:
        found.append(former[number])
        number = former[number].relation.corrects_id
    return found


def _is_corrected(row: queries.RelationRow, rows: list[queries.RelationRow]) -> bool:
    """Say whether another row stands in the place of this one."""
    return any(one.relation.corrects_id == row.relation.id for one in rows)

"""Which rows are about a person, and what becomes of them on export, erasure and merging."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from portal.kernel.db import session

Erasure = Literal["delete", "unlink", "keep"]
# When two rows about one person become one (portal.kernel.merging):
#   move     they become the other one's
#   once     they move; of those that both have, alike in `same`, only the other one's stays
#   current  they move; one that is open ends, if the other one's, alike in `same`, is open, too
#   end      they move, and end if they are open
#   drop     they go: they wait for minutes, or follow from others and are made anew
#   own      a function of the feature says so: portal.kernel.merging.merges
Merging = Literal["move", "once", "current", "end", "drop", "own"]


@dataclass(frozen=True)
class Rule:
    """How the rows that point at a person by one column are treated (GDPR art. 15–17)."""

    column: InstrumentedAttribute[Any]
    exported: bool
    on_erasure: Erasure
    why: str
    on_merge: Merging = "move"
    same: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return str(self.column.class_.__tablename__)


_rules: list[Rule] = []


def register(
    column: InstrumentedAttribute[Any],
    *,
    exported: bool,
    on_erasure: Erasure,
    why: str,
    on_merge: Merging = "move",
    same: tuple[str, ...] = (),
) -> None:
    """Say how rows of one model are exported, erased and merged; `why` stands in docs/privacy.md."""
    _rules.append(Rule(column, exported, on_erasure, why, on_merge, same))


def rules() -> tuple[Rule, ...]:
    """Return every registered rule, by table."""
    return tuple(sorted(_rules, key=lambda rule: (rule.table, rule.column.key)))


def rows_about(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Collect every exported row about a person, by table."""
    found: dict[str, list[dict[str, Any]]] = {}
    for rule in rules():
        if rule.exported:
            model: Any = rule.column.class_
            query = select(*model.__table__.columns).where(rule.column == person_id)
            rows = [dict(row) for row in session().execute(query).mappings()]
            found.setdefault(rule.table, []).extend(rows)
    return found

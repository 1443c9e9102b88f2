"""Two rows about one person become one: what happens to every row about them, said and then done.

Each registered column (portal.kernel.personal_data) gives steps. A preview reads what they say,
the act runs what they hold, so that the two can't differ.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, exists, func, literal, select, update
from sqlalchemy.orm import InstrumentedAttribute

from portal.kernel import personal_data
from portal.kernel.db import session
from portal.kernel.facts import FactRow, FactSubject
from portal.kernel.personal_data import Rule
from portal.kernel.text import Lazy

# The subjects of facts that are people; an account has its person's id.
PEOPLE = ("person", "account", "actor", "by")


@dataclass(frozen=True)
class Merge:
    """The one who stays, the one who goes up in them, and when.

    With `hold`, what is read is held until the act is over, so that it is still so when it is done.
    """

    kept_id: int
    gone_id: int
    at: datetime
    hold: bool = False

    @property
    def both(self) -> tuple[int, int]:
        return self.kept_id, self.gone_id

    def read(self, query: Any, of: Any) -> Sequence[Any]:
        """Ask for rows of `of`, and hold them if that is meant."""
        return session().execute(query.with_for_update(of=of) if self.hold else query).all()


@dataclass(frozen=True)
class Step:
    """What becomes of the rows of one column: how many move, are kept once or end, and how."""

    table: str
    column: str
    moved: int = 0
    united: int = 0
    ended: int = 0
    words: tuple[Lazy, ...] = ()
    statements: tuple[Any, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.moved or self.united or self.ended or self.words)


Merger = Callable[[Merge], Step]
_mergers: dict[tuple[str, str], Merger] = {}


class LeftBehind(RuntimeError):
    """Rows still point at the one who goes: they would be lost, so nothing is done."""


def merges(column: InstrumentedAttribute[Any]) -> Callable[[Merger], Merger]:
    """Register the function that says what becomes of a column's rows; it reads and writes nothing."""

    def register(merger: Merger) -> Merger:
        _mergers[str(column.class_.__tablename__), column.key] = merger
        return merger

    return register


def plan(merge: Merge) -> list[Step]:
    """Say what would become of every row about the two, by table; nothing is changed."""
    counts = _counts(merge)
    return [
        _mergers[rule.table, rule.column.key](merge)
        if rule.on_merge == "own"
        else _step(rule, merge, *counts[rule.table, rule.column.key])
        for rule in personal_data.rules()
    ]


def do(merge: Merge, steps: Sequence[Step]) -> None:
    """Do what the steps say, and move the facts. Raises LeftBehind when a row was forgotten."""
    session().flush()
    for step in steps:
        for statement in step.statements:
            session().execute(statement, execution_options={"synchronize_session": False})
    _move_facts(merge)
    left = [rule.table for rule in personal_data.rules() if _is_left(rule, merge)]
    if left:
        raise LeftBehind(", ".join(left))
    session().expire_all()


def moved(column: InstrumentedAttribute[Any], merge: Merge) -> Any:
    """Return the statement that makes all rows of a column the other one's."""
    table: Table = column.class_.__table__
    theirs = table.c[column.key] == merge.gone_id
    return update(table).where(theirs).values({column.key: merge.kept_id})


def _counts(merge: Merge) -> dict[tuple[str, str], tuple[int, int]]:
    """Count, in one query, the rows of each column and those that the other one has, too."""
    generic = [rule for rule in personal_data.rules() if rule.on_merge != "own"]
    columns = [
        select(func.count()).select_from(_table(rule)).where(*which).scalar_subquery()
        for rule in generic
        for which in ((_theirs(rule, merge),), (_theirs(rule, merge), _is_double(rule, merge)))
    ]
    numbers = session().execute(select(*columns)).one()
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    return {(r.table, r.column.key): (n, k) for r, (n, k) in zip(generic, pairs, strict=True)}


def _step(rule: Rule, merge: Merge, number: int, double: int) -> Step:
    """Make the step of a rule that is treated as many are."""
    table, name, theirs = _table(rule), rule.column.key, _theirs(rule, merge)
    doubles = (theirs, _is_double(rule, merge))
    onward = moved(rule.column, merge)
    if rule.on_merge == "drop":
        return Step(rule.table, name, statements=(delete(table).where(theirs),))
    if rule.on_merge == "once":
        away = delete(table).where(*doubles)
        return Step(rule.table, name, number - double, double, statements=(away, onward))
    if rule.on_merge in ("current", "end"):
        closed = update(table).where(*doubles).values(ended_at=merge.at)
        return Step(rule.table, name, number - double, ended=double, statements=(closed, onward))
    return Step(rule.table, name, number, statements=(onward,))


def _is_double(rule: Rule, merge: Merge) -> ColumnElement[bool]:
    """Say that a row does not simply move: the other one has it, too, or it ends."""
    table = _table(rule)
    if rule.on_merge == "end":
        return table.c.ended_at.is_(None)
    if rule.on_merge not in ("once", "current"):
        return literal(1) == literal(0)
    other = table.alias()
    alike = [table.c[name].is_not_distinct_from(other.c[name]) for name in rule.same]
    if rule.on_merge == "current":
        alike += [table.c.ended_at.is_(None), other.c.ended_at.is_(None)]
    return exists().where(other.c[rule.column.key] == merge.kept_id, *alike)


def _move_facts(merge: Merge) -> None:
    """Let facts be about the one who stays, in their subjects and in what they say."""
    theirs = (FactSubject.kind.in_(PEOPLE), FactSubject.subject_id == merge.gone_id)
    other = FactSubject.__table__.alias()
    both = exists().where(
        other.c.kind == FactSubject.kind,
        other.c.fact_id == FactSubject.fact_id,
        other.c.subject_id == merge.kept_id,
    )
    about = select(FactSubject.fact_id).where(*theirs)
    rows = session().execute(select(FactRow.id, FactRow.body).where(FactRow.id.in_(about)))
    bodies = [{"id": number, "body": _retold(body, merge)} for number, body in rows]
    quietly = {"synchronize_session": False}
    session().execute(delete(FactSubject).where(*theirs, both), execution_options=quietly)
    onward = update(FactSubject).where(*theirs).values(subject_id=merge.kept_id)
    session().execute(onward, execution_options=quietly)
    if bodies:
        session().execute(update(FactRow), bodies)


def _retold(body: dict[str, Any], merge: Merge) -> dict[str, Any]:
    people = {f"{kind}_id" for kind in PEOPLE}
    return {
        name: merge.kept_id if name in people and value == merge.gone_id else value
        for name, value in body.items()
    }


def _is_left(rule: Rule, merge: Merge) -> bool:
    left = select(literal(1)).select_from(_table(rule)).where(_theirs(rule, merge))
    return session().execute(left.limit(1)).first() is not None


def _theirs(rule: Rule, merge: Merge) -> ColumnElement[bool]:
    is_theirs: ColumnElement[bool] = _table(rule).c[rule.column.key] == merge.gone_id
    return is_theirs


def _table(rule: Rule) -> Table:
    table: Table = rule.column.class_.__table__
    return table

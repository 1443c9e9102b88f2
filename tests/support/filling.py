"""Rows made from the tables alone, so that a table that is added tomorrow is tried, too."""

import re
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Table,
    insert,
    select,
)

from portal.kernel import clock
from portal.kernel.db import UTCDateTime, session

CHOICE = re.compile(r"(\w+) IN \(\s*'([^']+)'")
RANGE = re.compile(r"(\w+) BETWEEN (\d+) AND")
# What a rule of the database wants beyond what may not be empty.
MORE: dict[str, tuple[str, ...]] = {"membership": ("began_at",)}
_numbers = count(1)


def fill(table: Table, **values: Any) -> Any:
    """Add a row with these values and what else it must have; return its primary key."""
    more = MORE.get(table.name, ())
    wanted = [one for one in table.columns if _is_wanted(one) or one.name in more]
    row = {column.name: _value(column) for column in wanted}
    added = session().execute(insert(table).values(row | values))
    return added.inserted_primary_key


def _is_wanted(column: Column[Any]) -> bool:
    """Say whether a value must be thought of: not a number that counts itself, nor an empty one."""
    return not column.nullable and column is not column.table.autoincrement_column


def _value(column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        return _parent(key.column)
    chosen = _choices(column.table)
    if column.name in chosen:
        return chosen[column.name]
    return _of_kind(column.type, next(_numbers))


def _of_kind(kind: Any, number: int) -> Any:
    """Return a value that no other row has; of two times the later one comes later."""
    longest: int = getattr(kind, "length", None) or 20
    values = (
        (Boolean, False),
        (DateTime | UTCDateTime, clock.now() - timedelta(days=1) + timedelta(seconds=number)),
        (Date, clock.now().date()),
        (JSON, {}),
        (LargeBinary, str(number).encode()),
        (Integer, number),
    )
    plain = f"x{number}"[-longest:]
    return next((value for which, value in values if isinstance(kind, which)), plain)


def _choices(table: Table) -> dict[str, Any]:
    """Return, for columns that allow only some values, the first of them."""
    rules = [str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint)]
    words: dict[str, Any] = {name: one for rule in rules for name, one in CHOICE.findall(rule)}
    numbers = {name: int(least) for rule in rules for name, least in RANGE.findall(rule)}
    return words | numbers


def _parent(column: Column[Any]) -> Any:
    """Return the key of a row that may be pointed at: the first one, or a person of their own."""
    first = select(column).order_by(column).limit(1)
    known = session().scalar(first) if column.table.name != "person" else None
    return known if known is not None else fill(column.table)[0]

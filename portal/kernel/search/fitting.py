"""One expression for "fits the question", written as FTS5 or as tsquery by the database's dialect."""

from typing import Any

from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType


class fits(FunctionElement[bool]):
    """Say that the indexed terms (first) fit a question (second)."""

    # Of type Boolean, SQLite would be asked for `… MATCH … = 1`, which FTS5 can't answer.
    type = NullType()  # type: ignore[assignment]
    inherit_cache = True


@compiles(fits, "sqlite")
def _for_sqlite(element: fits, compiler: Any, **options: Any) -> str:
    terms, question = (compiler.process(part, **options) for part in element.clauses)
    return f"{terms} MATCH {question}"


@compiles(fits, "postgresql")
def _for_postgresql(element: fits, compiler: Any, **options: Any) -> str:
    terms, question = (compiler.process(part, **options) for part in element.clauses)
    return f"{terms} @@ CAST({question} AS tsquery)"

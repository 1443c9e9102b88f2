"""The database: engine rules, the model base, and the one place that commits."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Index,
    Integer,
    MetaData,
    Select,
    Table,
    UpdateBase,
    event,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=15000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-16000",
)


class Base(DeclarativeBase):
    """The base of every model; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
if TYPE_CHECKING:

    class Model(Base):
        """What a checker sees in place of Flask-SQLAlchemy's untyped base."""

        __abstract__ = True
else:
    Model = db.Model

# A number that may outgrow 32 bits; SQLite counts up INTEGER alone by itself.
BigId = BigInteger().with_variant(Integer, "sqlite")
# A query of any columns.
Query: TypeAlias = Select[*tuple[Any, ...]]

_writing: ContextVar[bool] = ContextVar("writing", default=False)


class UTCDateTime(TypeDecorator[datetime]):
    """An instant, always aware and in UTC; a naive time is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A naive time can't be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ReadOnly(RuntimeError):
    """Something tried to write outside a unit of work: a GET never writes."""


def intend_to_write(yes: bool) -> None:
    """Choose how the next transaction begins; a request that may write takes SQLite's lock at once."""
    _writing.set(yes)


@contextmanager
def writing() -> Iterator[None]:
    """Let transactions that begin in this block take the lock, whatever the request intended."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def session() -> Session:
    """Return this request's or job's session."""
    return db.session()


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Do all of it or nothing, in one transaction; the only commit in the house."""
    current = session()
    if current.info.get("working"):
        raise RuntimeError("A unit of work is already open: one transaction per act.")
    if not _writing.get():
        current.rollback()
    _writing.set(True)
    current.info["working"] = True
    try:
        yield current
        current.commit()
    except BaseException:
        current.rollback()
        raise
    finally:
        current.info["working"] = False
        _writing.set(False)


def release() -> None:
    """Let go of the transaction before something slow: a password hash, a mail server."""
    session().rollback()


def fetch(query: Query, values: Mapping[str, Any]) -> Sequence[Any]:
    """Ask a query of columns that was built beforehand, without the ORM's own round for entities."""
    return session().connection().execute(query, values).all()


def changed(statement: UpdateBase) -> int:
    """Do an UPDATE, DELETE or INSERT; return how many rows it changed: none if another was first."""
    counted = {"preserve_rowcount": True}  # else an INSERT on PostgreSQL that returns a key says -1
    done = session().execute(statement, execution_options=counted)
    return cast("CursorResult[Any]", done).rowcount


def insert_into(table: type[Model] | Table) -> Any:
    """Build an INSERT in the dialect at hand, which can say what becomes of an existing row."""
    return (sqlite if is_sqlite() else postgresql).insert(table)


def insert_new(table: type[Model] | Table) -> Any:
    """Build an INSERT that leaves an existing row alone, in the dialect at hand."""
    return insert_into(table).on_conflict_do_nothing()


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Index only the rows that fit `where`: one current row of a history, the jobs that wait."""
    fits = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=fits, postgresql_where=fits)


def is_sqlite() -> bool:
    """Say whether the database at hand is SQLite."""
    return session().get_bind().dialect.name == "sqlite"


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(pragma)


@event.listens_for(Engine, "connect")
def _prepare_postgresql(connection: Any, _record: ConnectionPoolEntry) -> None:
    """Let PostgreSQL begin at once: our queries are over before compiling or a helper would pay."""
    if not isinstance(connection, sqlite3.Connection):
        connection.execute("SET jit = off")
        connection.execute("SET max_parallel_workers_per_gather = 0")
        connection.commit()


@event.listens_for(Engine, "handle_error")
def _tell_no_values(failure: ExceptionContext) -> None:
    """Leave out the row that PostgreSQL quotes (DETAIL): an error goes into logs, and a job's row.

    What a statement was filled with is left out by `hide_parameters` (portal.app).
    """
    for error in (failure.original_exception, failure.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\nDETAIL:")[0], *error.args[1:])


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    """Take the lock at the start of a writer: the default overbooks (docs/decisions/0003)."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@event.listens_for(Session, "before_flush")
def _refuse_to_write(current: Session, _context: Any, _instances: Any) -> None:
    if not current.info.get("working"):
        raise ReadOnly("Write inside unit_of_work(); a GET never writes.")

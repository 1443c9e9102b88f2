"""Rows in bulk: executemany on SQLite, COPY on PostgreSQL."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

from portal.kernel.db import db, intend_to_write, session

sqlite3.register_adapter(datetime, lambda at: at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"))


class Loader(Protocol):
    """Writes many rows at once."""

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None: ...
    def run(self, statement: str) -> None: ...


class SqliteLoader:
    """Executemany in one transaction, without waiting for the disk."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        places = ",".join("?" * len(columns))
        statement = f"INSERT INTO {table} ({','.join(columns)}) VALUES ({places})"
        self.connection.executemany(statement, rows)

    def run(self, statement: str) -> None:
        self.connection.execute(statement)


class PostgresLoader:
    """COPY, the fastest door of PostgreSQL."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        copy = f"COPY {table} ({','.join(columns)}) FROM STDIN"
        with self.connection.cursor() as cursor, cursor.copy(copy) as sink:
            for row in rows:
                sink.write_row(row)

    def run(self, statement: str) -> None:
        self.connection.execute(statement)


@contextmanager
def loading() -> Iterator[Loader]:
    """Open the database at hand for bulk writing; everything is committed at the end."""
    intend_to_write(True)
    session().rollback()
    db.engine.dispose()  # SQLite changes its journal only for one that is alone
    with db.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if db.engine.dialect.name == "sqlite":
            for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "cache_size=-400000"):
                driver.execute(f"PRAGMA {pragma}")
            driver.execute("BEGIN IMMEDIATE")
            yield SqliteLoader(driver)
            driver.execute("COMMIT")
        else:
            driver.rollback()
            driver.execute("SET maintenance_work_mem = '512MB'")
            driver.execute("SET synchronous_commit = off")
            yield PostgresLoader(driver)
            driver.commit()
    db.engine.dispose()
    intend_to_write(False)

"""Databases for tests: made and migrated once per process, emptied before each test."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from flask import Flask
from flask_migrate import upgrade
from jinja2.bccache import Bucket, BytecodeCache
from psycopg import sql

from portal.app import create_app
from portal.kernel.db import db, intend_to_write
from portal.web import throttle

SEARCH = ("opening_search",)
REBUILT = "INSERT INTO search_word_trigram(search_word_trigram) VALUES ('rebuild')"
# Where the files of this process's portals are kept.
INSTANCE = tempfile.mkdtemp(prefix="portal-test-")
atexit.register(shutil.rmtree, INSTANCE, ignore_errors=True)


@dataclass
class Database:
    """A portal on a database of its own."""

    portal: Flask
    url: str
    drop: Callable[[], None]

    def empty(self) -> None:
        """Delete every row but what the migrations have put there: the kinds of relations."""
        tables = [*SEARCH, *(table.name for table in reversed(db.metadata.sorted_tables))]
        own = {"relation_kind": " WHERE NOT is_built_in"}
        emptying = [f'DELETE FROM "{table}"{own.get(table, "")}' for table in tables]
        with self.portal.app_context():
            intend_to_write(True)
            with db.engine.begin() as connection:
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                    for statement in (*emptying, REBUILT):
                        connection.exec_driver_sql(statement)
                else:
                    connection.exec_driver_sql("; ".join(emptying))
            intend_to_write(False)
        throttle.leases.clear()


class Compiled(BytecodeCache):
    """Templates as they are compiled, once for all portals of this process."""

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.known.get(bucket.key + bucket.checksum):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.known[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


COMPILED = Compiled()
# An organisation whose sign-in is taken, and never answers: nothing listens on the discard port.
ORGANISATION = {
    "PORTAL_OIDC": "acme",
    "PORTAL_OIDC_ACME_NAME": "Acme & Co",
    "PORTAL_OIDC_ACME_ISSUER": "http://127.0.0.1:9",
    "PORTAL_OIDC_ACME_CLIENT_ID": "portal",
    "PORTAL_OIDC_ACME_CLIENT_SECRET": "a secret of the tests alone",
}


def portal_on(url: str, **settings: str) -> Flask:
    """Make a portal for tests."""
    environment = {"SECRET_KEY": "test-" * 8, "DATABASE_URL": url, "PORTAL_HTMX": "cdn"}
    environment["PORTAL_INSTANCE"] = INSTANCE
    environment |= ORGANISATION
    app = create_app(environment | settings)
    app.testing = True
    app.jinja_env.bytecode_cache = COMPILED
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def open_sqlite(path: Path, **settings: str) -> Database:
    """Make a SQLite database at head, or open what has been made there."""
    url, is_new = f"sqlite:///{path}", not path.exists()
    portal = portal_on(url, **settings)
    if is_new:
        with portal.app_context():
            upgrade()

    def drop() -> None:
        with portal.app_context():
            db.engine.dispose()
        for ending in ("", "-wal", "-shm"):
            Path(f"{path}{ending}").unlink(missing_ok=True)

    return Database(portal, url, drop)


def open_postgresql(server: str, name: str, **settings: str) -> Database:
    """Make a PostgreSQL database at head, on the server of TEST_DATABASE_URL."""
    parts = urlsplit(server.replace("postgresql+psycopg://", "postgresql://"))
    create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    # What a test has written need not outlive a power cut.
    hasty = sql.SQL("ALTER DATABASE {} SET synchronous_commit TO off").format(sql.Identifier(name))
    remove = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(remove)
        connection.execute(create)
        connection.execute(hasty)
    url = urlunsplit(parts._replace(path=f"/{name}"))
    portal = portal_on(url, **settings)
    with portal.app_context():
        upgrade()

    def drop() -> None:
        with portal.app_context():
            db.engine.dispose()
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(remove)

    return Database(portal, url, drop)

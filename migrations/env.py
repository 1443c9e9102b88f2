"""Runs migrations on SQLite and PostgreSQL; keeps SQLite from emptying child tables on the way."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from portal.kernel.db import UTCDateTime, db, intend_to_write

config = context.config
SEARCH_TABLES = ("search_word_trigram",)


def in_models(thing: Any, name: str | None, kind: str, reflected: bool, compared_to: Any) -> bool:
    """Leave out what a search index makes for itself; models know nothing of it."""
    if kind == "table" and reflected and name:
        return not (
            name.endswith("_search") or "_search_" in name or name.startswith(SEARCH_TABLES)
        )
    return name not in ("ix_search_word_trigram",)


def plain_type(kind: str, thing: Any, _context: Any) -> str | bool:
    """Write our own types as the plain ones that the database sees."""
    return (
        "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UTCDateTime) else False
    )


def run() -> None:
    """Migrate in one transaction; on SQLite too, where Alembic alone would commit each step."""
    intend_to_write(True)
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        # Before any transaction: inside one the pragma does nothing, and a batch migration's
        # DROP TABLE would cascade into every child row (docs/decisions/0003).
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                migrate(connection)
        finally:
            # After it, for the same reason: this connection goes back to the pool.
            if sqlite:
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")
            intend_to_write(False)


def migrate(connection: Connection) -> None:
    """Run the steps; raises RuntimeError, and so undoes them, if a row would lose its parent."""
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        include_object=in_models,
        render_item=plain_type,
        **current_app.extensions["migrate"].configure_args,
    )
    context.run_migrations()
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"The migration would leave rows without parents: {broken[:5]}")


run()

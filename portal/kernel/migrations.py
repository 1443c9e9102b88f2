"""The steps from one schema to the next; Alembic (10 MB) loads only when a command asks for it."""

from typing import Any

import click
from flask import Flask
from sqlalchemy import String, column, inspect, select, table

from portal.config import folder
from portal.kernel.db import db

NAME = "migrate"  # what Flask-Migrate's commands ask the application for


class Steps:
    """Stands where Flask-Migrate's own configuration comes to stand when it is asked."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        load(self._app)
        return getattr(self._app.extensions[NAME], name)


def offer(app: Flask) -> None:
    """Have the steps at hand; a command line that looks for its commands gets `db` at once."""
    app.extensions[NAME] = Steps(app)
    line = click.get_current_context(silent=True)
    if line is not None and isinstance(line.command, click.Group):
        load(app)


def load(app: Flask) -> None:
    """Load what goes the steps."""
    from flask_migrate import Migrate

    steps = str(folder("migrations"))
    Migrate(app, db, directory=steps, render_as_batch=True, compare_type=True)


def at_head() -> bool:
    """Say whether the database has the schema that this code expects."""
    query = select(column("version_num", String)).select_from(table("alembic_version"))
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return bool(connection.scalar(query) == newest_step())


def newest_step() -> str:
    """Return the number of the latest migration; their files are named by it, in their order."""
    return max(path.name for path in folder("migrations").glob("versions/[0-9]*.py"))[:4]

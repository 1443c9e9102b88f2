"""Migrations: the schema is that of the models, each step goes down and up, and no row is lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask_migrate import downgrade, upgrade
from sqlalchemy import Connection, create_engine, func, inspect, select, table, text

from portal.config import folder
from portal.kernel import clock
from portal.kernel.db import db
from portal.kernel.migrations import at_head, newest_step
from tests.conftest import NOW
from tests.support import world
from tests.support.databases import Database
from tests.support.make import Make

BATCH = '''"""A batch migration of a table with children, planted by a test."""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = {head!r}
branch_labels = depends_on = None


def anew() -> str:
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def upgrade() -> None:
    with op.batch_alter_table("person", recreate=anew()) as batch:
        batch.add_column(sa.Column("planted", sa.Integer()))


def downgrade() -> None:
    with op.batch_alter_table("person", recreate=anew()) as batch:
        batch.drop_column("planted")
'''
PRAGMA = 'connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")'
# What an older schema has no words for, and so goes on the way down: corrections, added kinds.
UNTOLD = {
    "0003": {
        "relation": "corrected_at IS NOT NULL OR kind NOT IN"
        " (SELECT code FROM relation_kind WHERE is_built_in)"
    }
}
# Made by a migration alone, since only one dialect has it.
NO_MODELS = {"ix_search_word_trigram"}
REVISIONS = list(ScriptDirectory(str(folder("migrations"))).walk_revisions())  # newest first


@pytest.fixture
def populated(database: Database) -> Iterator[Flask]:
    """A portal with one of each thing; its schema is put right again whatever a test did to it."""
    database.empty()
    with clock.stopped_at(NOW), database.portal.app_context():
        world.build(Make())
        db.session.remove()
        try:
            yield database.portal
        finally:
            db.session.remove()
            if not at_head():
                upgrade()
    database.empty()


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """The migrations, and one more that rebuilds `person`."""
    copy = tmp_path / "migrations"
    shutil.copytree(folder("migrations"), copy)
    (copy / "versions/9999_planted.py").write_text(BATCH.format(head=REVISIONS[0].revision))
    return copy


def configuration() -> Config:
    config: Config = current_app.extensions["migrate"].migrate.get_config()
    return config


def rows() -> dict[str, int]:
    """Count the rows of every table there is."""
    names = [name for name in inspect(db.engine).get_table_names() if name in db.metadata.tables]
    with db.engine.connect() as connection:
        counts = {n: connection.execute(select(func.count()).select_from(table(n))) for n in names}
        return {name: count.scalar_one() for name, count in counts.items()}


def test_the_schema_is_that_of_the_models(populated: Flask) -> None:
    assert at_head()
    command.check(configuration())


def conditions(connection: Connection, schema: str | None = None) -> set[tuple[str, ...]]:
    """Return every check, and every index with what it holds for, as the database reads them."""
    seen, found = inspect(connection), set[tuple[str, ...]]()
    where = f"{connection.dialect.name}_where"
    for name in seen.get_table_names(schema):
        checks = seen.get_check_constraints(name, schema)
        found |= {(name, str(one["name"]), one["sqltext"]) for one in checks}
        for index in seen.get_indexes(name, schema):
            told = index.get("dialect_options", {}).get(where, "")
            columns = ", ".join(map(str, index["column_names"]))
            found.add((name, str(index["name"]), columns, str(told), str(index["unique"])))
    return found


def test_checks_and_partial_indexes_are_those_of_the_models(populated: Flask) -> None:
    """Alembic compares neither; here a second schema is made of the models and read back."""
    if db.engine.dialect.name == "sqlite":
        with create_engine("sqlite://").connect() as connection:
            db.metadata.create_all(connection)
            wanted = conditions(connection)
    else:
        with db.engine.connect() as connection:
            connection.execute(text("CREATE SCHEMA models"))
            apart = connection.execution_options(schema_translate_map={None: "models"})
            db.metadata.create_all(apart)
            wanted = conditions(connection, "models")
            connection.rollback()
    with db.engine.connect() as connection:
        found = {one for one in conditions(connection) if one[0] in db.metadata.tables}
    assert {one for one in found if one[1] not in NO_MODELS} == wanted


def test_the_steps_stand_in_one_line() -> None:
    scripts = ScriptDirectory(str(folder("migrations")))
    assert len(scripts.get_heads()) == 1
    assert len(scripts.get_bases()) == 1
    assert scripts.get_current_head() == newest_step(), "files are numbered in their order"
    assert all((step.doc or "").strip() for step in REVISIONS)


def told_before(step: str) -> dict[str, int]:
    """Count the rows of every table, without those that the schema before `step` can't tell."""
    counts = rows()
    for name, which in UNTOLD.get(step, {}).items():
        with db.engine.connect() as connection:
            untold = select(func.count()).select_from(table(name)).where(text(which))
            counts[name] -= connection.execute(untold).scalar_one()
    return counts


def test_each_step_goes_down_and_up_on_rows(populated: Flask) -> None:
    """A step takes its own tables with it on the way down; no other table loses or gains a row."""
    for step in REVISIONS:
        before, told = rows(), told_before(step.revision)
        downgrade(revision=step.down_revision or "base")
        kept = rows()
        assert kept == {n: told[n] for n in kept}, f"rows changed down from {step.revision}"
        upgrade(revision=step.revision)
        again = rows()
        assert again.keys() == before.keys()
        assert {n: again[n] for n in kept} == kept, f"rows changed up to {step.revision}"
        downgrade(revision=step.down_revision or "base")
    upgrade()
    command.check(configuration())


def test_the_way_down_leaves_nothing_behind(populated: Flask) -> None:
    downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert not left


def test_rebuilding_a_table_keeps_the_rows_that_point_at_it(
    populated: Flask, planted: Path
) -> None:
    before = rows()
    assert before["person"] and before["email_address"] and before["membership"]
    upgrade(directory=str(planted))
    assert "planted" in {column["name"] for column in inspect(db.engine).get_columns("person")}
    assert rows() == before
    downgrade(directory=str(planted), revision=REVISIONS[0].revision)
    assert rows() == before


def test_without_the_pragma_those_rows_would_be_gone(populated: Flask, planted: Path) -> None:
    """The test above can fail: SQLite cascades when foreign keys are on while a table is rebuilt."""
    before, environment = rows(), planted / "env.py"
    assert PRAGMA in environment.read_text()
    environment.write_text(environment.read_text().replace(PRAGMA, "pass"))
    try:
        upgrade(directory=str(planted))
        expected = 0 if db.engine.dialect.name == "sqlite" else before["email_address"]
        assert rows()["email_address"] == expected
    finally:
        downgrade(directory=str(planted), revision=REVISIONS[0].revision)


def test_a_migration_that_orphans_rows_is_undone_whole(populated: Flask, planted: Path) -> None:
    """SQLite does not look while foreign keys are off; we look before the commit."""
    before, step = rows(), planted / "versions/9999_planted.py"
    loss = '    op.execute("DELETE FROM person")\n    with op'
    step.write_text(step.read_text().replace("    with op", loss, 1))
    if db.engine.dialect.name == "sqlite":
        with pytest.raises(SystemExit):
            upgrade(directory=str(planted))
        assert at_head()
        assert rows() == before


def test_after_a_migration_the_connection_keeps_foreign_keys_again(populated: Flask) -> None:
    downgrade(revision="base")
    upgrade()
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1

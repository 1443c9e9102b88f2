"""Every column that points at a person says what becomes of it on export and erasure (docs/privacy.md)."""

import pytest
from flask import Flask
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from portal.kernel import personal_data
from portal.kernel.db import db, unit_of_work
from portal.kernel.personal_data import Rule
from tests.support.make import Make

# What nobody gets of what is about them: others' decisions, what waits for minutes, what follows from
# other rows. The rule's own `why` says more.
KEPT_BACK = {
    "address_request.person_id",
    "affiliation.person_id",
    "correction.answered_by_id",
    "event.organiser_id",
    "first_step.person_id",
    "list_link.person_id",
    "membership.decided_by_id",
    "name_word.person_id",
    "passkey_challenge.person_id",
    "primary_change.person_id",
    "printed_code.person_id",
    "proof_request.person_id",
    "relation.owner_id",
    "second_step.person_id",
    "suspension.by_id",
}


def columns_about_people(metadata: MetaData) -> dict[tuple[str, str], Column[object]]:
    """Return every column with a foreign key to a person, by table and name."""
    return {
        (table.name, key.parent.name): key.parent
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.target_fullname == "person.id"
    }


def unregistered(metadata: MetaData) -> set[tuple[str, str]]:
    """Return the columns that point at a person and that no rule speaks of."""
    spoken_of = {(rule.table, rule.column.key) for rule in personal_data.rules()}
    return columns_about_people(metadata).keys() - spoken_of


def test_every_column_about_a_person_is_registered(portal: Flask) -> None:
    assert unregistered(db.metadata) == set()


def test_a_table_that_is_not_registered_is_found() -> None:
    planted = MetaData()
    Table("person", planted, Column("id", Integer, primary_key=True))
    Table("secret_note", planted, Column("about_id", ForeignKey("person.id")))
    assert unregistered(planted) == {("secret_note", "about_id")}


def test_no_rule_speaks_of_a_column_twice_or_of_none(portal: Flask) -> None:
    spoken_of = [(rule.table, rule.column.key) for rule in personal_data.rules()]
    assert len(spoken_of) == len(set(spoken_of))
    assert set(spoken_of) <= columns_about_people(db.metadata).keys()


def test_everything_else_is_exported() -> None:
    kept_back = {
        f"{rule.table}.{rule.column.key}" for rule in personal_data.rules() if not rule.exported
    }
    assert kept_back == KEPT_BACK


@pytest.mark.parametrize("rule", personal_data.rules(), ids=lambda r: f"{r.table}.{r.column.key}")
def test_a_rule_can_be_kept_by_the_database(rule: Rule) -> None:
    """Deletion cascades, unlinking needs a column that may be empty, and each rule says why."""
    column = db.metadata.tables[rule.table].columns[rule.column.key]
    (key,) = column.foreign_keys
    assert rule.why.endswith(".")
    if rule.on_erasure == "delete":
        assert key.ondelete == "CASCADE"
    if rule.on_erasure == "unlink":
        assert column.nullable
        assert key.ondelete == "SET NULL"


def test_an_export_holds_ones_own_rows_and_nobody_elses(portal: Flask, make: Make) -> None:
    alice, bob = make.person("Alice"), make.person("Bob")
    network = make.network()
    make.membership(alice, network)
    make.membership(bob, network)
    exported = personal_data.rows_about(alice.id)
    assert [row["person_id"] for row in exported["membership"]] == [alice.id]
    assert [row["person_id"] for row in exported["email_address"]] == [alice.id]
    assert "person1@example.com" in str(exported)
    assert "person2@example.com" not in str(exported)


def test_erasing_a_person_takes_their_rows_and_leaves_the_others(portal: Flask, make: Make) -> None:
    alice, bob = make.person("Alice"), make.person("Bob")
    network = make.network()
    make.membership(alice, network)
    make.membership(bob, network, decided_by_id=alice.id)
    with unit_of_work() as work:
        work.delete(alice)
    assert not any(personal_data.rows_about(alice.id).values())
    (kept,) = personal_data.rows_about(bob.id)["membership"]
    assert kept["decided_by_id"] is None

"""Every column that points at a person is moved by a merge; one that is new needs a rule of its own."""

import pytest
from sqlalchemy import Table, UniqueConstraint, func, select

from portal.admin.policy.merging import ROWS
from portal.kernel import merging, personal_data
from portal.kernel.actors import Actor
from portal.kernel.db import db, session, unit_of_work
from portal.kernel.merging import LeftBehind, Merge, plan
from portal.networks.models import Membership
from portal.people.actions import merge_people, preview_merge
from portal.people.models import Person
from tests.conftest import NOW
from tests.support.filling import fill
from tests.test_personal_data import columns_about_people

EVERY = [pytest.param(rule, id=f"{rule.table}.{rule.column.key}") for rule in personal_data.rules()]
# What waits for minutes or is made anew; made anew it may be there again.
MADE_ANEW = {"name_word", "affiliation"}
# Columns of which a row has one or the other, so that two with the same one are alike in both.
EITHER = {"correction": {"fact_id", "relation_id"}}


def table_of(rule) -> Table:
    return db.metadata.tables[rule.table]


def owned(rule, person_id):
    table = table_of(rule)
    query = select(func.count()).select_from(table)
    return session().scalar(query.where(table.c[rule.column.key] == person_id))


def merged(kim, kept, gone):
    with unit_of_work():
        kept, gone = (session().get_one(Person, number) for number in (kept, gone))
        seen = preview_merge(kept, gone, frozenset(), NOW).seen
        merge_people(kim, kept.id, gone.id, seen, frozenset(), NOW)


@pytest.fixture
def pair(personas, make):
    """The administrator as they act, and the numbers of one who stays and one who goes."""
    kim = Actor(personas.kim.id, "Kim", frozenset({"administrator"}))
    return kim, make.person().id, bare()


def bare():
    """Add somebody of whom nothing is known at all."""
    with unit_of_work():
        (number,) = fill(db.metadata.tables["person"])
    return number


def test_each_column_that_points_at_a_person_has_a_rule_and_each_rule_words():
    ruled = {(rule.table, rule.column.key) for rule in personal_data.rules()}
    assert columns_about_people(db.metadata).keys() == ruled
    assert ROWS.keys() == ruled


def unique_together(table):
    """Return the names of columns that no two rows may have alike, with those that say when."""
    found = [({one.name for one in table.primary_key.columns}, "")]
    rules = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
    for one in [*rules, *(one for one in table.indexes if one.unique)]:
        where = one.dialect_options["sqlite"].get("where") if one not in rules else None
        found.append(({column.name for column in one.columns}, str(where)))
    return found


@pytest.mark.parametrize("rule", EVERY)
def test_where_both_may_have_the_same_a_rule_says_what_stays(rule):
    """A plain move would break on the database's own rule: it must be said what becomes of two."""
    name = rule.column.key
    clashing = [(names, when) for names, when in unique_together(table_of(rule)) if name in names]
    assert not clashing or rule.on_merge not in ("move", "end")
    if rule.on_merge == "own":
        assert (rule.table, name) in merging._mergers
    if rule.on_merge in ("once", "current"):
        for names, when in clashing:
            # Two that clash are alike in all that the rule looks at, so it finds them.
            known = names | EITHER.get(rule.table, set())
            assert all(one in known or one in when for one in rule.same), (names, rule.same)


@pytest.mark.parametrize("rule", EVERY)
def test_a_row_of_the_one_who_goes_is_the_other_ones_afterwards(pair, rule):
    kim, kept, gone = pair
    with unit_of_work():
        fill(table_of(rule), **{rule.column.key: gone})
    before = owned(rule, kept)
    merged(kim, kept, gone)
    assert owned(rule, gone) == 0
    if rule.table not in MADE_ANEW:
        moved_on = 0 if rule.on_merge == "drop" else 1
        assert owned(rule, kept) == before + moved_on + (rule.table == "former_id")


def test_a_row_that_no_rule_moves_stops_it_all(pair, monkeypatch):
    kim, kept, gone = pair
    with unit_of_work():
        fill(Membership.__table__, person_id=gone)
    stays_behind = plan(Merge(kept, gone, NOW))
    session().rollback()

    def forgetful(_merge):
        return [step for step in stays_behind if step.table != "membership"]

    monkeypatch.setattr(merging, "plan", forgetful)
    with pytest.raises(LeftBehind, match="membership"):
        merged(kim, kept, gone)
    session().rollback()
    assert session().scalar(select(Membership.person_id)) == gone
    assert session().get(Person, gone) is not None


def test_with_a_row_of_each_for_both_all_goes_well_and_nothing_points_at_who_is_gone(pair):
    kim, kept, gone = pair
    for rule in personal_data.rules():
        if rule.table in MADE_ANEW:
            continue
        for number in (kept, gone):
            with unit_of_work() as work:
                table = table_of(rule)
                mine = table.c[rule.column.key] == number
                if not work.scalar(select(func.count()).select_from(table).where(mine)):
                    fill(table, **{rule.column.key: number})
    merged(kim, kept, gone)
    for (name, column), _column in columns_about_people(db.metadata).items():
        table = db.metadata.tables[name]
        left = select(func.count()).select_from(table).where(table.c[column] == gone)
        assert session().scalar(left) == 0, (name, column)
    assert session().get(Person, gone) is None

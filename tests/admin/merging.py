"""How the tests look at what a merge would do, and do it."""

import re

from sqlalchemy import select

from portal.kernel.db import db, session
from portal.people.models import Person

SEEN = re.compile(r'name="seen" value="(\w+)"')


def path_of(person):
    return f"/admin/people/{person.public_id}/merge"


def considered(kim, alice, double, **more):
    return kim.get(path_of(alice), query_string={"with": double.public_id} | more)


def merge(kim, alice, double, *, stays=None, seen=None, htmx=False):
    stays = (stays or alice).public_id
    if seen is None:
        seen = SEEN.search(considered(kim, alice, double, stays=stays).text)[1]
    form = {"with": double.public_id, "stays": stays, "seen": seen}
    answer = kim.post(path_of(alice), form, htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    return answer


def is_there(person_id):
    session().rollback()
    return session().scalar(select(Person.id).where(Person.id == person_id)) is not None


def dump():
    session().rollback()
    return {
        table.name: sorted(map(repr, session().execute(select(table)).all()))
        for table in db.metadata.sorted_tables
    }

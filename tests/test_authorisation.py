"""What is hidden is absent, neighbours' numbers open nothing, and no field can be smuggled in."""

from sqlalchemy import select

from portal.kernel.db import db, session
from portal.networks.models import Membership
from portal.people.models import Person, Role
from tests.support import walk
from tests.support.browser import without_token
from tests.support.walk import MODES, ROLES, Walk, Way

# Hidden things, beside ones that never were.
PAIRS = (
    ("/networks/hidden", "/networks/missing"),
    ("/networks/hidden/members", "/networks/missing/members"),
    ("/openings/draft", "/openings/missing"),
    ("/openings/of-hidden", "/openings/missing"),
    ("/events/of-hidden", "/events/missing"),
    ("/people/p-private", "/people/missing"),
)
OWN = 901  # the number of all that the member has
SMUGGLED = {
    "id": "1",
    "person_id": "1",
    "owner_id": "1",
    "by_id": "1",
    "role": "administrator",
    "name": "administrator",
    "is_admin": "1",
    "coordinates": "9",
    "kind": "administrator",
    "state": "published",
    "status": "active",
    "verified_at": "2020-01-01T00:00:00+00:00",
    "began_at": "2020-01-01T00:00:00+00:00",
    "created_at": "2020-01-01T00:00:00+00:00",
    "suspended_at": "",
    "capacity": "9999",
    "name_shown": "members",
}


def test_what_is_hidden_answers_as_what_never_was(walked: Walk) -> None:
    """The same status and the same text, for every role that may not know of it."""
    compared = 0
    for hidden, missing in PAIRS:
        for role in ROLES:
            for mode in MODES:
                there = walked.ask(role, Way("GET", hidden), mode)
                if there.status_code != 404:
                    continue
                never = walked.ask(role, Way("GET", missing), mode)
                assert never.status_code == 404
                same = without_token(there.text).replace(hidden, missing)
                assert same == without_token(never.text), (role, hidden, mode)
                compared += 1
    assert compared >= 20


def test_the_numbers_beside_ones_own_open_nothing(walked: Walk) -> None:
    """Where an address holds a number, those around the member's own are tried by them and another."""
    rules = [rule for rule in walked.app.url_map.iter_rules() if "<int:" in rule.rule]
    assert rules
    for rule in rules:
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for number in range(OWN - 5, OWN + 6):
                path = walk.VARIABLE.sub(str(number), rule.rule, count=1)
                for segment in path.split("/"):
                    if "<" in segment:
                        path = path.replace(segment, str(number))
                if path.startswith("/dev/"):
                    continue
                for role in ("moderator",) if number == OWN else ("moderator", "member"):
                    answer = walked.ask(role, Way(method, path))
                    assert answer.status_code in (303, 404), (method, path, role)
                    assert not walked.changed(), (method, path, role)


def test_no_field_can_be_smuggled_into_a_form(walked: Walk) -> None:
    """Whatever a form is sent with, nobody's rights, roles or choices change by it."""
    before = rights(walked)
    for way in walk.ways(walked.app, "POST"):
        if way.path.startswith(("/demo", "/admin")):
            continue
        for role in ("visitor", "member", "coordinator"):
            walked.ask(role, way, **SMUGGLED)
            after = rights(walked)
            assert after["roles"] == before["roles"], (way, role)
            assert after["marks"] == before["marks"], (way, role)
            gained = after["duties"] - before["duties"]
            assert not gained, (way, role)
            walked.changed()


def rights(walked: Walk) -> dict[str, set[object]]:
    """Return who administers, who leads what, and what only actions of their own may change."""
    with walked.app.app_context():
        roles = session().execute(select(Role.person_id, Role.name, Role.ended_at))
        duties = session().execute(
            select(Membership.person_id, Membership.network_id, Membership.role).where(
                Membership.role != "member", Membership.ended_at.is_(None)
            )
        )
        columns = (Person.id, Person.public_id, Person.suspended_at, Person.arrived_at)
        marks = session().execute(select(*columns).where(Person.id <= walked_people(walked)))
        found: dict[str, set[object]] = {
            "roles": {tuple(row) for row in roles},
            "duties": {tuple(row) for row in duties},
            "marks": {tuple(row) for row in marks},
        }
        db.session.remove()
    return found


def walked_people(walked: Walk) -> int:
    """Return how many people there were at the start."""
    return max(int(row[0]) for row in walked.before["person"])

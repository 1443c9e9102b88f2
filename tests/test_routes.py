"""Every route, for every role, plainly and with htmx, against the table in tests/routes.txt.

`ROUTES_WRITE=1 python -m pytest tests/test_routes.py` writes the table anew; read the difference.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from werkzeug.routing import Map, Rule
from werkzeug.test import TestResponse

from portal.kernel import clock
from portal.kernel.paging import encode
from tests.conftest import NOW
from tests.support import walk, world
from tests.support.databases import Database
from tests.support.walk import MODES, ROLES, Walk, Way

TABLE = Path(__file__).with_name("routes.txt")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "",
    "Vary": "Cookie, HX-Request",
}
HEADING = (
    "# What each role is answered. A cell is plain/htmx, or one number when both are the same.\n"
    "# Written by ROUTES_WRITE=1 (tests/test_routes.py): a changed line is a changed right.\n"
)
PARAMETERS = (
    "after",
    "q",
    "sort",
    "page",
    "county",
    "municipality",
    "form",
    "network",
    "next",
    "mine",
)
ODD = (
    "nonsense", "-1", "9" * 30, "\0", "\ud7ff\U0010ffff", "'\"<script>", "%", "*" * 300,
    encode(1), encode(9, 1), encode(0, -5), encode("x", 1), encode("2026-01-01", 1),
    encode("9999-12-31T23:59:59-14:00", 1), encode("0001-01-01T00:00:00+14:00", 1), encode("00", 2**62),
)  # fmt: skip
Table = dict[str, list[str]]


@pytest.fixture
def walked(database: Database) -> Iterator[Walk]:
    """The world in an empty database, outside any request."""
    database.empty()
    with clock.stopped_at(NOW):
        yield Walk(database.portal)
    database.empty()


def cell(plain: TestResponse, htmx: TestResponse) -> str:
    same = plain.status_code == htmx.status_code
    return str(plain.status_code) if same else f"{plain.status_code}/{htmx.status_code}"


def is_refusal(role: str, answer: TestResponse) -> bool:
    """Say whether an answer keeps somebody out: an error, or a visitor's way to sign in."""
    place = answer.headers.get("Location", "") + answer.headers.get("HX-Redirect", "")
    if role == "visitor" and place.split("?")[0] == "/sign-in":
        return True
    return answer.status_code >= 400 and answer.status_code != 422


def read_table() -> Table:
    lines = TABLE.read_text().splitlines()[3:] if TABLE.is_file() else []
    return {line[:70].strip(): line[70:].split() for line in lines}


def write_table(table: Table) -> None:
    heading = "#".ljust(70) + " ".join(role[:9].ljust(9) for role in ROLES)
    rows = [way.ljust(70) + " ".join(one.ljust(9) for one in cells) for way, cells in table.items()]
    TABLE.write_text(HEADING + "\n".join(line.rstrip() for line in [heading, *rows]) + "\n")


def compare(found: Table, stored: Table) -> list[str]:
    """Say in which rows the two differ; a route that has no row differs."""
    return [
        f"{way}\n  stored {stored.get(way, 'nothing')}\n  found  {found.get(way, 'nothing')}"
        for way in sorted(found.keys() | stored.keys())
        if found.get(way) != stored.get(way)
    ]


def test_every_route_answers_every_role_as_the_table_says(walked: Walk) -> None:
    found: Table = {}
    doors, touched, bare, broken, leaks = [], [], [], [], []
    for way in [*walk.ways(walked.app, "GET"), *walk.ways(walked.app, "POST")]:
        found[str(way)] = []
        for role in ROLES:
            answers = []
            for mode in MODES:
                answers.append(walked.ask(role, way, mode))
                changed = walked.changed() if way.method == "POST" else []
                if changed and is_refusal(role, answers[-1]):
                    touched.append(f"{way} as {role}, {mode}: refused, yet wrote {changed}")
                seen = leaked(role, answers[-1]) if not is_for_developers(way) else []
                leaks += [f"{way} as {role}, {mode}: {one}" for one in seen]
                bare += [f"{way} {name}" for name in missing_headers(answers[-1])]
                broken += [f"{way} as {role}, {mode}"] if answers[-1].status_code >= 500 else []
            if is_refusal(role, answers[0]) != is_refusal(role, answers[1]):
                doors.append(f"{way} as {role}: {cell(answers[0], answers[1])}")
            found[str(way)].append(cell(answers[0], answers[1]))
    assert not broken, "\n".join(broken)
    assert not bare, "\n".join(bare)
    assert not touched, "\n".join(touched)
    assert not leaks, "seen by a role without right:\n" + "\n".join(leaks)
    assert not doors, "served in one way what is refused in the other:\n" + "\n".join(doors)
    if os.environ.get("ROUTES_WRITE"):
        write_table(found)
    differences = compare(found, read_table())
    assert not differences, "\n".join(differences)


def is_for_developers(way: Way) -> bool:
    """Say whether it is the page of mails that have not left: only where no mail server is set."""
    return way.path.startswith("/dev/")


def leaked(role: str, answer: TestResponse) -> list[str]:
    """Return the secrets in an answer that are not for this role."""
    text = answer.text if (answer.mimetype or "").startswith(("text/", "application/json")) else ""
    return [secret for secret, may in world.SECRETS.items() if role not in may and secret in text]


def test_every_secret_is_seen_by_some_page(walked: Walk) -> None:
    """Else the walk above would prove nothing: each secret is read by each role that may."""
    unseen = {(secret, role) for secret, may in world.SECRETS.items() for role in may}
    for way in walk.ways(walked.app, "GET"):
        for role in {role for _secret, role in unseen}:
            text = walked.ask(role, way).text
            unseen -= {(secret, role) for secret in world.SECRETS if secret in text}
    assert not unseen


def test_a_get_changes_no_row(walked: Walk) -> None:
    for way in walk.ways(walked.app, "GET"):
        plain = walked.ask("administrator", way)
        head = walked.ask("administrator", Way("HEAD", way.path))
        walked.ask("administrator", way, "htmx")
        assert head.status_code == plain.status_code, way
        assert head.data == b"", way
        assert not walked.changed(), way


def test_every_post_is_refused_without_its_token(walked: Walk) -> None:
    for way in walk.ways(walked.app, "POST"):
        for role in ("visitor", "administrator"):
            for mode in MODES:
                for token in ("", "nonsense", walked.visitors["member"].token):
                    answer = walked.ask(role, way, mode, csrf_token=token)
                    assert answer.status_code == 400, (way, role, mode, token)
                    assert not walked.changed(), way


def test_an_address_somebody_made_up_never_breaks_a_page(walked: Walk) -> None:
    """Forged cursors and odd values, one page of each route: alone, and in all parameters at once."""
    broken: dict[str, list[str]] = {}
    for rule in walked.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        path = walk.paths_of(rule)[0]
        for value in ODD:
            for names in (PARAMETERS[:1], PARAMETERS):
                query = urlencode(dict.fromkeys(names, value))
                answer = walked.ask("administrator", Way("GET", f"{path}?{query}"))
                if answer.status_code >= 500:
                    broken.setdefault(path, []).append(query)
    told = (f"{path}?{queries[0]} and {len(queries) - 1} more" for path, queries in broken.items())
    assert not broken, "\n".join(told)


def test_errors_carry_the_headers_too(walked: Walk) -> None:
    for way in (Way("GET", "/nowhere"), Way("GET", "/sign-out"), Way("DELETE", "/about")):
        for mode in MODES:
            answer = walked.ask("member", way, mode)
            assert answer.status_code in (404, 405), way
            assert not missing_headers(answer), way


def test_static_files_are_safe_to_open(walked: Walk) -> None:
    style = walked.app.jinja_env.globals["asset"]("portal.css")  # type: ignore[operator]
    answer = walked.ask("visitor", Way("GET", style))
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_route_without_a_row_is_found() -> None:
    assert compare({"GET /new": ["200"]}, {}) != []
    assert compare({"GET /old": ["200"]}, {"GET /old": ["404"]}) != []
    assert compare({"GET /old": ["200"]}, {"GET /old": ["200"]}) == []


def test_a_route_whose_variable_has_no_value_is_found() -> None:
    rule = Rule("/unheard-of/<slug>")
    Map([rule])
    with pytest.raises(walk.NoValue, match="unheard-of"):
        walk.paths_of(rule)


def missing_headers(answer: TestResponse) -> list[str]:
    return [
        name
        for name, start in HEADERS.items()
        if not answer.headers.get(name, "-").startswith(start)
    ]

"""Every route, for every role, plainly and with htmx, against the table in tests/routes.txt.

`ROUTES_WRITE=1 python -m pytest tests/test_routes.py` writes the table anew; read the difference.
"""

import os
from pathlib import Path
from urllib.parse import urlencode

import pytest
from werkzeug.routing import Map, Rule

from portal.kernel.paging import encode
from tests.support import walk
from tests.support.judge import SENTENCES, Judge, Table, missing_headers
from tests.support.walk import MODES, ROLES, Walk, Way

TABLE = Path(__file__).with_name("routes.txt")
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
# Acts that take no token of the session, and why; everything else is refused without it.
WITHOUT_TOKEN = {
    "/mail/bounces": "a mail server sends it, with a secret of its own; it looks at no session",
    "/mail/lists/<token>": "mail programs post it without cookies (RFC 8058, 3.2)",
    "/mail/lists/<token>/undoing": "undoes just that, by the same 256 bits",
}


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


def test_every_route_answers_every_role_as_the_table_says(
    walked: Walk, subtests: pytest.Subtests
) -> None:
    """In Swedish on SQLite, in English on PostgreSQL: what is allowed is the same."""
    judge = Judge(walked)
    for sentence in SENTENCES:
        with subtests.test(sentence):
            told = judge.told(sentence)
            assert not told, told
    if os.environ.get("ROUTES_WRITE"):
        write_table(judge.table)
    differences = compare(judge.table, read_table())
    how = "ROUTES_WRITE=1 writes tests/routes.txt anew; each changed line is a changed right."
    assert not differences, "\n".join([*differences, how])


def test_head_is_answered_as_get_without_a_body_and_changes_no_row(walked: Walk) -> None:
    for way in walk.ways(walked.app, "GET"):
        plain = walked.ask("administrator", way)
        head = walked.ask("administrator", Way("HEAD", way.path))
        assert head.status_code == plain.status_code, way
        assert head.data == b"", way
        assert not walked.changed(), way


def test_only_these_take_no_token(walked: Walk) -> None:
    views = walked.app.view_functions
    exempt = {
        rule.rule
        for rule in walked.app.url_map.iter_rules()
        if getattr(views[rule.endpoint], "needs_no_token", False)
    }
    assert exempt == WITHOUT_TOKEN.keys()
    assert (
        walked.ask("visitor", Way("POST", "/mail/lists/l-member"), csrf_token="").status_code == 200
    )


def test_every_post_is_refused_without_its_token(walked: Walk) -> None:
    exempt = {
        path
        for rule in walked.app.url_map.iter_rules()
        if rule.rule in WITHOUT_TOKEN
        for path in walk.paths_of(rule)
    }
    for way in walk.ways(walked.app, "POST"):
        if way.path in exempt:
            continue
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

"""The rules of docs/architecture.md, held over every module and template, and shown red on planted faults."""

import pytest

from tests.support import architecture, template_rules

SOURCES = architecture.modules()
TEMPLATES = template_rules.templates()
DOC = '"""Says what it is for."""\n'

# (module, broken rule as it is reported): why it may stand. Each must still be needed.
EXCEPTIONS: dict[tuple[str, str], str] = {}

# How often rows are held until an act is over. SQLite has one writer and never misses a lock, and on
# PostgreSQL two clicks seldom meet in a test: one that is gone is seen here, and wants a reason.
HOLDS = {
    "portal.accounts.actions.ways": 1,
    "portal.admin.queries.jobs": 1,
    "portal.admin.queries.mail": 1,
    "portal.journey.actions.memories": 1,
    "portal.kernel.jobs": 1,
    "portal.kernel.mail.queue": 1,
    "portal.kernel.merging": 1,
    "portal.networks.queries.one": 1,
    "portal.notifications.actions.counting": 1,
    "portal.notifications.actions.holding": 1,
    "portal.notifications.actions.rhythm": 1,
    "portal.people.actions.affiliations": 1,
    "portal.people.actions.merging": 1,
    "portal.people.actions.profile": 1,
    "portal.people.actions.relations": 1,
    "portal.people.actions.roles": 1,
    "portal.people.actions.suspending": 1,
}
PLANTED = {
    "R1 upward": ("portal.people.queries", "from portal.networks.models import Network", "R1"),
    "R1 sideways": ("portal.openings.queries", "from portal.events import models", "R1"),
    "R1 kernel": ("portal.kernel.paging", "import portal.web.rendering", "R1"),
    "R1 app": ("portal.networks.actions", "from portal.app import create_app", "R1"),
    "R1 relative": ("portal.people.queries", "from .models import Person", "R1"),
    "R1 no tier": ("portal.sundry.models", "", "R1"),
    "R2 upward": ("portal.people.policy", "from portal.people import queries", "R2"),
    "R2 foreign": ("portal.networks.policy", "from portal.people.actions import host_named", "R2"),
    "R2 word": ("portal.people.sundry", "", "R2"),
    "R3 views": ("portal.networks.views", "from portal.accounts.views import accounts", "R3"),
    "R3 forms": ("portal.networks.forms", "from portal.accounts.forms import CodeForm", "R3"),
    "R4 flask": ("portal.people.actions", "from flask import request", "R4"),
    "R4 extension": ("portal.people.queries", "import flask_login", "R4"),
    "R4 wtforms": ("portal.people.policy", "from wtforms import Form", "R4"),
    "R4 web": ("portal.people.actions", "from portal.web.rendering import actor", "R4"),
    "R5": ("portal.people.queries", "def late():\n    from portal.people import policy", "R5"),
    "R6 commit": ("portal.people.actions", "session().commit()", "R6"),
    "R6 select": ("portal.accounts.views.yours", "select(Account.id)", "R6"),
    "R6 sa.select": ("portal.accounts.views.yours", "sa.select(Account.id)", "R6"),
    "R6 session": ("portal.accounts.views.yours", "db.session.get(Account, 1)", "R6"),
    "R2 loose page": ("portal.home.start", "", "R2"),
    "R8 name": ("portal.accounts.views.bounces", "given != secret", "R8"),
    "R8 call": ("portal.accounts.actions.mailed", "typed == code_of(asked)", "R8"),
    "R8 attribute": ("portal.accounts.actions.mailed", "typed == request.token", "R8"),
    "R8 keys": ("portal.kernel.keys", "one == other", "R8"),
    "R9 address": ("portal.kernel.jobs", 'log.info("To %s", mail.address)', "R9"),
    "R9 path": ("portal.web.errors", 'log.error(f"{request.path}")', "R9"),
    "R9 other log": ("portal.web.errors", "logging.getLogger('x').info(form.email)", "R9"),
    "module name": ("portal.people.utils", "", "says nothing"),
    "class name": ("portal.people.models", "class PersonManager: ...", "says nothing"),
    "function name": ("portal.people.actions", "def handle_person(): ...", "says nothing"),
}


def test_every_module_keeps_the_rules() -> None:
    known = frozenset(SOURCES)
    found = [
        fault for name, text in SOURCES.items() for fault in architecture.faults(name, text, known)
    ]
    unexpected = [fault for fault in found if not _excepted(fault)]
    assert not unexpected, "\n".join(unexpected)


def test_rows_are_held_where_they_were() -> None:
    held = {name: text.count("with_for_update") for name, text in SOURCES.items()}
    assert {name: count for name, count in held.items() if count} == HOLDS


def test_every_exception_is_still_needed() -> None:
    known = frozenset(SOURCES)
    for (name, rule), why in EXCEPTIONS.items():
        assert why
        assert any(rule in fault for fault in architecture.faults(name, SOURCES[name], known))


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault: str) -> None:
    name, line, expected = PLANTED[fault]
    known = frozenset(SOURCES) | {name}
    before = architecture.faults("portal.people.queries", DOC, known)
    assert before == []
    found = architecture.faults(name, DOC + line, known)
    assert any(expected in one for one in found), found


@pytest.mark.parametrize("source", ["x = 1\n", '"""Two\nlines."""\n', '"""no sentence"""\n'])
def test_a_module_without_its_line_is_found(source: str) -> None:
    assert architecture.faults("portal.people.queries", source)


def test_what_the_rules_allow_is_left_alone() -> None:
    good = DOC + "from portal.kernel.db import session\nfrom portal.people.models import Person\n"
    good += "UserSession.digest == keys.digest(token)\nlog.info('Person %s', person_id)\n"
    assert architecture.faults("portal.networks.queries", good) == []


def test_no_module_imports_itself_round_a_corner() -> None:
    assert architecture.cycles(architecture.graph()) == []


def test_a_planted_cycle_is_found() -> None:
    ring = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set[str]()}
    assert set(architecture.cycles(ring)[0]) >= {"a", "b", "c"}


def test_every_template_keeps_the_rules() -> None:
    found = [f for name, text in TEMPLATES.items() for f in template_rules.faults(name, text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>No contract</p>",
        "{# Contract. #}\n" + "<p></p>\n" * 80,
        "{# Contract. #}\n{{ text|safe }}",
        "{# Contract. #}\n{% if htmx %}{% endif %}",
        '{# Contract. #}\n<p style="color: red">',
        '{# Contract. #}\n<a hx-boost="true" href="/">x</a>',
        '{# Contract. #}\n<button hx-on:click="x()">',
        '{# Contract. #}\n<button onclick="x()">',
        '{# Contract. #}\n<a href="javascript:x()">',
        "{# Contract. #}\n<script>x()</script>",
        "{# Contract. #}\n<style>p {}</style>",
        '{# Contract. #}\n<form method="post" action="/x"><button>x</button></form>',
    ],
)
def test_a_fault_planted_in_a_template_is_found(markup: str) -> None:
    assert template_rules.faults("networks/show.html", markup)


def test_a_fragment_without_its_needs_is_found() -> None:
    assert template_rules.faults("networks/_row.html", "{# A row. #}\n<p></p>")


def _excepted(fault: str) -> bool:
    return any(fault.startswith(f"{name}:") and rule in fault for name, rule in EXCEPTIONS)

"""Mails that come back or are unwanted: taken in from whoever proves it, and believed of nobody else."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from portal.accounts.queries import reader_of
from portal.cli.bounces import TRY_LATER
from portal.cli.bounces import bounce as command
from portal.kernel import clock
from portal.kernel.db import db, session, unit_of_work
from portal.kernel.facts import FactRow
from portal.kernel.mail import Letter, MailClass, MailingList, Reader, forget, may_reach, post
from portal.kernel.mail.bounces import LARGEST
from portal.kernel.worker import drain
from tests.accounts.addresses import give
from tests.accounts.returns import (
    BOUNCES,
    SECRET,
    WORK,
    bounce,
    came_back,
    mailed,
    marks,
    take_reports,
    told,
)
from tests.conftest import NOW
from tests.support import bounced
from tests.support.browser import Browser

HOME = "alice@home.example.net"
NOBODY: tuple[set[str], set[str]] = (set(), set())
JSON = "application/json"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def taken_in(portal, monkeypatch):
    """Let whoever knows the secret tell what came back."""
    take_reports(portal, monkeypatch)


def facts(name):
    session().rollback()
    return session().query(FactRow).filter(FactRow.name == name).count()


@pytest.mark.parametrize("by_envelope", [False, True])
def test_a_mail_that_comes_back_marks_its_address(portal, personas, by_envelope):
    token = mailed(personas.alice)
    body = bounce(token)
    if by_envelope:
        body = bounced.report(bounced.status(), to=f"bounces+{token}@127.0.0.1", copy="")
    assert told(portal, body) == 202
    drain()
    assert marks() == ({WORK}, set())
    session().rollback()
    reader = reader_of(personas.alice.id)
    assert (reader.is_dead, reader.has_complained) == (True, False)


def test_an_adapter_may_tell_it(portal, personas):
    for kind, person in (("bounce", personas.alice), ("complaint", personas.bob)):
        address = f"{person.name.split()[0].lower()}@example.com"
        message_id = f"<{mailed(person, address)}@127.0.0.1>"
        body = {"kind": kind, "message_id": message_id, "address": address.upper()}
        assert told(portal, json.dumps(body), JSON) == 202
    drain()
    assert marks() == ({WORK}, {"bob@example.com"})


def test_a_complaint_marks_its_address(portal, personas):
    copy = bounced.copy_of(mailed(personas.alice), domain="127.0.0.1")
    assert told(portal, bounced.complaint(copy=copy)) == 202
    drain()
    assert marks() == (set(), {WORK})


def test_what_proves_nothing_has_no_effect(portal, personas):
    """A made-up token, none at all, one of somebody else's mail, and of a mail that is forgotten."""
    of_bob = mailed(personas.bob, "bob@example.com")
    alice = mailed(personas.alice)
    assert told(portal, bounce("z" * 24)) == 204
    assert told(portal, bounced.report(bounced.status(), copy="")) == 204
    assert told(portal, bounce(of_bob, WORK)) == 204
    body = {"kind": "bounce", "message_id": f"<{of_bob}@127.0.0.1>", "address": WORK}
    assert told(portal, json.dumps(body), JSON) == 204
    with unit_of_work():
        forget(NOW + DAY)
    assert told(portal, bounce(alice)) == 204
    drain()
    assert marks() == NOBODY


@pytest.mark.parametrize("sample", [*bounced.SOFT, bounced.away], ids=lambda one: one.__name__)
def test_what_passes_by_itself_has_no_effect(portal, personas, sample):
    body = sample().replace(bounced.TOKEN.encode(), mailed(personas.alice).encode())
    assert told(portal, body.replace(bounced.DOMAIN.encode(), b"127.0.0.1")) == 204
    drain()
    assert marks() == NOBODY


def test_the_same_report_twice_is_one_and_its_mail_is_not_answered(portal, personas):
    give(personas.alice, HOME)
    token = mailed(personas.alice)
    assert [told(portal, bounce(token)) for _time in range(2)] == [202, 204]
    drain()
    with clock.stopped_at(NOW + DAY):
        assert told(portal, bounce(mailed(personas.alice))) == 202
        drain()
    assert (facts("MailRefused"), facts("AddressRefused")) == (2, 1)
    session().rollback()
    asked = session().execute(db.text("SELECT address FROM mail WHERE name = 'address_question'"))
    assert asked.scalars().all() == [HOME]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", "å"])
def test_only_who_knows_the_secret_may_tell(portal, personas, secret):
    assert told(portal, bounce(mailed(personas.alice)), secret=secret) == 401
    assert facts("MailRefused") == 0


def test_without_a_secret_there_is_no_such_place(portal, personas, monkeypatch):
    take_reports(portal, monkeypatch, None)
    for secret in (None, "", "None", SECRET):
        assert told(portal, bounce(mailed(personas.alice)), secret=secret) == 404
    assert Browser(portal).get(BOUNCES).status_code == 405


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "message/rfc822", 400),
        (b"\0\xff", "message/rfc822", 204),
        (b"x" * (LARGEST + 1), "message/rfc822", 413),
        (b"{}", JSON, 400),
        (b"[" * 100_000, JSON, 400),
        (b'{"kind": "bounce", "message_id": "\\u0000"}', JSON, 204),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"a", "multipart/form-data; boundary=x", 415),
        (b"a", "", 415),
    ],
)
def test_what_is_malformed_is_refused_and_breaks_nothing(portal, body, kind, status):
    assert told(portal, body, kind) == status


def command_reads(portal, body):
    session().rollback()
    return portal.test_cli_runner().invoke(command, input=body)


def test_a_mail_server_may_hand_it_over_by_a_pipe(portal, personas):
    for body in (b"", b"\0\xff\n", bounced.away(), bounce(mailed(personas.alice))):
        outcome = command_reads(portal, body)
        assert (outcome.exit_code, outcome.output) == (0, "")
    drain()
    assert marks() == ({WORK}, set())


def test_while_the_database_is_gone_the_server_keeps_it(portal, personas):
    body = bounce(mailed(personas.alice))

    def gone(*_arguments):
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    event.listen(db.engine, "before_cursor_execute", gone)
    try:
        assert command_reads(portal, body).exit_code == TRY_LATER
    finally:
        event.remove(db.engine, "before_cursor_execute", gone)
    assert command_reads(portal, body).exit_code == 0
    assert facts("MailRefused") == 1


A_LIST = MailingList("daily", "Varje dag", "/mail/lists/x")
OF_CLASS = dict(zip(MailClass, ("sign_in", "place_taken", "notices", "digest", None), strict=True))


@pytest.mark.parametrize("urgency", MailClass)
@pytest.mark.parametrize(("dead", "complained"), [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_at_the_door_each_class_is_stopped_as_it_shall(portal, urgency, dead, complained):
    passes = {
        MailClass.CRITICAL: True,
        MailClass.TRANSACTIONAL: not dead,
    }.get(urgency, not dead and not complained)
    reader = Reader(WORK, is_dead=bool(dead), has_complained=bool(complained))
    assert may_reach(reader, urgency) is passes
    if name := OF_CLASS[urgency]:
        with unit_of_work():
            letter = Letter("Hej", "Hej", "<p>Hej</p>")
            mail = post(name, letter, reader, A_LIST if urgency.is_chosen else None)
        assert (mail is not None) is passes


def test_of_an_address_that_went_to_somebody_else_nothing_is_believed(portal, personas):
    """A mail that was sent while the address was Alice's says nothing of Bob's."""
    other = give(personas.alice, HOME)
    token = mailed(personas.alice, HOME)
    with clock.stopped_at(NOW + timedelta(minutes=1)):
        personas.browser(personas.alice).post(f"/account/addresses/{other}/removal")
        give(personas.bob, HOME)
        assert told(portal, bounce(token, HOME)) == 202
        drain()
    assert marks() == NOBODY


def test_administrators_see_it(portal, personas):
    kim = personas.browser(personas.kim)
    page = f"/admin/people/{personas.alice.public_id}"
    assert "Mejl kommer tillbaka" not in kim.get(page).text
    came_back(portal, personas.alice)
    assert "Mejl kommer tillbaka sedan 23\N{NO-BREAK SPACE}november" in kim.get(page).text
    figure = "<dt>adresser som mejl kommer tillbaka från</dt><dd>1</dd>"
    assert figure in "".join(line.strip() for line in kim.get("/admin").text.splitlines())

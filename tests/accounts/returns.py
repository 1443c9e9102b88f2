"""What the tests about mails that come back share: a portal that takes reports, and mails of Alice's."""

import re
from dataclasses import replace

from sqlalchemy import select

from portal.kernel.db import session, unit_of_work
from portal.kernel.mail import Letter, Reader, post
from portal.kernel.worker import drain
from portal.people.models import EmailAddress
from tests.support.bounced import copy_of, report, status
from tests.support.browser import Browser

SECRET = "s3cret-of-the-mail-server-0123456789"
WORK = "alice@example.com"
BOUNCES = "/mail/bounces"
TOKEN = re.compile(r"<(\w{24})@127\.0\.0\.1>")


def take_reports(portal, monkeypatch, secret=SECRET):
    """Let whoever knows the secret tell what came back."""
    settings = replace(portal.extensions["settings"], bounce_secret=secret)
    monkeypatch.setitem(portal.extensions, "settings", settings)


def mailed(person, address=WORK):
    """Mail something to a person, and return the proof of it."""
    with unit_of_work():
        mail = post("place_taken", Letter("Hej", "Hej", "<p>Hej</p>"), Reader(address, person.id))
        assert mail is not None
        found = TOKEN.fullmatch(mail.message_id)
        assert found
        return found[1]


def bounce(token, address=WORK):
    """Return what a server sends back."""
    return report(status(address), copy=copy_of(token, address, "127.0.0.1"))


def told(portal, body, kind="message/rfc822", secret=SECRET):
    """Tell the portal what came back; return the answer's status."""
    Browser.leave_transaction()
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    answer = portal.test_client().post(BOUNCES, data=body, content_type=kind, headers=headers)
    assert answer.status_code == 404 or "Set-Cookie" not in answer.headers
    return answer.status_code


def came_back(portal, person, address=WORK):
    """Let a mail to a person come back."""
    assert told(portal, bounce(mailed(person, address), address)) == 202
    drain()
    session().rollback()


def was_unwanted(portal, person):
    """Let a mail to a person be called unwanted."""
    body = f'{{"kind": "complaint", "message_id": "<{mailed(person)}@127.0.0.1>"}}'
    assert told(portal, body, "application/json") == 202
    drain()
    session().rollback()


def marks():
    """Return which addresses mails come back from, and at which they are unwanted."""
    session().rollback()
    rows = list(session().scalars(select(EmailAddress)))
    dead = {one.address for one in rows if one.bounced_at}
    return dead, {one.address for one in rows if one.complained_at}

"""Mails about signing in, and what of it is written into the log."""

from datetime import datetime

from portal.accounts.actions import code_of, link_secret_of
from portal.accounts.facts import CodeMailed, CodeRefused, PasswordRefused
from portal.accounts.models import SignInRequest
from portal.accounts.policy import may_use_code
from portal.accounts.queries import reader_of
from portal.kernel import clock
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.kernel.jobs import job
from portal.kernel.mail import Reader
from portal.kernel.text import _l
from portal.people.queries import mailbox
from portal.web.mailing import send

REFUSALS = {"password": PasswordRefused, "code": CodeRefused}


@job("accounts.mail_code")
def mail_code(request_id: int) -> None:
    """Mail the code and link, or say kindly that there is no account for the address."""
    asked = session().get(SignInRequest, request_id)
    if asked is None or not may_use_code(asked, clock.now()):
        return
    known = mailbox(asked.address)
    if known is None and asked.name is None:
        subject = _l("Do you want to join?")
        stranger = Reader(asked.address, language=asked.language)
        send("no_account", stranger, subject, address=asked.address)
        return
    link = f"/sign-in/link/{asked.public_id}/{link_secret_of(asked)}"
    code = code_of(asked)
    subject = _l("%(code)s is your code", code=code)
    # Never to what was typed, when it is known: it may be another mailbox that only looks the same.
    reader = reader_of(known.person_id, known.address) if known else None
    reader = reader or Reader(asked.address, language=asked.language)
    send("sign_in", reader, subject, code=code, link=link, new=known is None)
    if known is not None:
        record(CodeMailed(known.person_id), clock.now())


@job("accounts.note_refusal")
def note_refusal(what: str, address: str, at: str) -> None:
    """Write a wrong password or code into the log of whose address it is, if anybody's."""
    if known := mailbox(address):
        record(REFUSALS[what](known.person_id), datetime.fromisoformat(at))

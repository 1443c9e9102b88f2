"""Mails about signing in, and the clearing of what is no longer needed."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_

from portal.accounts.actions import code_of, link_secret_of
from portal.accounts.facts import PasswordChanged
from portal.accounts.models import SignInRequest, UserSession
from portal.accounts.policy import CODE_LIFE
from portal.accounts.queries import account_of
from portal.kernel import clock
from portal.kernel.db import session
from portal.kernel.facts import on
from portal.kernel.jobs import job
from portal.kernel.mail import forget as forget_mails
from portal.kernel.mail import post
from portal.kernel.text import _l
from portal.kernel.worker import every
from portal.people.queries import person_by_address, primary_address
from portal.web import throttle
from portal.web.mailing import write

KEPT = timedelta(days=30)


@job("accounts.mail_code")
def mail_code(request_id: int) -> None:
    """Mail the code and link, or say kindly that there is no account for the address."""
    asked = session().get(SignInRequest, request_id)
    if asked is None or asked.used_at or asked.superseded_at or _too_late(asked):
        return
    person = person_by_address(asked.address)
    if person is None and asked.name is None:
        subject = _l("Do you want to join?")
        post(write("no_account", asked.language, subject, address=asked.address), asked.address)
        return
    account = account_of(person.id) if person else None
    link = f"/sign-in/link/{asked.public_id}/{link_secret_of(asked)}"
    code = code_of(asked)
    subject = _l("%(code)s is your code", code=code)
    language = account.language if account else asked.language
    letter = write("sign_in", language, subject, code=code, link=link, new=person is None)
    post(letter, asked.address, person.id if person else None)


@on(PasswordChanged)
def mail_password_changed(fact: PasswordChanged, at: datetime) -> None:
    """Tell a person that their password was changed, in case it was not by them."""
    address, account = primary_address(fact.person_id), account_of(fact.person_id)
    if address and account:
        letter = write("password_changed", account.language, _l("Your password was changed"), at=at)
        post(letter, address, fact.person_id)


@every(timedelta(days=1), "accounts.clear")
def clear() -> None:
    """Delete requests to sign in and mails after a month, sessions a month after they ended."""
    before = clock.now() - KEPT
    session().execute(delete(SignInRequest).where(SignInRequest.created_at < before))
    gone = or_(UserSession.ended_at < before, UserSession.expires_at < before)
    session().execute(delete(UserSession).where(gone))
    forget_mails(before)
    throttle.forget()


def _too_late(asked: SignInRequest) -> bool:
    return clock.now() >= asked.created_at + CODE_LIFE

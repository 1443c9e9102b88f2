"""Mails that have nowhere to go, for those who try the portal on their own machine."""

import re

from flask import Blueprint, Response, abort
from markupsafe import Markup, escape

from portal.kernel import mail
from portal.web.links import absolute, mail_is_shown
from portal.web.rendering import page

dev_mail = Blueprint("dev_mail", __name__)
MOST = 100
LONGEST_ID = 18  # digits
AS_IT_LOOKS = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox allow-top-navigation-by-user-activation"
)


@dev_mail.before_request
def only_without_a_mail_server() -> None:
    """Where mails leave, this page does not exist."""
    if not mail_is_shown():
        abort(404)


@dev_mail.get("/dev/mail")
def index() -> Response:
    """List the latest mails, newest first."""
    return page("home/dev_mail.html", mails=mail.latest(MOST))


@dev_mail.get("/dev/mail/<int:mail_id>")
def show(mail_id: int) -> Response:
    """Show one mail's text, with its links to this portal to click on."""
    found = _one(mail_id)
    urgency = mail.MailClass(found.urgency).name.lower()
    return page("home/dev_letter.html", mail=found, urgency=urgency, text=_with_links(found.text))


@dev_mail.get("/dev/mail/<int:mail_id>/looks")
def looks(mail_id: int) -> Response:
    """Show one mail as it looks, alone: its inline styles are let through, and nothing else is."""
    found = _one(mail_id)
    if not found.html:
        abort(404)
    return Response(found.html, headers={"Content-Security-Policy": AS_IT_LOOKS})


def _one(mail_id: int) -> mail.Mail:
    found = mail.one(mail_id) if len(str(mail_id)) <= LONGEST_ID else None
    if found is None:
        abort(404)
    return found


def _with_links(text: str) -> Markup:
    """Escape a mail's text, and make links of the addresses of this portal, as paths of our own."""
    base = re.escape(str(escape(absolute(""))))
    link = r'<a href="\1">\g<0></a>'
    return Markup(re.sub(rf"{base}(/[^\s<>&]*)", link, str(escape(text))))  # noqa: S704 - escaped

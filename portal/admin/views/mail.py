"""The portal's mails: what waits, what was given up, and how it goes with the mail server."""

from typing import Any

from flask import Response, request

from portal.admin import actions, forms, queries
from portal.admin.policy.mail import CLASSES, answer, mail_state, may_renew, reason
from portal.admin.views.blueprint import admin
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.mail import Mail
from portal.kernel.mail.counts import MOST_COUNTED
from portal.kernel.mail.message import token_of
from portal.kernel.settings import settings
from portal.kernel.text import _, _n
from portal.web.acting import outcome
from portal.web.guards import administrators
from portal.web.rendering import actor, announced, fragment, is_partial, notice, page, redirect

LIST = "/admin/mail"


@admin.get(LIST)
@administrators
def mail() -> Response:
    """Say how the mails go, and list those that were given up, or all that wait."""
    which: queries.Which = "waiting" if request.args.get("state") == "waiting" else "failed"
    after = request.args.get("after")
    found = queries.mails(which, after)
    asked = {"state": "waiting" if which == "waiting" else None}
    context: dict[str, Any] = {
        "here": "mail",
        "state": which,
        "traffic": queries.traffic(clock.now()),
        "classes": CLASSES,
        "most_counted": MOST_COUNTED,
        "most_an_hour": settings().mails_per_hour,
        "has_server": settings().smtp_url is not None,
        "rows": [mail_context(one) for one in found.rows],
        "first": forms.address(LIST, **asked) if after else None,
        "more": forms.address(LIST, **asked, after=found.after) if found.after else None,
    }
    return page("admin/mail.html", "admin", **context)


@admin.post(f"{LIST}/<token>/renewal")
@administrators
def renew(token: str) -> Response:
    """Let a mail that was given up be sent again."""

    def act() -> None:
        found = queries.found_mail(actor(), token, hold=True)
        actions.renew_mail(actor(), found, clock.now())

    words, _tone = outcome(_("It is on its way again."), act)
    after = queries.found_mail(actor(), token)
    if is_partial() and after is not None:
        return announced(fragment("admin/_mail.html", **mail_context(after)), words)
    notice(words)
    return redirect(LIST)


@admin.post(f"{LIST}/renewal")
@administrators
def renew_all() -> Response:
    """Let every mail be sent again that was given up and may arrive."""
    with unit_of_work():
        number = actions.renew_mails(actor(), clock.now())
    words = _n("%(num)d mail is sent again.", "%(num)d mails are sent again.", number)
    notice(words if number else _("There is no mail to send again."))
    return redirect(LIST)


def mail_context(one: Mail) -> dict[str, Any]:
    """Return what `_mail.html` needs, in the list and alone."""
    return {
        "mail": one,
        "token": token_of(one),
        "mail_state": mail_state(one, clock.now()),
        "mail_class": CLASSES[one.urgency],
        "why": reason(one.error),
        "answer": answer(one.error),
        "renewing": may_renew(actor(), one),
    }

"""Where a mail server, or an adapter for a mail provider, tells what came back."""

from flask import Response, abort, request
from werkzeug.exceptions import HTTPException

from portal.accounts.views.blueprint import accounts
from portal.kernel import clock, keys, mail
from portal.kernel.db import unit_of_work
from portal.kernel.mail import Report
from portal.kernel.mail.bounces import LARGEST
from portal.kernel.settings import settings
from portal.web.guards import limited, without_token


@accounts.post("/mail/bounces")
@without_token
@limited("6000/hour")
def take_in_report() -> Response:
    """Take in a message that came back, or what an adapter says of one; without any session.

    202 when it is noted, 204 when there is nothing to note; 400, 401, 413 and 415 for the rest.
    """
    secret = settings().bounce_secret
    if not secret:
        abort(404)
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not keys.same(given.strip(), secret):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    try:
        report = _report()
    except HTTPException as wrong:
        return Response(status=wrong.code)  # a machine reads it: no page, no cookie
    with unit_of_work():
        noted = mail.note_report(report, clock.now())
    return Response(status=202 if noted else 204)


def _report() -> Report | None:
    request.max_content_length = LARGEST
    raw = request.get_data(cache=False)
    if not raw:
        abort(400)
    if request.mimetype == "message/rfc822":
        return mail.read_report(raw)
    if request.mimetype != "application/json":
        abort(415)
    try:
        return mail.read_json(raw)
    except ValueError:
        abort(400)

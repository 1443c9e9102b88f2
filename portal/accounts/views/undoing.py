"""Undo a change of the primary address, by the link that was mailed to the former one."""

from flask import Response

from portal.accounts import actions, queries
from portal.accounts.policy import SUSPECT, UNDO_LIFE, may_undo_change
from portal.accounts.queries import Change
from portal.accounts.views.blueprint import accounts
from portal.kernel import clock, keys
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import _
from portal.web.guards import limited
from portal.web.rendering import notice, page, redirect


@accounts.get("/account/addresses/undoing/<public_id>/<secret>")
def undoing(public_id: str, secret: str) -> Response:
    """Show a button, to whoever reads the former mailbox; opening the link undoes nothing."""
    change = _found(public_id, secret)
    if change is None or change.row.done_at is None:
        return _late()
    return page(
        "accounts/undoing.html",
        change=change,
        path=f"/account/addresses/undoing/{public_id}/{secret}",
        since=change.row.created_at - SUSPECT,
        until=change.row.done_at + UNDO_LIFE,
    )


@accounts.post("/account/addresses/undoing/<public_id>/<secret>")
@limited("30/5 minutes")
def undo_change(public_id: str, secret: str) -> Response:
    """Undo the change; without signing in, since the link is the proof, and it signs nobody in."""
    try:
        with unit_of_work():
            change = _found(public_id, secret)
            if change is None:
                return _late()
            actions.undo_change(change.row, clock.now())
    except NotAllowed:
        return _late()
    notice(_("It is undone. Sign in with a code by mail, and look through your account."))
    return redirect("/sign-in")


def _found(public_id: str, secret: str) -> Change | None:
    """Find a change that can still be undone by whoever holds this link."""
    change = queries.primary_change(public_id)
    if change is None or not keys.same(secret, actions.undo_secret(change.row)):
        return None
    return change if may_undo_change(change.row, clock.now()) else None


def _late() -> Response:
    """Say the same of every link that undoes nothing: what it names may be gone."""
    notice(_("That link no longer works."), "info")
    return redirect("/sign-in")

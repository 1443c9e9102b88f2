"""Confirm another primary address, from each of the two mailboxes; nobody needs to be signed in."""

from typing import Any

from flask import Response, abort

from portal.accounts import actions, queries
from portal.accounts.policy import Side, may_confirm_change
from portal.accounts.queries import Change
from portal.accounts.views.blueprint import accounts
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.web.guards import limited
from portal.web.links import contact
from portal.web.rendering import fragment, is_partial, page, redirect, refusal

CONFIRMATION = ("accounts/primary_confirmation.html", "accounts/_primary_confirmation.html")


@accounts.get("/account/addresses/confirmation/<public_id>/<secret>")
def confirmation(public_id: str, secret: str) -> Response:
    """Show a button, to whoever reads the mailbox; opening the link confirms nothing."""
    change, side = _found(public_id, secret)
    return page(CONFIRMATION[0], **_context(change, side))


@accounts.post("/account/addresses/confirmation/<public_id>/<secret>")
@limited("30/5 minutes")
def confirm_change(public_id: str, secret: str) -> Response:
    """Confirm from one of the two mailboxes; without signing in, since the link is the proof."""
    try:
        with unit_of_work():
            change, side = _found(public_id, secret)
            actions.confirm_change(change.row, side, clock.now())
    except NotAllowed:
        change, side = _found(public_id, secret)
        if change.row.done_at is None:
            return refusal(*CONFIRMATION, **_context(change, side))
    if is_partial():
        return fragment(CONFIRMATION[1], **_context(*_found(public_id, secret)))
    return redirect(f"/account/addresses/confirmation/{public_id}/{secret}")


def _found(public_id: str, secret: str) -> tuple[Change, Side]:
    change = queries.primary_change(public_id)
    side = actions.side_of(change.row, secret) if change else None
    if change is None or side is None:
        abort(404)
    return change, side


def _context(change: Change, side: Side) -> dict[str, Any]:
    """Return what the confirmation needs: who has confirmed, and what stands in the way."""
    row = change.row
    confirming = may_confirm_change(row, clock.now())
    confirmed = {"old": row.old_confirmed_at is not None, "new": row.new_confirmed_at is not None}
    other: Side = "new" if side == "old" else "old"
    return {
        "old": change.old,
        "new": change.new,
        "path": f"/account/addresses/confirmation/{row.public_id}/"
        f"{actions.confirmation_secret(row, side)}",
        "here": confirmed[side],
        "there": change.old if other == "old" else change.new,
        "is_done": row.done_at is not None,
        "problem": None if row.done_at else confirming.reason,
        "contact": contact(),
    }

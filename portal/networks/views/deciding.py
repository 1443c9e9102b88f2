"""Coordinators answer those who ask to be let in, from the network's page and from Today."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, request

from portal.kernel import clock
from portal.kernel.text import _
from portal.networks import actions, forms, queries
from portal.networks.queries import Request
from portal.networks.views.blueprint import found, networks
from portal.networks.views.showing import page_context
from portal.web.acting import outcome
from portal.web.guards import own_path, signed_in, staff
from portal.web.rendering import (
    actor,
    announced,
    fragment,
    is_partial,
    notice,
    page,
    redirect,
)

TODAY = "/today"
FRAGMENT = "networks/_request.html"


@networks.post("/networks/<slug>/requests/<public_id>/approval")
@signed_in
@staff
def approve(slug: str, public_id: str) -> Response:
    """Let somebody in."""
    asked = _asked(slug, public_id)
    done = _("%(person)s is now a member of %(name)s.", person=asked.person, name=asked.network)
    return _decide(asked, done, lambda: actions.approve_request(actor(), asked, clock.now()))


@networks.post("/networks/<slug>/requests/<public_id>/refusal")
@signed_in
@staff
def decline(slug: str, public_id: str) -> Response:
    """Say no, with a reason."""
    asked = _asked(slug, public_id)
    form = forms.DeclineForm(request.form)
    if asked.outcome == "waiting" and not form.validate():
        return _mend(asked, form)
    reason = form.reason.data or ""
    done = _("%(person)s has been told, with your reason.", person=asked.person)
    return _decide(
        asked, done, lambda: actions.decline_request(actor(), asked, reason, clock.now())
    )


def _asked(slug: str, public_id: str) -> Request:
    """Return the request, or answer 404 to all but the network's coordinators."""
    asked = queries.request_of(actor(), slug, public_id)
    if asked is None:
        abort(404)
    return asked


def _decide(asked: Request, done: str, act: Callable[[], None]) -> Response:
    """Do it, or say kindly who was first; then show how the request now stands."""
    words, category = outcome(done, act)
    if is_partial():
        stands = _asked(asked.slug, asked.public_id)
        return announced(fragment(FRAGMENT, **_context(stands, None)), words, category)
    notice(words, category)
    return redirect(_back(asked))


def _mend(asked: Request, form: forms.DeclineForm) -> Response:
    """Give the form back with what was typed and what is wrong with it."""
    if is_partial():
        return fragment(FRAGMENT, 422, **_context(asked, form))
    context = page_context(found(asked.slug), forms.AskForm(), {asked.public_id: form})
    context["back"] = _back(asked)
    return page("networks/show.html", "networks", 422, **context)


def _context(asked: Request, form: forms.DeclineForm | None) -> dict[str, Any]:
    back = _back(asked)
    common = {"asked": asked, "refused": form, "now": clock.now(), "back": back}
    return common | {"with_network": back == TODAY}


def _back(asked: Request) -> str:
    return own_path(request.form.get("back")) or f"/networks/{asked.slug}"

"""Join a network, ask to be let in, take that back."""

from flask import Response, request

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.text import _
from portal.networks import actions, forms
from portal.networks.policy import may_ask, may_see_inside
from portal.networks.queries import Found
from portal.networks.views.blueprint import found, networks
from portal.networks.views.showing import membership_context, page_context
from portal.web.acting import outcome
from portal.web.guards import limited, signed_in
from portal.web.rendering import (
    actor,
    announced,
    fragment,
    is_partial,
    notice,
    page,
    redirect,
)

FRAGMENT = "networks/_membership.html"


@networks.post("/networks/<slug>/membership")
@signed_in
@limited("60/hour")
def join(slug: str) -> Response:
    """Become a member of an open network, or ask the coordinators of one on request."""
    here = found(slug)
    if here.network.admission == "open":
        return _join(here)
    form = forms.AskForm(request.form)
    if may_ask(actor(), here.network, here.membership) and not form.validate():
        return _mend(here, form)
    with unit_of_work():
        words = form.motivation.data or ""
        new = actions.ask_to_join(actor(), here.network, here.membership, words, clock.now())
    asked = _("Your request is sent. A coordinator answers you, and you get a mail.")
    return _answer(
        here, asked if new else _("You have already asked, and a coordinator will answer you.")
    )


@networks.post("/networks/<slug>/request/withdrawal")
@signed_in
def withdraw(slug: str) -> Response:
    """Take one's request back."""
    here = found(slug)
    done = _("Your request is taken back. You can ask again whenever you like.")
    words, _tone = outcome(
        done, lambda: actions.withdraw_request(actor(), here.membership, clock.now())
    )
    return _answer(here, words)


def _join(here: Found) -> Response:
    with unit_of_work():
        new = actions.join_network(actor(), here.network, here.membership, clock.now())
    name = here.network.name
    welcome = _("Welcome to %(name)s! You are now a member.", name=name)
    return _answer(here, welcome if new else _("You are already a member."))


def _answer(before: Found, words: str) -> Response:
    """Show the new state; the whole page when the act opened or closed what is inside."""
    path = f"/networks/{before.network.slug}"
    after = found(before.network.slug)
    opened = may_see_inside(actor(), after.network, after.membership)
    if is_partial() and opened == may_see_inside(actor(), before.network, before.membership):
        return announced(fragment(FRAGMENT, **membership_context(after, forms.AskForm())), words)
    notice(words)
    return redirect(path)


def _mend(here: Found, form: forms.AskForm) -> Response:
    """Give the form back with what was typed and what is wrong with it."""
    if is_partial():
        return fragment(FRAGMENT, 422, **membership_context(here, form))
    return page("networks/show.html", "networks", 422, **page_context(here, form))

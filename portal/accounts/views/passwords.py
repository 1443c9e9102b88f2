"""Choose, change or take away a password."""

from flask import Response, request

from portal.accounts import actions, forms
from portal.accounts.policy import may_use_password
from portal.accounts.views.blueprint import accounts
from portal.accounts.views.sessions import here, me
from portal.kernel import clock
from portal.kernel.db import release, unit_of_work
from portal.kernel.text import _
from portal.people.queries import addresses_of
from portal.web.brand import brand
from portal.web.forms import refuse
from portal.web.guards import limited, proved
from portal.web.rendering import actor, notice, page, redirect, refusal
from portal.web.visits import hold

TEMPLATES = ("accounts/new_password.html", "accounts/_new_password.html")


@accounts.get("/account/password")
@proved
def choose_password() -> Response:
    """Ask for a new password."""
    return page(TEMPLATES[0], form=forms.NewPasswordForm(), has_password=here().has_password)


@accounts.post("/account/password")
@proved
@limited("20/5 minutes")
def set_password() -> Response:
    """Set or change the password; signs every other browser out."""
    form = forms.NewPasswordForm(request.form)
    if form.validate() and _fits(form):
        release()
        hashed = actions.hash_password(form.password.data or "")
        with unit_of_work():
            session_id = here().session_id
            hold(actions.change_password(actor(), hashed, session_id, clock.now()))
        notice(_("Your password is saved. All your other browsers are signed out."))
        return redirect("/account")
    return refusal(*TEMPLATES, form=form, has_password=here().has_password)


@accounts.get("/account/password/removal")
@proved
def return_to_password() -> Response:
    """Lead somebody who opens the address of a form back to its page."""
    return redirect("/account/password")


@accounts.post("/account/password/removal")
@proved
def remove_password() -> Response:
    """Go back to signing in without a password."""
    with unit_of_work():
        session_id = here().session_id
        hold(actions.remove_password(actor(), session_id, clock.now()))
    notice(_("Your password is gone. From now on you sign in with a code by mail."))
    return redirect("/account")


def _fits(form: forms.NewPasswordForm) -> bool:
    addresses = [one.address for one in addresses_of(me())]
    usable = may_use_password(form.password.data or "", [actor().name, brand().name, *addresses])
    if not usable:
        refuse(form.password, usable.reason)
    return bool(usable)

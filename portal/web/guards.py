"""Who may pass: signed-in people, administrators, and only so often."""

import functools
from collections.abc import Callable
from typing import ParamSpec
from urllib.parse import quote, urlsplit

from flask import Response, abort, current_app, request
from flask_login import current_user
from werkzeug.urls import iri_to_uri

from portal.kernel.text import _
from portal.web.rendering import actor, is_partial, notice, redirect

P = ParamSpec("P")
View = Callable[P, Response]
LONGEST_PATH = 500  # characters; as long as a request to sign in can keep


def signed_in(view: View[P]) -> View[P]:
    """Let only signed-in people through; others are asked to sign in and then come back."""

    @functools.wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        if not actor().is_signed_in:
            return ask_to_sign_in()
        return view(*args, **kwargs)

    return guarded


def administrators(view: View[P]) -> View[P]:
    """Let only administrators through; for others the page does not exist."""

    @functools.wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        if not actor().is_signed_in:
            return ask_to_sign_in()
        if not actor().is_administrator:
            abort(404)
        return ask_for_second_step() or view(*args, **kwargs)

    return guarded


def staff(view: View[P]) -> View[P]:
    """Mark a page for staff: where a second step is required of them, they turn it on first."""

    @functools.wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        return ask_for_second_step() or view(*args, **kwargs)

    return guarded


def proved(view: View[P]) -> View[P]:
    """Let through who has shown lately who they are; others are asked to, and then come back."""

    @functools.wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Response:
        if not actor().is_signed_in:
            return ask_to_sign_in()
        if not is_proved():
            return ask_for_proof()
        return view(*args, **kwargs)

    guarded.__dict__["wants_proof"] = True  # for the test that lists what wants it
    return guarded


def limited(rule: str, by: str | None = None) -> Callable[[View[P]], View[P]]:
    """Mark a view with a limit such as "10/5 minutes", per network address and form field `by`."""

    def mark(view: View[P]) -> View[P]:
        view.__dict__.setdefault("limits", []).append((rule, by))
        return view

    return mark


def unattended(view: View[P]) -> View[P]:
    """Mark a view that pages ask for by themselves: it keeps nobody signed in."""
    view.__dict__["is_unattended"] = True
    return view


def without_token(view: View[P]) -> View[P]:
    """Mark a view whose POST takes no CSRF token: a secret in what is sent is the right by itself.

    It looks at nobody's session. Each is listed, with the reason, in tests/test_routes.py.
    """
    view.__dict__["needs_no_token"] = True
    return view


def is_proved() -> bool:
    """Say whether who is signed in has shown lately who they are."""
    return bool(getattr(current_user, "is_proved", False))


def is_unattended() -> bool:
    """Say whether a page asks by itself, without anybody having done anything."""
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "is_unattended", False))


def ask_to_sign_in() -> Response:
    """Send a visitor to sign in, and back to where they were."""
    notice(_("Sign in first, then you come right back."), "info")
    from_here = with_next("/sign-in", _place())
    if is_partial():
        return Response(status=401, headers={"HX-Redirect": from_here})
    return redirect(from_here)


def ask_for_second_step() -> Response | None:
    """Send staff who must have a second step, and have none, to turn it on."""
    if not getattr(current_user, "lacks_second_step", False):
        return None
    return redirect("/account/second-step")


def ask_for_proof() -> Response:
    """Send somebody to show again who they are, and back to where they were."""
    return redirect(with_next("/account/proof", _place() or "/account"))


def with_next(path: str, next_path: str | None) -> str:
    """Add to an address of ours where somebody goes from there."""
    return f"{path}?next={quote(next_path, safe='/')}" if next_path else path


def own_path(address: str | None) -> str | None:
    """Return `address` if it is a path on this portal, else None: never send people elsewhere."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    if any(char < " " or char in "\\\x7f" for char in address):
        return None
    try:
        url = urlsplit(address)
        path = iri_to_uri(address)
    except ValueError:
        return None
    return path if not url.scheme and not url.netloc and len(path) <= LONGEST_PATH else None


def _place() -> str | None:
    """Return where somebody is: at the address that is asked for, or with a form, where that stood."""
    if request.method == "GET":
        return request.full_path.rstrip("?")
    url = urlsplit(request.referrer or "")
    if url.netloc != request.host:
        return None
    return own_path(url.path + (f"?{url.query}" if url.query else ""))

"""What a browser keeps while somebody is signed in at it: token, language, when last seen."""

from flask import Response, request, session

from portal.kernel import clock
from portal.web.guards import own_path
from portal.web.rendering import redirect

NAMES = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
    "curl": "curl",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


def let_in(token: str, language: str, next_path: str | None) -> Response:
    """Give the browser its new session, of the old one nothing stays, and go where it was going."""
    session.clear()
    session.permanent = True
    session["_user_id"] = token
    session["lang"] = language
    session["seen"] = int(clock.now().timestamp())
    return redirect(own_path(next_path) or "/")


def held_token() -> str:
    """Return the token that the browser holds now; empty when nobody is signed in at it."""
    return str(session.get("_user_id", ""))


def hold(token: str) -> None:
    """Let the browser go on with a new token."""
    session["_user_id"] = token


def browser() -> str:
    """Name the browser well enough to be recognised in a list, and no better."""
    agent = request.user_agent.string
    known = (
        next((name for part, name in parts.items() if part in agent), "")
        for parts in (NAMES, SYSTEMS)
    )
    return ", ".join(filter(None, known))

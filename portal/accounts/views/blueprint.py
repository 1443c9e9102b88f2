"""The blueprint that the account pages hang on, and what a browser keeps when it is signed in."""

from flask import Blueprint, Response, request, session

from portal.accounts.actions import Entrance
from portal.kernel import clock
from portal.web.guards import own_path
from portal.web.rendering import redirect

accounts = Blueprint("accounts", __name__)


def let_in(entrance: Entrance) -> Response:
    """Give the browser its new session: nothing of the old one stays."""
    session.clear()
    session.permanent = True
    session["_user_id"] = entrance.token
    session["lang"] = entrance.language
    session["seen"] = int(clock.now().timestamp())
    return redirect(own_path(entrance.next_path) or "/")


def browser() -> str:
    """Name the browser well enough to be recognised in a list, and no better."""
    agent = request.user_agent.string
    names = ("Edg", "OPR", "Firefox", "Chrome", "Safari", "curl")
    systems = ("iPhone", "iPad", "Android", "Windows", "Mac OS", "Linux")
    name = next((name for name in names if name in agent), "")
    system = next((system for system in systems if system in agent), "")
    known = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "Mac"}
    return ", ".join(known.get(part, part) for part in (name, system) if part)


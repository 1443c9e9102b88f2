"""Which language to answer in: the account's, the cookie's, the browser's, else Swedish. By which clock."""

from flask import Flask, request, session

from portal.kernel.text import DEFAULT_LANGUAGE, LANGUAGES, speak
from portal.web.dates import follow

COOKIE = "lang"


def choose() -> str:
    """Return the language for this request; the session holds the account's choice."""
    for chosen in (session.get("lang"), request.cookies.get(COOKIE)):
        if chosen in LANGUAGES:
            return str(chosen)
    for wished, weight in request.accept_languages:
        if weight > 0 and (spoken := wished.partition("-")[0].lower()) in LANGUAGES:
            return spoken
    return DEFAULT_LANGUAGE


def speak_to_everyone(app: Flask) -> None:
    """Choose the language before each request."""

    @app.before_request
    def choose_language() -> None:
        speak(choose())
        follow(None)  # until it is known who asks: accounts.views.sessions

"""What every answer carries for safety: headers, the content policy, compression, cache rules."""

import gzip
import io
import secrets

from flask import Flask, Response, abort, request

from portal.config import Settings
from portal.kernel import db
from portal.web.assets import CDN

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
COMPRESSED = ("text/", "application/json", "application/atom+xml", "image/svg+xml")
LEAST_COMPRESSED = 800  # bytes; below that the header costs more than it saves
VARY = "Cookie, HX-Request, HX-Request-Type, Accept-Language, Accept-Encoding"


def policy(htmx: str) -> str:
    """Return the Content-Security-Policy: nothing inline, nothing evaluated, one pinned CDN path."""
    scripts = f"'self' {CDN}" if htmx == "cdn" else "'self'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def secure(app: Flask, settings: Settings) -> None:
    """Add the headers to every answer, also to errors."""
    headers = {
        "Content-Security-Policy": policy(settings.htmx),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }
    if settings.hsts:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    @app.before_request
    def choose_transaction() -> None:
        db.intend_to_write(request.method not in SAFE_METHODS)
        if "\x00" in request.path or b"%00" in request.query_string:
            abort(400)

    @app.after_request
    def finish(answer: Response) -> Response:
        for name, value in headers.items():
            answer.headers.setdefault(name, value)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        answer.headers["Vary"] = VARY
        return compressed(answer)


def compressed(answer: Response) -> Response:
    """Gzip what a browser reads; a random length hides how well a secret compressed (BREACH)."""
    if (
        answer.direct_passthrough
        or "gzip" not in request.headers.get("Accept-Encoding", "")
        or not (answer.mimetype or "").startswith(COMPRESSED)
        or "Content-Encoding" in answer.headers
        or len(body := answer.get_data()) < LEAST_COMPRESSED
    ):
        return answer
    small = io.BytesIO()
    padding = "x" * (1 + secrets.randbelow(64))
    with gzip.GzipFile(padding, "wb", compresslevel=2, fileobj=small, mtime=0) as packed:
        packed.write(body)
    answer.set_data(small.getvalue())
    answer.headers["Content-Encoding"] = "gzip"
    return answer

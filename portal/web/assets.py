"""Static files: read once at start, named by their content, compressed ahead, served for a year."""

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from portal.config import Settings, folder, lightened

CDN = "https://cdn.jsdelivr.net/npm/htmx.org@4.0.1/"
HTMX_FILE = "vendor/htmx-4.0.1.min.js"
HTMX_INTEGRITY = "sha384-Qp9rdC8H7EqOoX+nR0P3RPG2Noji+qdwJlGpfzwQJsfOpp3sGwIdSP9xO3+UlEhn"
ICON = Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>')
FOREVER = "public, max-age=31536000, immutable"
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("image/svg+xml", ".svg")


@dataclass(frozen=True)
class Htmx:
    """Where a page gets htmx from, and the copy that steps in when that fails."""

    src: str
    integrity: str | None
    local: str


@dataclass(frozen=True)
class Asset:
    """One static file, ready to be sent."""

    body: bytes
    packed: bytes | None
    media_type: str
    digest: str


class Assets:
    """All static files in memory, as a WSGI layer in front of the portal."""

    def __init__(self, settings: Settings) -> None:
        self.files: dict[str, Asset] = {}
        self.names: dict[str, str] = {}
        self._icons: dict[tuple[str, str], Markup] = {}
        root = folder("static")
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            self._add(path.relative_to(root).as_posix(), _branded(path, settings))
        if settings.logo:
            self._add(f"brand{settings.logo.suffix}", settings.logo.read_bytes())
        local = self.url(HTMX_FILE)
        from_cdn = Htmx(f"{CDN}dist/htmx.min.js", HTMX_INTEGRITY, local)
        self.htmx = from_cdn if settings.htmx == "cdn" else Htmx(local, None, local)
        self.logo = self.url(f"brand{settings.logo.suffix}") if settings.logo else None

    def url(self, name: str) -> str:
        """Return the address of a static file; it changes when the file does. KeyError if unknown."""
        return self.names[name]

    def icon(self, name: str, extra: str = "") -> Markup:
        """Return an icon of the sprite; decoration only, the words stand beside it. Kept: there are
        dozens on a page."""
        if (name, extra) not in self._icons:
            sprite = self.url("icons.svg")
            self._icons[name, extra] = ICON.format(f"icon {extra}".strip(), sprite, name)
        return self._icons[name, extra]

    def _add(self, name: str, body: bytes) -> None:
        digest = hashlib.sha256(body).hexdigest()[:12]
        stem, dot, ending = name.rpartition(".")
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        packed = gzip.compress(body, 9, mtime=0) if not media_type.startswith("image/p") else None
        asset = Asset(body, packed, media_type, digest)
        self.names[name] = f"/static/{stem}.{digest}{dot}{ending}"
        self.files[self.names[name]] = asset

    def around(self, application: Any) -> Any:
        """Wrap a WSGI application so that static files never reach it."""

        def serve(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            asset = self.files.get(environ.get("PATH_INFO", ""))
            if asset is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
                return application(environ, start_response)  # type: ignore[no-any-return]
            return _send(asset, environ, start_response)

        return serve


def _send(asset: Asset, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    etag = f'"{asset.digest}"'
    headers = [
        ("Cache-Control", FOREVER),
        ("ETag", etag),
        ("Vary", "Accept-Encoding"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'"),
    ]
    if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 Not Modified", headers)
        return []
    body = asset.body
    if asset.packed and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = asset.packed
        headers.append(("Content-Encoding", "gzip"))
    text = asset.media_type.startswith("text/")
    kind = f"{asset.media_type}; charset=utf-8" if text else asset.media_type
    headers += [("Content-Type", kind), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _branded(path: Path, settings: Settings) -> bytes:
    """Put the configured accent colour into the style sheet's two lines for it."""
    body = path.read_bytes()
    if path.name != "portal.css" or not settings.accent:
        return body
    css = body.decode()
    for name, colour in (("light", settings.accent), ("dark", lightened(settings.accent))):
        css = re.sub(rf"--accent-{name}: #[0-9a-fA-F]{{6}};", f"--accent-{name}: {colour};", css)
    return css.encode()

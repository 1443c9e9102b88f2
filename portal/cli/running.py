"""Commands that run the portal: everything here at once, or the worker alone."""

import os
import secrets
import signal
import socket
import sqlite3
import threading
import webbrowser
from pathlib import Path
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from portal.app import create_app
from portal.config import WrongSettings, folder
from portal.demo.actions import DEMO_ROLES, is_empty, make_world
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.migrations import at_head
from portal.kernel.settings import settings
from portal.kernel.worker import drain, start_sending, work

FIRST_PORT = 5000
LAST_PORT = 5099
PATIENCE = 50  # seconds, for the mail that is being sent when the worker stops


@click.command("run-here")
@click.option("--port", type=int, help="Port to serve on; else the first free one from 5000.")
@click.option("--browser/--no-browser", default=True, help="Open the browser.")
def run_here(port: int | None, browser: bool) -> None:
    """Set up, migrate, fill an empty database with the demo world, serve and work."""
    port = port or _free_port()
    address = f"http://127.0.0.1:{port}"
    app = _local_portal(address)
    with app.app_context():
        _migrate(app)
        if is_empty():
            click.echo("Making the demo world …")
            with unit_of_work():
                make_world(clock.now())
    stop = threading.Event()
    threads = [threading.Thread(target=work, args=(app, stop), daemon=True)]
    threads[0].start()
    threads.append(start_sending(app, stop))
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    with app.app_context():
        _greet(address)
    if browser and not os.environ.get("CI"):
        threading.Timer(0.5, webbrowser.open, [address]).start()
    try:
        _serve(server)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=20)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
@click.option("--pause", default=1.0, help="Longest wait between looks, in seconds.")
@with_appcontext
def worker(once: bool, pause: float) -> None:
    """Do jobs and send mails until told to stop; SIGTERM lets the present ones finish."""
    if once:
        click.echo(f"{drain()} jobs and mails")
        return
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    sending = start_sending(_app(), stop, pause)
    work(_app(), stop, pause)
    sending.join(PATIENCE)


class _Quiet(WSGIRequestHandler):
    """Says nothing of each request: the terminal is for what matters."""

    protocol_version = "HTTP/1.1"

    def log_request(self, *_arguments: Any) -> None:
        return


def _app() -> Flask:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return app


def _local_portal(address: str) -> Flask:
    """Make a portal for this machine, with a secret of its own and the demo's sign-ins."""
    instance = Path(os.environ.get("PORTAL_INSTANCE") or folder("instance"))
    instance.mkdir(parents=True, exist_ok=True)
    kept = instance / "secret_key"
    if not kept.is_file():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    defaults = {
        "PORTAL_INSTANCE": str(instance),
        "PORTAL_BASE_URL": address,
        "PORTAL_DEMO": "1",
    }
    try:
        return create_app(defaults | os.environ)
    except WrongSettings as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _migrate(app: Flask) -> None:
    """Bring the database to the present schema; a SQLite file is copied first, in case."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    file = Path(url.removeprefix("sqlite:///"))
    is_there = file.is_file()
    if at_head():
        return
    if url.startswith("sqlite") and is_there:
        with sqlite3.connect(file) as source, sqlite3.connect(f"{file}.before-upgrade") as copy:
            source.backup(copy)
    from flask_migrate import upgrade

    upgrade()


def _greet(address: str) -> None:
    """Say where the portal is, who can sign in at once, and where mails go."""
    click.echo(f"\n  {settings().brand} is at {address}\n")
    if settings().demo:
        click.echo("  Demo sign-ins (one click at /sign-in):")
        for role, (_key, email) in DEMO_ROLES.items():
            click.echo(f"    {role:14} {email}")
    mails = "leave" if settings().smtp_url else f"are shown at {address}/dev/mail"
    click.echo(f"\n  Mails {mails}. Stop with Ctrl+C.")


def _serve(server: BaseWSGIServer) -> None:
    """Serve until Ctrl+C or SIGTERM."""
    signal.signal(signal.SIGTERM, lambda *_: _interrupt())
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("")


def _free_port() -> int:
    for port in range(FIRST_PORT, LAST_PORT + 1):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise click.ClickException(f"Every port from {FIRST_PORT} to {LAST_PORT} is taken.")


def _interrupt() -> None:
    raise KeyboardInterrupt

"""The command that a mail server hands over to what comes back: `portal mail bounce`."""

import sys

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.mail import note_report, read_report
from portal.kernel.mail.bounces import LARGEST

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the message and tries again


@click.command("bounce")
@with_appcontext
def bounce() -> None:
    """Read one message that came back from standard input; for a pipe in an alias.

    Exit code 0 whatever it is: nothing is ever answered. Only when the database can't be reached it
    is 75, and the mail server tries again.
    """
    report = read_report(sys.stdin.buffer.read(LARGEST))
    try:
        with unit_of_work():
            note_report(report, clock.now())
    except OperationalError as error:
        click.echo("The database can't be reached.", err=True)
        raise SystemExit(TRY_LATER) from error

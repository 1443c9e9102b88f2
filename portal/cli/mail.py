"""Commands for mails: try the way to the mail server step by step, see what waits."""

import click
from flask.cli import AppGroup

from portal.cli.steps import DONE, MEANS, WRONG
from portal.config import Settings
from portal.kernel import clock
from portal.kernel.mail import MailClass, Reader, counts, draft, parcel_of, server
from portal.kernel.mail.outcomes import NotTaken, Step, Unreachable
from portal.kernel.mail.signing import is_signing
from portal.kernel.mail.transport import Line
from portal.kernel.settings import settings
from portal.kernel.text import _l
from portal.web.mailing import write

mail = AppGroup("mail", help="Try if mails leave, see what waits.")


@mail.command("test")
@click.argument("address")
def test(address: str) -> None:
    """Send a test mail to ADDRESS, and say at each step how it went. Exit code 1 when it did not."""
    if settings().smtp_url is None:
        raise click.ClickException(
            "PORTAL_SMTP_URL is not set: mails do not leave, they are shown at /dev/mail."
        )
    try:
        _send(address, settings())
    except ValueError as wrong:
        _fail(Step.WRITTEN, str(wrong))
    except Unreachable as failure:
        _fail(failure.step, str(failure))
    except NotTaken as failure:
        _fail(failure.step, str(failure), MEANS[failure.trouble])
    click.echo("Now look if it has arrived, and not among what is unwanted.")


@mail.command("queue")
def show_queue() -> None:
    """Say how many mails wait, have left within the hour, and were given up."""
    now = clock.now()
    failing = server.state()
    if failing is not None:
        click.echo(f"The mail server fails since {failing.failing_since:%Y-%m-%d %H:%M} UTC:")
        click.echo(f"  {failing.error}")
    waiting = counts.waiting_by_class()
    for urgency in MailClass:
        click.echo(f"{waiting.get(urgency, 0):8} waiting: {urgency.name.lower()}")
    click.echo(f"{counts.sent_within_the_hour(now):8} sent within the hour")
    click.echo(f"{counts.given_up():8} given up")


def _send(address: str, chosen: Settings) -> None:
    reader = Reader(address, language="en")
    subject = _l("A test: mails leave %(name)s", name=chosen.brand)
    written = draft("test", write("test", reader, subject), reader)
    parcel = parcel_of(written, chosen)
    signed = f"DKIM, {chosen.dkim_selector}" if is_signing(chosen) else "no, no key is set"
    click.echo(f"ok   The mail is written; signed: {signed}")
    line = Line(chosen.smtp_url or "", tell=_tell)
    try:
        line.send(parcel)
    finally:
        line.close()


def _tell(step: Step, words: str) -> None:
    click.echo(f"ok   {DONE[step]}: {words}")


def _fail(step: Step, why: str, meaning: str = "") -> None:
    click.echo(f"FAIL {WRONG[step]} {meaning}".rstrip())
    click.echo(f"     {why}")
    raise SystemExit(1)

"""The command line: `flask …` and `portal …` are the same commands."""

import click
from dotenv import load_dotenv
from flask import Flask
from flask.cli import FlaskGroup

from portal.app import create_app
from portal.cli.bounces import bounce
from portal.cli.mail import mail
from portal.cli.openings import openings
from portal.cli.people import people
from portal.cli.running import run_here, worker
from portal.config import WrongSettings


def _create() -> Flask:
    load_dotenv()
    try:
        return create_app()
    except WrongSettings as wrong:
        raise click.ClickException(str(wrong)) from wrong


@click.group(cls=FlaskGroup, create_app=_create, add_version_option=False)
def main() -> None:
    """Run and look after the portal."""


COMMANDS = (mail, openings, people, run_here, worker)
mail.add_command(bounce)
for command in COMMANDS:
    main.add_command(command)

"""The command line: run and work, set up, import, promote. `flask …` and `portal …` are the same."""

import os
import sys
from pathlib import Path

import click
from dotenv import load_dotenv
from flask.cli import FlaskGroup

from portal.app import create_app
from portal.config import WrongSettings
from portal.web.assets import folder


def _create() -> object:
    try:
        return create_app()
    except WrongSettings as wrong:
        raise click.ClickException(str(wrong)) from wrong


@click.group(cls=FlaskGroup, create_app=_create, add_version_option=False)
def main() -> None:
    """Run and look after the portal."""

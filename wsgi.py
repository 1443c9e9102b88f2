"""The portal for a WSGI server: `granian --interface wsgi wsgi:app`."""

from dotenv import load_dotenv

from portal.app import create_app
from portal.cli import COMMANDS

load_dotenv()
app = create_app()

# `flask worker`, `flask openings import …`: the same commands as `portal …`.
for command in COMMANDS:
    app.cli.add_command(command)

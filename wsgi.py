"""The portal for a WSGI server: `granian --interface wsgi wsgi:app`."""

from dotenv import load_dotenv

from portal.app import create_app

load_dotenv()
app = create_app()

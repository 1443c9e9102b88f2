"""The start page, Today, what the portal promises, and addresses that are not for people's eyes."""

from portal.home.views.dev_mail import dev_mail
from portal.home.views.legal import legal
from portal.home.views.machine import machine
from portal.home.views.start import home
from portal.home.views.today import today

__all__ = ["dev_mail", "home", "legal", "machine", "today"]

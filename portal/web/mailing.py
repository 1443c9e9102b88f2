"""The one door out: every mail is written from its two templates and put in the box here."""

from typing import Any

from flask import current_app

from portal.kernel.mail import Letter, Mail, MailingList, Reader, may_reach, post
from portal.kernel.mail.classes import MAILS
from portal.kernel.text import Lazy, language, speaking
from portal.web.dates import by_the_clock_of
from portal.web.links import absolute


def send(
    name: str,
    reader: Reader | None,
    subject: Lazy,
    /,
    belongs_to: MailingList | None = None,
    **context: Any,
) -> Mail | None:
    """Write `mail/<name>.txt` and `.html` to a reader and put it in the box; None if it reaches nobody.

    In the caller's transaction. Templates get `absolute` to make links. See kernel.mail.post.
    """
    if reader is None or not may_reach(reader, MAILS[name]):
        return None
    return post(name, write(name, reader, subject, belongs_to, **context), reader, belongs_to)


def write(
    name: str,
    reader: Reader,
    subject: Lazy,
    /,
    belongs_to: MailingList | None = None,
    **context: Any,
) -> Letter:
    """Write a mail in the reader's language and by their clock."""
    environment = current_app.jinja_env
    with speaking(reader.language), by_the_clock_of(reader.zone):
        frame = {
            "lang": language(),
            "absolute": absolute,
            "subject": str(subject),
            "belongs_to": belongs_to,
        }
        body = environment.get_template(f"mail/{name}.txt").render(frame | context)
        html = environment.get_template(f"mail/{name}.html").render(frame | context)
        return Letter(str(subject), body.strip() + "\n", html)

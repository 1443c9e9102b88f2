"""The one door out: every mail is written from its two templates and put in the box here."""

import re
from typing import Any

from flask import current_app

from portal.kernel.mail import Letter, Mail, MailingList, Reader, may_reach, post
from portal.kernel.mail.classes import MAILS
from portal.kernel.text import Lazy, language, speaking
from portal.web.dates import by_the_clock_of
from portal.web.links import absolute

EMPTY = re.compile(r"\n{3,}")


def send(
    name: str,
    reader: Reader | None,
    subject: Lazy | str,
    /,
    belongs_to: MailingList | None = None,
    **context: Any,
) -> Mail | None:
    """Write `mail/<name>.txt` and `.html` to a reader and put it in the box; None if it reaches nobody.

    In the caller's transaction. Templates get `absolute` to make links. See kernel.mail.post.
    """
    if reader is None or not may_reach(reader, MAILS[name]):
        return None
    return put(name, write(name, reader, subject, belongs_to, **context), reader, belongs_to)


def put(
    name: str, letter: Letter, reader: Reader, belongs_to: MailingList | None = None
) -> Mail | None:
    """Put a letter in the box that was written before the transaction, so that nobody waits for that."""
    return post(name, letter, reader, belongs_to)


def write(
    name: str,
    reader: Reader,
    subject: Lazy | str,
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
        return Letter(str(subject), _tidy(body), html)


def _tidy(text: str) -> str:
    """Leave one empty line where branches of a template left several."""
    return EMPTY.sub("\n\n", text.replace("\r\n", "\n").strip()) + "\n"

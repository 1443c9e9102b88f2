"""Write a mail from its two templates, in the reader's language."""

from typing import Any

from flask import current_app

from portal.kernel.mail import Letter
from portal.kernel.text import Lazy, language, speaking
from portal.web.links import absolute


def write(template: str, to_language: str, subject: Lazy, /, **context: Any) -> Letter:
    """Render `mail/<template>.txt` and `.html`; templates get `absolute` to make links."""
    environment = current_app.jinja_env
    with speaking(to_language):
        frame = {"lang": language(), "absolute": absolute, "subject": str(subject)} | context
        body = environment.get_template(f"mail/{template}.txt").render(frame)
        html = environment.get_template(f"mail/{template}.html").render(frame)
        return Letter(str(subject), body.strip() + "\n", html)

"""The real way in: ask, read the mail, write the code."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from portal.kernel.db import session
from portal.kernel.mail import Mail
from tests.support.browser import Browser
from tests.support.mailbox import Mailbox

CODE = re.compile(r"^    (\d{6})$", re.MULTILINE)
LINK = re.compile(r"^http://127\.0\.0\.1:5000(/sign-in/link/\S+)$", re.MULTILINE)
GOOD_PASSWORD = "trumpet lagun vattentorn kexchoklad"


@dataclass(frozen=True)
class Sent:
    """A mail as it was, also when the session it came from is gone."""

    id: int
    address: str
    subject: str
    text: str
    html: str


def latest(mailbox: Mailbox) -> Sent:
    """Return the newest mail."""
    mail = mailbox.all()[-1]
    return Sent(mail.id, mail.address, mail.subject, mail.text, mail.html)


def code_in(mail: Mail | Sent) -> str:
    """Return the code in a mail's text."""
    found = CODE.search(mail.text)
    assert found, mail.text
    return found[1]


def link_in(mail: Mail | Sent) -> str:
    """Return the path of the link in a mail's text."""
    found = LINK.search(mail.text)
    assert found, mail.text
    return found[1]


def wrong(code: str) -> str:
    """Return a code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06}"


def asked(browser: Browser, mailbox: Mailbox, address: str, **form: str) -> Sent:
    """Ask for a code, and return the mail that comes."""
    path = "/sign-up" if "name" in form else "/sign-in"
    answer = browser.post(path, {"email": address, **form})
    assert answer.status_code == 303, answer.text
    return latest(mailbox)


def enter(browser: Browser, mailbox: Mailbox, address: str, **form: str) -> Browser:
    """Walk all the way in with a code."""
    mail = asked(browser, mailbox, address, **form)
    answer = browser.post("/sign-in/code", {"code": code_in(mail)})
    assert answer.status_code == 303, answer.text
    return browser


def cookie(browser: Browser) -> str:
    """Return the value of the session cookie."""
    found = browser.client.get_cookie("session")
    assert found is not None
    return str(found.value)


def with_cookie(browser: Browser, value: str) -> Browser:
    """Open another browser that holds a copy of a session cookie."""
    other = Browser(browser.app)
    other.client.set_cookie("session", value)
    return other


def is_in(browser: Browser) -> bool:
    """Say whether somebody is signed in at a browser."""
    return browser.get("/account").status_code == 200


def race(app: Flask, racers: int, prepare: Callable[[int], Callable[[], object]]) -> list[object]:
    """Let `prepare(number)` get ready in a thread each, then do what it returns all at once."""
    session().rollback()
    start, results = threading.Barrier(racers), list[object]()

    def run(number: int) -> None:
        with app.app_context():
            try:
                act = prepare(number)
                start.wait(20)
                results.append(act())
            except Exception as error:
                results.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(racers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results

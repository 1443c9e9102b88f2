"""Every mail of the portal as it was last read by a person, in both languages, as text and as HTML.

`MAILS_WRITE=1 pytest tests/test_mails.py -k sqlite` writes tests/mails/ anew: read what has changed.
"""

import ast
import email.policy
import os
import re
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from portal.kernel.mail import MAILS, Mail, MailClass, as_message
from portal.kernel.text import LANGUAGES
from tests.conftest import NOW
from tests.support import architecture
from tests.support.html_lint import Lint
from tests.support.html_tree import read
from tests.support.letters import BASE, Sent, steady
from tests.support.page_lint import lint_of
from tests.support.scenes import every_mail

HERE = Path(__file__).parent / "mails"
ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "templates/mail"
TABLE = re.compile(r"^\| `(\w+)` \| (\w+) \|", re.MULTILINE)
SHARED = {"base", "parts", "news"}
ADDRESS = re.compile(r"https?://\S+")
MARKS = ("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mail_is_as_it_was_last_read(portal, language):
    mails = every_mail(portal, language)
    written = dict(part for sent in mails for part in snapshots(sent, language))
    assert {sent.name for sent in mails} == MAILS.keys(), (
        "each mail has an act in tests/support/scenes.py"
    )
    kept = {path.name for path in HERE.glob(f"*.{language}.*")}
    if os.environ.get("MAILS_WRITE") == "1":
        HERE.mkdir(exist_ok=True)
        for gone in kept - written.keys():
            (HERE / gone).unlink()
        for name, text in written.items():
            (HERE / name).write_text(text, "utf-8")
        kept = set(written)
    assert kept == written.keys(), "MAILS_WRITE=1 writes tests/mails anew (docs/mails.md)"
    for name, text in written.items():
        assert text == (HERE / name).read_text("utf-8"), name
    lint = lint_of(portal, language)
    settings = portal.extensions["settings"]
    faults = {
        f"{sent.name} {sent.variant}: {fault}"
        for sent in mails
        for fault in (*faults_of(sent.mail, lint), *faults_on_the_way(sent.mail, settings))
    }
    assert not faults, "\n".join(sorted(faults))


def snapshots(sent: Sent, language: str) -> list[tuple[str, str]]:
    """Return name and contents of a mail's two files."""
    mail = sent.mail
    stem = f"{sent.name}{'-' if sent.variant else ''}{sent.variant}.{language}"
    head = [f"Subject: {mail.subject}", f"To: {mail.address}"]
    head += [f"Class: {MailClass(mail.urgency).name.lower()}"]
    head += [f"List: {mail.list_name} <{mail.list_id}> {mail.off_path}"] if mail.off_path else []
    text = "\n".join([*head, "", mail.text])
    return [(f"{stem}.txt", steady(text)), (f"{stem}.html", steady(mail.html))]


def faults_of(mail: Mail, lint: Lint) -> list[str]:
    """Return what is wrong with what stands in a mail."""
    root, _nesting = read(mail.html)
    # A mail carries its looks in its own markup.
    faults = [fault for fault in lint.page(mail.html) if not fault.endswith("style is inline")]
    links = {link.get("href") for link in root.all("a")}
    for link in links:
        if not link.startswith(f"{BASE}/"):
            faults.append(f"{link} leads away from the portal")
        elif not lint.resolves(urlsplit(link).path, "GET"):
            faults.append(f"{link} leads nowhere")
        if link not in mail.text.split():
            faults.append(f"{link} is not in the text")
    faults += [f"{found} is in the text only" for found in set(ADDRESS.findall(mail.text)) - links]
    faults += [f"{one} is not for mails" for one in root.all("script", "style", "img", "form")]
    buttons = [table for table in root.all("table") if table.get("role") == "presentation"]
    if len(buttons) > 1:
        faults.append(f"{len(buttons)} acts")
    if "\n-- \n" not in mail.text or "\n\n\n" in mail.text:
        faults.append("the text has no signature, or holes")
    words = mail.text.partition("\n-- \n")[0].split("\n")
    faults += [f"{word!r} is not in {lint.language}" for word in words if word in lint.foreign]
    return faults


def faults_on_the_way(mail: Mail, settings) -> list[str]:
    """Return what is wrong with a mail as it is sent, read back as a mail program would."""
    message = parsed(mail, settings)
    faults = [
        f"{part.get_content_type()}: {one}" for part in message.walk() for one in part.defects
    ]
    faults += [f"{name}: {one}" for name, value in message.items() for one in value.defects]
    kinds = [part.get_content_type() for part in message.walk()]
    if kinds != ["multipart/alternative", "text/plain", "text/html"]:
        faults.append(f"made of {kinds}")
    headers = [header for header in MARKS if header in message]
    if headers != (list(MARKS) if MailClass(mail.urgency).is_chosen else []):
        faults.append(f"class {mail.urgency} has the headers {headers}")
    if headers and message["List-Unsubscribe"] != f"<{settings.base_url}{mail.off_path}>":
        faults.append(message["List-Unsubscribe"])
    if message["Auto-Submitted"] != "auto-generated" or "Precedence" in message:
        faults.append("is not said to be automatic, or said to be bulk")
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    if max(len(line) for line in text.splitlines() if "://" not in line) > 78:
        faults.append("a line of the text is too long")
    if unflowed(text) != mail.text:
        faults.append("the text does not flow together again")
    return faults


def parsed(mail: Mail, settings) -> EmailMessage:
    sent = as_message(mail, settings).as_bytes()
    return message_from_bytes(sent, policy=email.policy.default)  # type: ignore[return-value]


def unflowed(text: str) -> str:
    """Join lines as a reader of RFC 3676 does."""
    bare = [line.removeprefix(" ") for line in text.split("\n")]
    lines = [one if one == "-- " or not one.endswith(" ") else one + "\0" for one in bare]
    return "\n".join(lines).replace("\0\n", "")


def test_a_mail_is_listed_with_its_templates_and_in_the_documentation():
    html, text = ({path.stem for path in TEMPLATES.glob(f"*.{kind}")} for kind in ("html", "txt"))
    assert html - SHARED == text - SHARED == MAILS.keys(), "templates/mail and kernel.mail.MAILS"
    listed = dict(TABLE.findall((ROOT / "docs/mails.md").read_text("utf-8")))
    classes = {name: urgency.name.lower() for name, urgency in MAILS.items()}
    assert listed == classes, "the table in docs/mails.md has a row for each mail, with its class"


def test_a_bulk_mail_says_that_it_is_one(portal):
    mail = Mail(address="a@example.com", subject="Hej", text="Hej\n", html="<p>Hej</p>", name="x")
    mail.message_id, mail.created_at, mail.urgency = "<1@localhost>", NOW, MailClass.BULK
    mail.list_id, mail.list_name, mail.off_path = "all", "Alla", "/mail/lists/x"
    message = parsed(mail, portal.extensions["settings"])
    assert message["Precedence"] == "bulk"
    assert message["List-Id"].endswith("<all.127.0.0.1>")


def calls_of(tree: ast.AST) -> set[str]:
    """Return what a module takes from where, and what it calls."""
    found = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.Attribute):
            found.add(ast.unparse(node))
    return found


def leaks(name: str, source: str) -> set[str]:
    """Return the doors out that a module of the portal opens, and may not."""
    found = calls_of(ast.parse(source))
    posts = {one for one in found if re.fullmatch(r"(portal\.kernel\.)?mail(\.box)?\.post", one)}
    lines = {one for one in found if one.split(".")[0] == "smtplib"}
    inside = name.startswith("portal.kernel.mail")
    return set() if inside else lines | (posts if name != "portal.web.mailing" else set())


def test_there_is_one_door_out():
    assert not {
        name: found for name, code in architecture.modules().items() if (found := leaks(name, code))
    }


@pytest.mark.parametrize(
    "source",
    [
        "from portal.kernel.mail import post",
        "from portal.kernel.mail.box import post as send",
        "from portal.kernel import mail\nmail.post(1)",
        "import portal.kernel.mail.box\nportal.kernel.mail.box.post(1)",
        "import smtplib",
        "from smtplib import SMTP",
    ],
)
def test_another_door_is_found(source):
    assert leaks("portal.events.jobs", source)

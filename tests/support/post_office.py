"""Mail servers on loopback: one that takes what it is given, or refuses; one that breaks off or hangs."""

import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from flask import Flask

from portal.kernel import clock
from portal.kernel.db import db, unit_of_work
from portal.kernel.mail import Mail, MailClass, Reader, draft
from portal.kernel.mail.letters import Letter, MailingList
from tests.support.databases import Database, portal_on

BASE = "https://natverk.example.com"
A_LIST = MailingList("daily", "Varje dag", "/mail/lists/x")
NAMES = {MailClass.CRITICAL: "sign_in", MailClass.TRANSACTIONAL: "place_taken"}
NAMES |= {MailClass.NOTICE: "notices", MailClass.DIGEST: "digest"}


class Post:
    """Takes what it is given and keeps it; first it gives the answers that it is told to, at each step."""

    def __init__(self, **answers: list[str]) -> None:
        self.answers = answers
        self.messages: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.senders: list[str] = []
        self.lines = 0

    def answer(self, step: str) -> str:
        """Return the next answer at a step; an empty one in the list is a yes, too."""
        waiting = self.answers.get(step)
        return (waiting.pop(0) if waiting else "") or "250 OK"

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):
        self.lines += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, _server, _session, envelope, address, _options):
        answer = self.answer("mail")
        if answer[0] == "2":
            envelope.mail_from = address
        return answer

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        answer = self.answer("rcpt")
        if answer[0] == "2":
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server, _session, envelope):
        answer = self.answer("data")
        if answer[0] == "2":
            self.senders.append(envelope.mail_from)
            self.recipients.append(envelope.rcpt_tos)
            self.raw.append(envelope.content)
            self.messages.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return answer

    def ids(self) -> list[str]:
        """Return the Message-ID of all that was taken, in order."""
        return [str(message["Message-ID"]) for message in self.messages]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(post: Post, port: int = 0) -> Iterator[int]:
    """Run a server on a port until the block ends."""
    port = port or free_port()
    controller = Controller(post, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


class Rough(threading.Thread):
    """Speaks plain SMTP, and at a step (`connect`, `EHLO`, … or `text`, when it has it all) does worse.

    `ends` says at which, and for how many mails; it hangs up there, or with `silent` says no more.
    """

    def __init__(self, at: str, times: int, *, silent: bool = False) -> None:
        super().__init__(daemon=True)
        self.at, self.times, self.silent = at, times, silent
        self.taken: list[bytes] = []
        self.open: list[socket.socket] = []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listening.getsockname()[1])

    def __enter__(self) -> "Rough":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        for line in [self.listening, *self.open]:
            line.close()
        self.join(5)

    def run(self) -> None:
        """Take one line after another."""
        while True:
            try:
                line, _peer = self.listening.accept()
                self.open.append(line)
                self.speak(line)
            except OSError:
                if self.listening.fileno() < 0:
                    return

    def speak(self, line: socket.socket) -> None:
        """Take mails on a line until it ends."""
        if self.misbehaves("connect", line):
            return
        line.sendall(b"220 loopback\r\n")
        reader = line.makefile("rb")
        while words := reader.readline():
            step = words.split()[0].decode().upper()
            if self.misbehaves(step, line):
                return
            line.sendall(b"354 go on\r\n" if step == "DATA" else b"250 loopback\r\n")
            if step == "DATA":
                text = b"".join(iter(reader.readline, b".\r\n"))
                self.taken.append(text)
                if self.misbehaves("text", line):
                    return
                line.sendall(b"250 taken\r\n")
            elif step == "QUIT":
                line.close()
                return

    def misbehaves(self, step: str, line: socket.socket) -> bool:
        if step != self.at or not self.times:
            return False
        self.times -= 1
        if not self.silent:
            line.shutdown(socket.SHUT_RDWR)
            line.close()
        return True

    def ids(self) -> list[str]:
        """Return the Message-ID of all that it got whole, in order."""
        read = (email.message_from_bytes(text, policy=policy.default) for text in self.taken)
        return [str(message["Message-ID"]) for message in read]


@contextmanager
def mailing(database: Database, port: int, **settings: str) -> Iterator[Flask]:
    """Open a portal on the same database that sends its mail to a port."""
    app = portal_on(
        database.url,
        PORTAL_SMTP_URL=f"smtp://127.0.0.1:{port}",
        PORTAL_MAIL_FROM="hej@kundidat.example",
        PORTAL_BASE_URL=BASE,
        **settings,
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def put_in_box(count: int = 1, urgency: MailClass = MailClass.TRANSACTIONAL, at: str = "p") -> None:
    """Put mails into the box, to as many people."""
    belongs_to = A_LIST if urgency.is_chosen else None
    with unit_of_work() as work:
        for number in range(count):
            reader = Reader(f"{at}{number}@example.com")
            letter = Letter(f"Brev {number}", "Hej\n.\n..\n", "<p>Hej</p>")
            work.add(draft(NAMES[urgency], letter, reader, belongs_to))


def one_mail(**changed: object) -> Mail:
    """Make a mail that is in no box."""
    reader = Reader("stina@example.com")
    mail = draft("digest", Letter("Hej", "Hej\n", "<p>Hej</p>"), reader, A_LIST)
    mail.created_at = clock.now()
    for name, value in changed.items():
        setattr(mail, name, value)
    return mail

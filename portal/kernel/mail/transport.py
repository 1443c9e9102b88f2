"""The way to the mail server, step by step: at each, what went wrong and if the mail may have arrived."""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from portal.kernel.mail.outcomes import NotTaken, Parcel, Step, Trouble, Unreachable
from portal.kernel.mail.statuses import is_nobody

TIMEOUT = 20.0  # seconds, for each answer
LONGEST_ANSWER = 400
GO_ON = 354  # "start mail input"
PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
Answer = tuple[int, bytes]
T = TypeVar("T")


def _nobody_listens(_step: Step, _words: str) -> None:
    """Say nothing of the steps."""


class Line:
    """An open connection that takes one mail after another. Raises Unreachable when it can't be opened."""

    def __init__(
        self,
        smtp_url: str,
        timeout: float = TIMEOUT,
        tell: Callable[[Step, str], None] = _nobody_listens,
    ) -> None:
        self.url, self.timeout, self.tell = urlsplit(smtp_url), timeout, tell
        self.server = self._opened()

    def send(self, parcel: Parcel) -> None:
        """Hand one mail over. Raises NotTaken; or Unreachable, when no mail of the portal is taken."""
        step = Step.SENDER
        try:
            answer = self.server.mail(parcel.sender)
            if answer[0] >= 500:  # what is wrong with the sender is wrong with every mail
                raise Unreachable(step, _words(*answer))
            self._expect(step, answer)
            step = Step.RECIPIENT
            self._expect(step, self.server.rcpt(parcel.recipient))
            step = Step.TAKEN
            answer = self.server.docmd("DATA")
            if answer[0] != GO_ON:
                raise NotTaken(step, _trouble(step, answer), _words(*answer))
        except (OSError, smtplib.SMTPException) as error:
            raise NotTaken(step, Trouble.LOST, _why(error), hung=_is_late(error)) from error
        self._give_over(parcel.content)

    def rest(self) -> bool:
        """Make ready for the next mail; False when the line is lost."""
        try:
            return self.server.rset()[0] < 300
        except (OSError, smtplib.SMTPException):
            return False

    def close(self) -> None:
        """Say goodbye, if anybody still listens."""
        try:
            self.server.quit()
        except (OSError, smtplib.SMTPException):
            self.server.close()

    def _give_over(self, content: bytes) -> None:
        """Send the text and its end; from here on, silence leaves open if it has arrived."""
        stuffed = re.sub(rb"(?m)^\.", b"..", content)
        try:
            self.server.send(stuffed.rstrip(b"\r\n") + b"\r\n.\r\n")
            answer = self.server.getreply()
        except (OSError, smtplib.SMTPException) as error:
            late = _is_late(error)
            raise NotTaken(Step.TAKEN, Trouble.UNCLEAR, _why(error), hung=late) from error
        self._expect(Step.TAKEN, answer)

    def _expect(self, step: Step, answer: Answer) -> None:
        if answer[0] >= 300:
            raise NotTaken(step, _trouble(step, answer), _words(*answer))
        self.tell(step, _words(*answer))

    def _opened(self) -> smtplib.SMTP:
        host, port = self.url.hostname or "localhost", self.url.port or PORTS[self.url.scheme]
        found = self._step(Step.FOUND, lambda: socket.getaddrinfo(host, port)[0][4][0])
        self.tell(Step.FOUND, f"{host} is {found}")
        server = self._step(Step.CONNECTED, lambda: self._connected(host, port))
        try:
            self._step(Step.CONNECTED, server.ehlo_or_helo_if_needed)
            self.tell(Step.CONNECTED, f"port {port}")
            self._encrypt(server)
            self._sign_in(server)
        except BaseException:
            server.close()
            raise
        return server

    def _connected(self, host: str, port: int) -> smtplib.SMTP:
        if self.url.scheme != "smtps":
            return smtplib.SMTP(host, port, timeout=self.timeout)
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, port, timeout=self.timeout, context=context)

    def _encrypt(self, server: smtplib.SMTP) -> None:
        if self.url.scheme == "smtp+starttls":
            context = ssl.create_default_context()
            self._step(Step.ENCRYPTED, lambda: server.starttls(context=context))
        version = getattr(server.sock, "version", lambda: "")()
        self.tell(Step.ENCRYPTED, version or "not encrypted")

    def _sign_in(self, server: smtplib.SMTP) -> None:
        if not self.url.username:
            self.tell(Step.SIGNED_IN, "not asked for")
            return
        name, password = unquote(self.url.username), unquote(self.url.password or "")
        self._step(Step.SIGNED_IN, lambda: server.login(name, password))
        self.tell(Step.SIGNED_IN, name)

    def _step(self, step: Step, act: Callable[[], T]) -> T:
        try:
            return act()
        except (OSError, UnicodeError, smtplib.SMTPException) as error:
            raise Unreachable(step, _why(error)) from error


def _trouble(step: Step, answer: Answer) -> Trouble:
    """Say what an answer that is no yes means for the mail."""
    if answer[0] < 500:
        return Trouble.LATER
    if step == Step.TAKEN:
        return Trouble.REFUSED
    # Refused for safety's sake (RFC 3463, 3.8), or because the mailbox is full: that may be mended.
    return Trouble.NOBODY if is_nobody("", _words(*answer)) else Trouble.LATER


def _is_late(error: BaseException) -> bool:
    """Say whether it was silence that ended it; smtplib tells of it as of a line that broke."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _words(code: int, answer: bytes) -> str:
    return f"{code} {' '.join(answer.decode('utf-8', 'replace').split())}"[:LONGEST_ANSWER]


def _why(error: Exception) -> str:
    """Put an error in words; the server's own, where it gave any."""
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        return _words(error.smtp_code, answer if isinstance(answer, bytes) else answer.encode())
    return f"{type(error).__name__}: {error}"[:LONGEST_ANSWER]

"""Hand the mails that are due to the mail server, the most urgent first."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from portal.config import Settings
from portal.kernel import clock
from portal.kernel.db import release, session, unit_of_work
from portal.kernel.facts import record
from portal.kernel.mail import counts, queue, server
from portal.kernel.mail.message import as_message, envelope_sender
from portal.kernel.mail.models import Mail, MailRefused
from portal.kernel.mail.outcomes import NotTaken, Parcel, Step, Trouble, Unreachable
from portal.kernel.mail.signing import as_bytes
from portal.kernel.mail.transport import TIMEOUT, Line
from portal.kernel.settings import settings

MOST_ON_A_LINE = 100  # mails
# So many mails in a row that are not taken are the server's fault, not theirs.
MOST_IN_A_ROW = 5
LONGEST_WAIT = timedelta(hours=1)  # of one mail; no longer than the server's own while that fails

log = logging.getLogger(__name__)


def send_due() -> int:
    """Send every mail that is due; return how many were tried."""
    return Sender().send_due()


def parcel_of(mail: Mail, chosen: Settings) -> Parcel:
    """Write and sign a mail. ValueError when it is none that can be sent."""
    content = as_bytes(as_message(mail, chosen), chosen)
    return Parcel(envelope_sender(mail, chosen), mail.address, content)


class Sender:
    """Sends mails over one line after another, and knows how the server has been lately."""

    def __init__(
        self,
        timeout: float = TIMEOUT,
        lease: timedelta = queue.LEASE,
        dial: Callable[[str, float], Line] = Line,
    ) -> None:
        self.timeout, self.lease, self.dial = timeout, lease, dial
        self.line: Line | None = None
        self.on_this_line = 0
        self.not_taken_in_a_row = 0
        self.is_server_failing = False

    def send_due(self, goes_on: Callable[[], bool] = lambda: True) -> int:
        """Send mails for as long as any is due and `goes_on`; return how many were tried."""
        if settings().smtp_url is None:
            return _show()
        tried = 0
        try:
            while goes_on() and self._has_line() and (mail := self._claim()):
                tried += 1
                self._send(mail)
        except Unreachable as failure:
            _note(failure)
        finally:
            self._hang_up()
        return tried

    def _has_line(self) -> bool:
        """Open a line before any mail is taken: who is killed while connecting has none in hand."""
        if self.on_this_line >= MOST_ON_A_LINE:
            self._hang_up()
        if self.line is None and self._may_try():
            release()
            self.line = self.dial(settings().smtp_url or "", self.timeout)
        return self.line is not None

    def _may_try(self) -> bool:
        now = clock.now()
        if not queue.has_due(now, only_critical=_is_full(now)):
            return False
        failing = server.state()
        self.is_server_failing = failing is not None
        with unit_of_work():
            if failing is not None and not server.turn(failing, now):
                return False
            queue.give_up_unclear(now)
        return True

    def _claim(self) -> Mail | None:
        now = clock.now()
        with unit_of_work() as work:
            careful, full = self.is_server_failing, _is_full(now)
            mail = queue.claim(now, self.lease, only_critical=full, careful=careful)
        if mail is not None:
            work.expunge(mail)
        return mail

    def _send(self, mail: Mail) -> None:
        if self.line is None:
            raise RuntimeError("A mail is taken on an open line only.")
        try:
            self.line.send(parcel_of(mail, settings()))
        except ValueError as wrong:
            why = f"{type(wrong).__name__}: {wrong}"
            self._put_back(mail, NotTaken(Step.WRITTEN, Trouble.REFUSED, why))
        except NotTaken as failure:
            self._put_back(mail, failure)
        except Unreachable:
            with unit_of_work():
                queue.put_back_untried(mail)
            raise
        else:
            with unit_of_work():
                queue.mark_sent(mail, clock.now())
                self._praise()
        self.on_this_line += 1
        if self.line and not self.line.rest():
            self._hang_up()

    def _put_back(self, mail: Mail, failure: NotTaken) -> None:
        self.not_taken_in_a_row += failure.step != Step.WRITTEN
        is_suspect = failure.hung or self.not_taken_in_a_row >= MOST_IN_A_ROW
        with unit_of_work():
            now = clock.now()
            longest = server.LONGEST_WAIT if is_suspect else LONGEST_WAIT
            queue.put_back(mail, failure.trouble, str(failure), now, longest)
            if failure.trouble == Trouble.NOBODY and session().get(Mail, mail.id) is not None:
                record(MailRefused(mail.id), now)
            if failure.trouble.is_final and failure.step != Step.WRITTEN:
                self._praise()
                return
        if is_suspect:
            raise Unreachable(failure.step, str(failure))

    def _praise(self) -> None:
        """Note that the server does what it should; what it had refused before is tried now."""
        self.not_taken_in_a_row = 0
        if self.is_server_failing:
            self.is_server_failing = False
            server.works()
            queue.bring_forward(clock.now())

    def _hang_up(self) -> None:
        if self.line is not None:
            self.line.close()
        self.line, self.on_this_line = None, 0


def _is_full(at: datetime) -> bool:
    """Say whether as many mails have left within the hour as may: only critical ones go then."""
    return not counts.has_room(settings().mails_per_hour, at)


def _show() -> int:
    """Where there is no mail server, mails are shown in the portal: all that are due have left."""
    if not queue.has_due(clock.now()):
        return 0
    with unit_of_work():
        return queue.mark_shown(clock.now())


def _note(failure: Unreachable) -> None:
    with unit_of_work():
        is_news = server.fails(f"{failure.step}: {failure}", clock.now())
    if is_news:
        log.warning("The mail server fails (%s): %s", failure.step, failure)

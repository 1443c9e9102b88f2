"""Mails at once: what somebody wants to know now, gathered in one mail an hour at most."""

from collections.abc import Sequence
from datetime import datetime

from portal.kernel import clock
from portal.kernel.db import release, unit_of_work
from portal.kernel.jobs import job
from portal.kernel.mail import MailingList
from portal.notifications.actions.rhythm import AT_ONCE
from portal.notifications.actions.settling import ChangedMeanwhile, settle
from portal.notifications.jobs.composing import news_for, notices_letter, place_on
from portal.notifications.policy.lists import write_list
from portal.notifications.policy.rhythm import first_mail
from portal.notifications.policy.sorting import Waiting
from portal.notifications.queries.recipients import Recipient, recipients
from portal.web.mailing import put

TRIES = 5


@job(AT_ONCE, outside=True)
def mail_at_once(person_id: int) -> None:
    """Tell a person in one mail what they want to know now.

    Raises ChangedMeanwhile when so much happens to them that it has to wait for a calmer moment.
    """
    for left in reversed(range(TRIES)):
        try:
            _mail(person_id, clock.now())
            return
        except ChangedMeanwhile:
            release()
            if not left:
                raise


def _mail(person_id: int, at: datetime) -> None:
    for one in recipients([person_id], at):
        if first_mail(one.told_at, at) > at:
            return  # Another mail went since this was asked for; what came after it has asked, too.
        wanted = one.waiting["now"]
        news = news_for(one, wanted, at)
        seen = [item for item, _line in news.of(wanted)]
        place = _place(one, seen, at) if seen else None
        letter = notices_letter(one, news, seen, place) if place else None
        release()
        with unit_of_work():
            rhythm = {"told_at": at if letter else one.told_at, "turns": one.turns + 1}
            settle(one.person_id, one.changes, one.waiting["never"] + wanted, at, **rhythm)
            if letter and one.reader:
                put("notices", letter, one.reader, place)


def _place(one: Recipient, seen: Sequence[Waiting], at: datetime) -> MailingList:
    """Return the list that a mail belongs to: that of what it tells, or that of all mails at once."""
    lists = {write_list(item.kind, item.network_id) for item in seen}
    release()
    with unit_of_work():
        return place_on(lists.pop() if len(lists) == 1 else "now", one, at)

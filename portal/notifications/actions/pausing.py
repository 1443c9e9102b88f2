"""A pause from all mails that somebody has chosen."""

from datetime import datetime

from portal.kernel.actors import Actor
from portal.kernel.facts import record
from portal.kernel.mail import withdraw
from portal.notifications.actions.holding import hold, set_rhythm
from portal.notifications.actions.rhythm import replan
from portal.notifications.facts import NoticesPaused, NoticesResumed
from portal.notifications.policy import OPEN_END
from portal.notifications.queries import rhythm_of


def pause(actor: Actor, until: datetime | None, at: datetime) -> bool:
    """Mail nothing chosen until then, or until it is ended by hand; False if it stood like that."""
    person_id, end = actor.person_id or 0, until or OPEN_END
    hold(person_id)
    before = rhythm_of(person_id)
    if before is not None and before.paused_until == end:
        return False
    set_rhythm(person_id, paused_until=end)
    withdraw(person_id, at)
    record(NoticesPaused(person_id), at)
    replan(person_id, at)
    return True


def resume(actor: Actor, at: datetime) -> bool:
    """Mail again what is chosen; False if there was no pause."""
    person_id = actor.person_id or 0
    hold(person_id)
    before = rhythm_of(person_id)
    if before is None or before.paused_until is None or before.paused_until <= at:
        return False
    set_rhythm(person_id, paused_until=None)
    record(NoticesResumed(person_id), at)
    replan(person_id, at)
    return True

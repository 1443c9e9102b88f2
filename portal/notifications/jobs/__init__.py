"""What people are told when something happens: in the portal, at once by mail, in a digest."""

from portal.notifications import models
from portal.notifications.jobs.answers import mail_approval, mail_refusal
from portal.notifications.jobs.answers_shown import (
    show_answer,
    show_approval,
    show_refusal,
    show_role_given,
    show_role_taken,
)
from portal.notifications.jobs.at_once import mail_at_once
from portal.notifications.jobs.closing import (
    close_request,
    close_what_was_left,
    forget_old_notices,
)
from portal.notifications.jobs.digests import start, write_some
from portal.notifications.jobs.spreading import (
    spread_in_network,
    tell_of_arrival,
    tell_of_event,
    tell_of_opening,
    tell_of_request,
)

__all__ = [
    "close_request",
    "close_what_was_left",
    "forget_old_notices",
    "mail_approval",
    "mail_at_once",
    "mail_refusal",
    "models",
    "show_answer",
    "show_approval",
    "show_refusal",
    "show_role_given",
    "show_role_taken",
    "spread_in_network",
    "start",
    "tell_of_arrival",
    "tell_of_event",
    "tell_of_opening",
    "tell_of_request",
    "write_some",
]

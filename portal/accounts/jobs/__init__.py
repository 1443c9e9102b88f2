"""Mails about accounts, and the clearing of what is no longer needed."""

from portal.accounts.jobs.addresses import mail_address, mail_change, mail_proof, tell_former
from portal.accounts.jobs.alarms import mail_alarm
from portal.accounts.jobs.clearing import clear, clear_ways_in
from portal.accounts.jobs.dying import (
    ask_before_the_last_day,
    ask_elsewhere,
    note_refused_mail,
    note_unwanted_mail,
)
from portal.accounts.jobs.signing_in import mail_code, note_refusal

__all__ = [
    "ask_before_the_last_day",
    "ask_elsewhere",
    "clear",
    "clear_ways_in",
    "mail_address",
    "mail_alarm",
    "mail_change",
    "mail_code",
    "mail_proof",
    "note_refusal",
    "note_refused_mail",
    "note_unwanted_mail",
    "tell_former",
]

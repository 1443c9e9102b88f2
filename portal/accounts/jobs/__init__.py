"""Mails about accounts, and the clearing of what is no longer needed."""

from portal.accounts.jobs.addresses import mail_address, mail_change, mail_proof, tell_former
from portal.accounts.jobs.alarms import mail_alarm
from portal.accounts.jobs.signing_in import KEPT, clear, mail_code, note_refusal
from portal.accounts.jobs.ways_in import clear_ways_in

__all__ = [
    "KEPT",
    "clear",
    "clear_ways_in",
    "mail_address",
    "mail_alarm",
    "mail_change",
    "mail_code",
    "mail_proof",
    "note_refusal",
    "tell_former",
]

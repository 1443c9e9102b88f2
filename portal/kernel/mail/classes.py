"""Every mail of the portal and its class: what it may be stopped by, and what leaves first."""

from enum import IntEnum


class MailClass(IntEnum):
    """How much a mail matters to the one who gets it; the lower leaves first."""

    CRITICAL = 0  # ways in, safety: always sent, also to an address whose mails come back
    TRANSACTIONAL = 1  # an answer, a place, a receipt: always sent, to an address that is reached
    NOTICE = 2  # what somebody has asked to be told at once
    DIGEST = 3  # the same, gathered
    BULK = 4  # one text to many

    @property
    def is_chosen(self) -> bool:
        """Say whether people choose if they get it; such a mail tells how to stop it (RFC 8058)."""
        return self >= MailClass.NOTICE


# By the name of its templates, mail/<name>.html and .txt. A mail that does not stand here never leaves.
MAILS: dict[str, MailClass] = {
    "address": MailClass.CRITICAL,
    "address_again": MailClass.CRITICAL,
    "address_question": MailClass.CRITICAL,
    "address_taken": MailClass.CRITICAL,
    "alarm": MailClass.CRITICAL,
    "correction_answered": MailClass.TRANSACTIONAL,
    "digest": MailClass.DIGEST,
    "door_question": MailClass.TRANSACTIONAL,
    "former_address": MailClass.CRITICAL,
    "membership_approved": MailClass.TRANSACTIONAL,
    "membership_declined": MailClass.TRANSACTIONAL,
    "no_account": MailClass.CRITICAL,
    "notices": MailClass.NOTICE,
    "persons_merged": MailClass.CRITICAL,
    "place_taken": MailClass.TRANSACTIONAL,
    "primary_change": MailClass.CRITICAL,
    "proof": MailClass.CRITICAL,
    "role_given": MailClass.CRITICAL,
    "role_taken": MailClass.CRITICAL,
    "sign_in": MailClass.CRITICAL,
    "test": MailClass.CRITICAL,
}

"""Mails that prove who reads an address: to show again who one is, to add one, to change the primary."""

from typing import Any

from portal.accounts.actions import code_of, confirmation_secret, link_secret_of, undo_secret
from portal.accounts.models import AddressRequest, PrimaryChange, ProofRequest
from portal.accounts.policy import Side, may_confirm_change, may_use_code
from portal.accounts.queries import primary_change, reader_of
from portal.kernel import clock
from portal.kernel.db import session
from portal.kernel.jobs import job
from portal.kernel.text import _l
from portal.people.queries import address_by_id, mailbox
from portal.web.links import contact
from portal.web.mailing import send


@job("accounts.mail_proof")
def mail_proof(request_id: int) -> None:
    """Mail a code to the primary address, to show again who one is."""
    asked = session().get(ProofRequest, request_id)
    if asked is None or not may_use_code(asked, clock.now()):
        return
    code = code_of(asked)
    subject = _l("%(code)s shows that it is you", code=code)
    send("proof", reader_of(asked.person_id), subject, code=code)


@job("accounts.mail_address")
def mail_address(request_id: int) -> None:
    """Mail code and link to an address that is to be added, or of which is asked if mails arrive.

    If it is somebody else's, they are told so.
    """
    asked = session().get(AddressRequest, request_id)
    if asked is None or not may_use_code(asked, clock.now()):
        return
    known = mailbox(asked.address)
    if known is not None and known.person_id != asked.person_id:
        subject = _l("This address has an account already")
        reader = reader_of(known.person_id, known.address)
        send("address_taken", reader, subject, address=known.address, to=contact())
        return
    code = code_of(asked)
    link = f"/account/addresses/link/{asked.public_id}/{link_secret_of(asked)}"
    if known is not None:
        subject = _l("%(code)s shows that our mails reach you", code=code)
        reader = reader_of(known.person_id, known.address)
        send("address_again", reader, subject, code=code, link=link)
        return
    subject = _l("%(code)s adds your address", code=code)
    send("address", reader_of(asked.person_id, asked.address), subject, code=code, link=link)


@job("accounts.mail_change")
def mail_change(change_id: int) -> None:
    """Mail a link to the old and to the new primary address."""
    change = session().get(PrimaryChange, change_id)
    if change is None or not may_confirm_change(change, clock.now()):
        return
    old, new = address_by_id(change.old_address_id), address_by_id(change.new_address_id)
    if old is None or new is None:
        return
    sides: tuple[tuple[Side, str], ...] = (("old", old.address), ("new", new.address))
    for side, address in sides:
        link = f"/account/addresses/confirmation/{change.public_id}/{confirmation_secret(change, side)}"
        subject = _l("Confirm your new primary address")
        about: dict[str, Any] = {"link": link, "side": side, "old": old.address, "new": new.address}
        reader = reader_of(change.person_id, address)
        send("primary_change", reader, subject, **about, to=contact())


@job("accounts.tell_former")
def tell_former(address: str, person_id: int, change: str | None = None) -> None:
    """Tell an address that it was removed or, after a change, that it is the primary one no more."""
    done = primary_change(change) if change else None
    if change and done is None:
        return  # it has been undone since, or one of the addresses is gone
    if done is not None:
        subject = _l("Your primary address was changed")
        link = f"/account/addresses/undoing/{change}/{undo_secret(done.row)}"
    else:
        subject, link = _l("An address was removed from your account"), None
    reader = reader_of(person_id, address)
    send("former_address", reader, subject, address=address, link=link, to=contact())

"""Rules about a person's addresses."""

from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import _l

MOST_ADDRESSES = 10
GONE_ADDRESS = _l("That address is no longer among yours.")


def may_add_address(verified: int) -> Decision:
    """Say whether somebody with so many verified addresses may add another."""
    if verified >= MOST_ADDRESSES:
        return deny(
            _l("You have %(num)d addresses. Remove one before you add another.", num=verified)
        )
    return ALLOW


def may_remove_address(is_primary: bool, verified: int) -> Decision:
    """Say whether an address may be given up: never the primary one, never the last one."""
    if is_primary or verified < 2:
        return deny(_l("Mails to you go to this address. Make another one primary first."))
    return ALLOW


def may_make_primary(is_primary: bool) -> Decision:
    """Say whether a verified address may become the primary one."""
    return deny(_l("That is your primary address already.")) if is_primary else ALLOW

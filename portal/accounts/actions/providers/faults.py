"""What is said when an organisation's sign-in can't be used: to the one who tries, and to the log."""

import logging

from portal.config import Provider
from portal.kernel.text import Lazy, _l

log = logging.getLogger(__name__)


class ProviderFault(Exception):
    """The other sign-in could not be used this time; `reason` is written for the one who tried."""

    def __init__(self, reason: Lazy) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


def silence(provider: Provider) -> Lazy:
    """Say that it does not answer."""
    return _l(
        "The sign-in at %(name)s does not answer. Try again in a while, or sign in another way.",
        name=provider.name,
    )


def no_answer(provider: Provider, error: Exception) -> ProviderFault:
    """Note that it does not answer, or breaks off."""
    log.warning("The sign-in at %s does not answer: %r", provider.key, error)
    return ProviderFault(silence(provider))


def unusable(provider: Provider, why: str) -> ProviderFault:
    """Note that what it says can't be used, and why."""
    log.warning("The sign-in at %s could not be used: %s", provider.key, why)
    words = _l(
        "The answer from %(name)s could not be used. Try again, or sign in another way.",
        name=provider.name,
    )
    return ProviderFault(words)

"""What the security log says of mails that were stopped: whoever has the mail can do it."""

from portal.accounts.policy import SECURITY_WORDS
from portal.kernel.text import _l

SECURITY_WORDS.update(
    ListLeft=_l("Mails of one kind were stopped by the link in a mail"),
    ListRejoined=_l("Mails of one kind that had been stopped come again"),
)

"""Pages for signing in and for one's account."""

from portal.accounts.views import (
    by_password,
    language,
    signing_in,
    signing_out,
    yours,
)
from portal.accounts.views.blueprint import accounts

PAGES = (by_password, language, signing_in, signing_out, yours)

__all__ = ["PAGES", "accounts"]

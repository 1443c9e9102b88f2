"""Pages for signing in and for one's account."""

from portal.accounts.views import (
    adding,
    addresses,
    by_organisation,
    by_passkey,
    by_password,
    by_second_step,
    changing,
    language,
    oidc,
    passkeys,
    passwords,
    proving,
    second_step,
    signing_in,
    signing_out,
    ways,
    yours,
)
from portal.accounts.views.blueprint import accounts

PAGES = (
    adding,
    addresses,
    by_organisation,
    by_passkey,
    by_password,
    by_second_step,
    changing,
    language,
    oidc,
    passkeys,
    passwords,
    proving,
    second_step,
    signing_in,
    signing_out,
    ways,
    yours,
)

__all__ = ["PAGES", "accounts"]

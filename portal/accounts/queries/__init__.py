"""Who is signed in, and what they have to do with signing in."""

from portal.accounts.queries.changing import Change, primary_change
from portal.accounts.queries.dying import leaves_work, troubled_address
from portal.accounts.queries.mailed import (
    address_request,
    address_request_by,
    proof_request,
    sign_in_request,
)
from portal.accounts.queries.oidc import identities_of, identity_by, identity_of
from portal.accounts.queries.passkeys import (
    holder_of,
    passkey_by_credential,
    passkey_of,
    passkeys_of,
    user_key_of,
)
from portal.accounts.queries.readers import reader_of, readers_of
from portal.accounts.queries.second_step import (
    first_step,
    has_second_step,
    printed_codes_left,
    second_step_of,
)
from portal.accounts.queries.security_log import Entry, details_of, security_log
from portal.accounts.queries.sessions import (
    SignedIn,
    account_of,
    password_of,
    reason_of_suspension,
    sessions_of,
    signed_in,
)
from portal.accounts.queries.waiting import Waiting, waiting
from portal.accounts.queries.ways import FurtherWays, further_ways, ways_of

__all__ = [
    "Change",
    "Entry",
    "FurtherWays",
    "SignedIn",
    "Waiting",
    "account_of",
    "address_request",
    "address_request_by",
    "details_of",
    "first_step",
    "further_ways",
    "has_second_step",
    "holder_of",
    "identities_of",
    "identity_by",
    "identity_of",
    "leaves_work",
    "passkey_by_credential",
    "passkey_of",
    "passkeys_of",
    "password_of",
    "primary_change",
    "printed_codes_left",
    "proof_request",
    "reader_of",
    "readers_of",
    "reason_of_suspension",
    "second_step_of",
    "security_log",
    "sessions_of",
    "sign_in_request",
    "signed_in",
    "user_key_of",
    "troubled_address",
    "waiting",
    "ways_of",
]

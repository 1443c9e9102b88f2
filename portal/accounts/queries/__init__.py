"""Who is signed in, and what they have to do with signing in."""

from portal.accounts.queries.sessions import (
    SignedIn,
    account_of,
    password_of,
    sessions_of,
    sign_in_request,
    signed_in,
)

__all__ = [
    "SignedIn",
    "account_of",
    "password_of",
    "sessions_of",
    "sign_in_request",
    "signed_in",
]

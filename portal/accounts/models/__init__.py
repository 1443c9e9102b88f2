"""Accounts, sessions, requests to sign in, and further ways in."""

from portal.accounts.models.account import (
    Account,
    SignInRequest,
    UserSession,
)

__all__ = [
    "Account",
    "SignInRequest",
    "UserSession",
]

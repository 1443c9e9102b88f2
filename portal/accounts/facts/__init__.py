"""What happens to accounts."""

from portal.accounts.facts.account import (
    AccountOpened,
    PasswordChanged,
)

__all__ = [
    "AccountOpened",
    "PasswordChanged",
]

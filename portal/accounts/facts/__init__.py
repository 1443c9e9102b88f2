"""What happens to accounts."""

from portal.accounts.facts.account import (
    AccountOpened,
    AddressAllowed,
    AddressComplained,
    AddressReached,
    AddressRefused,
    PasswordChanged,
    PasswordRemoved,
    PasswordSet,
    PrimaryChangeUndone,
)
from portal.accounts.facts.oidc import IdentityLinked, IdentityUnlinked
from portal.accounts.facts.passkeys import (
    PasskeyAdded,
    PasskeyRefused,
    PasskeyRemoved,
    PasskeyRenamed,
)
from portal.accounts.facts.second_step import (
    PrintedCodesMade,
    PrintedCodeUsed,
    SecondStepFailed,
    SecondStepTurnedOff,
    SecondStepTurnedOn,
)
from portal.accounts.facts.signing_in import (
    CodeMailed,
    CodeRefused,
    EverySessionEnded,
    PasswordRefused,
    ProofGiven,
    SessionEnded,
    SignedIn,
)

__all__ = [
    "AccountOpened",
    "AddressAllowed",
    "AddressComplained",
    "AddressReached",
    "AddressRefused",
    "CodeMailed",
    "CodeRefused",
    "EverySessionEnded",
    "IdentityLinked",
    "IdentityUnlinked",
    "PasskeyAdded",
    "PasskeyRefused",
    "PasskeyRemoved",
    "PasskeyRenamed",
    "PasswordChanged",
    "PasswordRefused",
    "PasswordRemoved",
    "PasswordSet",
    "PrimaryChangeUndone",
    "PrintedCodeUsed",
    "PrintedCodesMade",
    "ProofGiven",
    "SecondStepFailed",
    "SecondStepTurnedOff",
    "SecondStepTurnedOn",
    "SessionEnded",
    "SignedIn",
]

"""Accounts, sessions, requests to sign in, and further ways in."""

from portal.accounts.models.account import Account, UserSession
from portal.accounts.models.mailed import AddressRequest, Mailed, ProofRequest, SignInRequest
from portal.accounts.models.oidc import Identity, SpentState
from portal.accounts.models.passkeys import Passkey, PasskeyChallenge, PasskeyUser
from portal.accounts.models.primary_change import PrimaryChange
from portal.accounts.models.second_step import FirstStep, PrintedCode, SecondStep

__all__ = [
    "Account",
    "AddressRequest",
    "FirstStep",
    "Identity",
    "Mailed",
    "Passkey",
    "PasskeyChallenge",
    "PasskeyUser",
    "PrimaryChange",
    "PrintedCode",
    "ProofRequest",
    "SecondStep",
    "SignInRequest",
    "SpentState",
    "UserSession",
]

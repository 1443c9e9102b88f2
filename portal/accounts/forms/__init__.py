"""What people fill in to sign in or up, and about their account."""

from portal.accounts.forms.passkeys import PasskeyForm
from portal.accounts.forms.second_step import AppCodeForm, PrintedCodeForm, TurnOffForm
from portal.accounts.forms.signing_in import (
    AddressForm,
    CodeForm,
    NewPasswordForm,
    PasswordSignInForm,
    ProofForm,
    SignInForm,
    SignUpForm,
)

__all__ = [
    "AddressForm",
    "AppCodeForm",
    "CodeForm",
    "NewPasswordForm",
    "PasskeyForm",
    "PasswordSignInForm",
    "PrintedCodeForm",
    "ProofForm",
    "SignInForm",
    "SignUpForm",
    "TurnOffForm",
]

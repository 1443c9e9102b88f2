"""What people fill in to sign in or up, and about their account."""

from portal.accounts.forms.signing_in import (
    TYPED_EMAIL,
    CodeForm,
    NewPasswordForm,
    PasswordSignInForm,
    RemovalForm,
    SignInForm,
    SignUpForm,
)

__all__ = [
    "CodeForm",
    "NewPasswordForm",
    "PasswordSignInForm",
    "RemovalForm",
    "SignInForm",
    "SignUpForm",
    "TYPED_EMAIL",
]

"""What people fill in to sign in or up."""

from wtforms import PasswordField
from wtforms.validators import Length

from portal.accounts.policy import LONGEST_PASSWORD, SHORTEST_PASSWORD
from portal.kernel.text import _l
from portal.people.policy import LONGEST_NAME
from portal.web.forms import EmailField, Filled, Form, LineField, length

TYPED_EMAIL = Filled(_l("Write your e-mail address."))


class SignInForm(Form):
    """An address is all it takes."""

    email = EmailField(_l("E-mail address"), [TYPED_EMAIL])


class SignUpForm(Form):
    """Name and address, nothing more."""

    name = LineField(
        _l("Your name"),
        [
            Filled(_l("Write your name.")),
            length(1, LONGEST_NAME, _l("Use at most %(max)d characters for the name.")),
        ],
        description=_l("As you want colleagues to know you."),
    )
    email = EmailField(
        _l("E-mail address"),
        [TYPED_EMAIL],
        description=_l("We mail you a code. A private address lasts longer than one at work."),
    )


class CodeForm(Form):
    """The six digits from the mail."""

    code = LineField(
        _l("The code from the mail"),
        [Filled(_l("Write the six digits from the mail.")), Length(max=20)],
    )


class PasswordSignInForm(Form):
    """Address and password."""

    email = EmailField(_l("E-mail address"), [TYPED_EMAIL])
    password = PasswordField(_l("Password"), [Filled(_l("Write your password."))])


class NewPasswordForm(Form):
    """A new password."""

    password = PasswordField(
        _l("New password"),
        [Filled(_l("Write a password."))],
        description=_l(
            "At least %(num)d characters. A few unrelated words work well.", num=SHORTEST_PASSWORD
        ),
    )


class ProofForm(Form):
    """The present password, to show who sits there."""

    password = PasswordField(
        _l("Your password"), [Filled(_l("Write your password.")), Length(max=LONGEST_PASSWORD)]
    )


class AddressForm(Form):
    """One more address."""

    email = EmailField(
        _l("E-mail address"),
        [TYPED_EMAIL],
        description=_l("We mail a code there, to be sure that it reaches you."),
    )

"""What people fill in about the second step of signing in."""

from wtforms.validators import Length

from portal.kernel.text import _l
from portal.web.forms import Filled, Form, LineField


class AppCodeForm(Form):
    """The six digits that the app shows."""

    code = LineField(
        _l("The code from the app"),
        [Filled(_l("Write the six digits that the app shows.")), Length(max=40)],
    )


class PrintedCodeForm(Form):
    """One of the codes on paper."""

    code = LineField(
        _l("One of your printed codes"),
        [Filled(_l("Write one of the codes on your paper.")), Length(max=40)],
    )


class TurnOffForm(Form):
    """A code of either kind, to do without the second step again."""

    code = LineField(
        _l("A code from the app, or a printed one"),
        [Filled(_l("Write a code from the app, or a printed one.")), Length(max=40)],
    )

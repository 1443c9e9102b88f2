"""What people fill in about their passkeys."""

from wtforms.validators import Length

from portal.accounts.policy import LONGEST_PASSKEY_NAME
from portal.kernel.text import _l
from portal.web.forms import Filled, Form, LineField, length


class PasskeyForm(Form):
    """What a passkey is called, so that one knows it in the list."""

    name = LineField(
        _l("What do you call this device?"),
        [
            Filled(_l("Give it a name, such as My phone.")),
            length(1, LONGEST_PASSKEY_NAME, _l("Use at most %(max)d characters for the name.")),
        ],
        description=_l("Only you see it, in the list of your passkeys."),
    )
    # What the device answers; put there by passkeys.js.
    credential = LineField("", [Length(max=500_000)])

"""Why somebody is kept out."""

from portal.kernel.text import _l
from portal.people.policy.duties import LONGEST_SUSPENSION_REASON, SHORTEST_SUSPENSION_REASON
from portal.web.forms import Filled, Form, TextField, length


class SuspensionForm(Form):
    """The reason, which the person may read in what is kept about them."""

    reason = TextField(
        _l("Why?"),
        [
            Filled(_l("Write why: nobody is kept out without a reason.")),
            length(
                SHORTEST_SUSPENSION_REASON,
                LONGEST_SUSPENSION_REASON,
                _l("Write between %(min)d and %(max)d characters."),
            ),
        ],
        description=_l("It is kept with what we know of them, and is theirs to read."),
    )

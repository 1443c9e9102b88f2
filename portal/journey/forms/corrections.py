"""A wish to have something put right, and the answer."""

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from portal.journey.models import OUTCOMES
from portal.journey.policy import LONGEST_WISH, OUTCOME_NAMES, SHORTEST_WISH
from portal.kernel.text import _l
from portal.web.forms import Filled, Form, TextField, length, required


class CorrectionForm(Form):
    """What is wrong, and how it should be."""

    text = TextField(
        _l("What is wrong, and how should it be?"),
        [
            Filled(_l("Write what is wrong.")),
            length(
                SHORTEST_WISH, LONGEST_WISH, _l("Write between %(min)d and %(max)d characters.")
            ),
        ],
        description=_l("An administrator reads this, and answers you here and by mail."),
    )


class AnswerForm(Form):
    """The answer to somebody who wants something put right."""

    outcome = RadioField(
        _l("What becomes of it"),
        [required(_l("Choose what becomes of it."))],
        choices=lambda: [SelectChoice(one, str(OUTCOME_NAMES[one])) for one in OUTCOMES],
    )
    answer = TextField(
        _l("Your answer"),
        [
            Filled(_l("Write an answer: the person reads it.")),
            length(
                SHORTEST_WISH, LONGEST_WISH, _l("Write between %(min)d and %(max)d characters.")
            ),
        ],
        description=_l("Say what you have changed, or why it stays."),
    )

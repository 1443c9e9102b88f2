"""How long to pause."""

from typing import Any, cast

from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.kernel import clock
from portal.kernel.text import _l
from portal.notifications.forms.kinds import CHOOSE_ONE
from portal.notifications.policy import LENGTHS, LONGEST_PAUSE, Length
from portal.people.policy.door import months_after
from portal.web.dates import local
from portal.web.forms import DayField, Form, required


class PauseForm(Form):
    """A week, a month, until a day, or until it is ended by hand."""

    length = RadioField(
        _l("For how long"),
        [required(CHOOSE_ONE)],
        choices=lambda: [SelectChoice(one, str(name)) for one, name in LENGTHS.items()],
        validate_choice=False,
        default="week",
    )
    day = DayField(_l("The day when mails come again"), description=_l("If you chose a day above."))

    def validate_length(self, field: Field) -> None:
        """Refuse a length that is not offered."""
        if field.data not in LENGTHS:
            raise ValidationError(str(CHOOSE_ONE))

    def validate_day(self, field: Any) -> None:
        """Want a day to come when one is to be chosen."""
        if self.length.data != "until":
            field.errors = []
            return
        day, today = field.day(), local(clock.now()).date()
        if not field.data:
            raise ValidationError(_l("Write the day when mails may come again."))
        if day and day <= today:
            raise ValidationError(_l("Choose a day after today."))
        if day and day > months_after(today, LONGEST_PAUSE):
            raise ValidationError(_l("Check the year: it is too far away."))

    def chosen(self) -> Length:
        """Return the length that is chosen."""
        return cast("Length", self.length.data)

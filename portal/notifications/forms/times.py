"""When the digests come: the hour, and the day of the weekly one."""

from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.kernel.text import _l, language
from portal.notifications.forms.kinds import CHOOSE_ONE
from portal.web.dates import DAYS
from portal.web.forms import Form


def _hours() -> list[SelectChoice]:
    """Write each full hour as the reader does: 08.00 in Swedish, 08:00 in English."""
    point = "." if language() == "sv" else ":"
    return [SelectChoice(str(hour), f"{hour:02}{point}00") for hour in range(24)]


def _weekdays() -> list[SelectChoice]:
    return [SelectChoice(str(day), str(DAYS[language()][day])) for day in range(7)]


class TimeForm(Form):
    """When the digests come."""

    hour = SelectField(_l("What time"), choices=_hours, validate_choice=False)
    weekday = SelectField(
        _l("The weekly digest comes on"), choices=_weekdays, validate_choice=False
    )

    def validate_hour(self, field: Field) -> None:
        """Refuse an hour that no day has."""
        if field.data not in {choice.value for choice in _hours()}:
            raise ValidationError(str(CHOOSE_ONE))

    def validate_weekday(self, field: Field) -> None:
        """Refuse a day that no week has."""
        if field.data not in {choice.value for choice in _weekdays()}:
            raise ValidationError(str(CHOOSE_ONE))

    def chosen(self) -> tuple[int, int]:
        """Return the hour and the day that are chosen."""
        return int(self.hour.data), int(self.weekday.data)

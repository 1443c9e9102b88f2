"""What one wants to be told: a small form for each kind of thing, and one for the time of day."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wtforms import Field

from portal.notifications.forms.kinds import kinds_form
from portal.notifications.forms.times import TimeForm
from portal.notifications.models import USUAL_HOUR
from portal.notifications.policy import Kind, Told


class WishesForm:
    """The whole form: `kinds` by their code, and `time`; walked like one form."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        formdata: Any = None,
        told: Mapping[str, Told] | None = None,
        time: tuple[int, int] = (USUAL_HOUR, 0),
    ) -> None:
        self.kinds = kinds_form(kinds, formdata, told or {})
        self.time = TimeForm(formdata, hour=str(time[0]), weekday=str(time[1]))
        self.form_errors: list[str] = []

    def __iter__(self) -> Iterator[Field]:
        for form in (*self.kinds.values(), self.time):
            yield from form

    def validate(self) -> bool:
        """Check every field of every part; the errors stand at the fields."""
        valid = [form.validate() for form in (*self.kinds.values(), self.time)]
        return all(valid)

    def wishes(self) -> dict[str, Told]:
        """Return what is chosen, by kind."""
        return {code: form.told() for code, form in self.kinds.items()}

    @property
    def errors(self) -> list[Any]:
        """Return what is wrong."""
        return [field.errors for field in self if field.errors]

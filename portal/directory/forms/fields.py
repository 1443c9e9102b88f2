"""Fields of the door: several that were picked, a day to come, a mail domain."""

from typing import Any

from wtforms import Field
from wtforms.validators import ValidationError

from portal.kernel import clock
from portal.kernel.text import Lazy, _l
from portal.people.policy import domain_keys
from portal.people.policy.door import months_after
from portal.web.forms import DayField, Form, clean, mail_domain

MOST_SENT = 60


class PickedField(Field):
    """Several that were picked before, each a box that can be unticked; its data is their values."""

    data: list[str]

    def __init__(self, label: Lazy, **more: Any) -> None:
        super().__init__(label, default=list, **more)  # type: ignore[no-untyped-call]

    def process_formdata(self, valuelist: list[Any]) -> None:
        values = (clean(value) for value in valuelist[:MOST_SENT])
        self.data = list(dict.fromkeys(value for value in values if value))


class ComingDayField(DayField):
    """A day from today on; `months` is how far ahead."""

    def __init__(self, label: Lazy, months: int, **more: Any) -> None:
        super().__init__(label, **more)
        self.months = months

    def pre_validate(self, form: Form) -> None:
        super().pre_validate(form)
        day, today = self.day(), clock.now().date()
        if day and day < today:
            raise ValidationError(_l("That day has passed."))
        if day and day > months_after(today, self.months):
            raise ValidationError(_l("Check the year: it is too far away."))


def picked_domain(typed: str) -> str | None:
    """Return the mail domain in what was typed; None when there is none that can be somebody's."""
    try:
        domain = mail_domain(typed)
    except ValidationError:
        return None
    return domain if domain_keys(domain) else None

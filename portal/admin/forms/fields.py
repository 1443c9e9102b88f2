"""Fields that only administration has: one of a list, the number of something."""

from typing import Any

from wtforms import SelectField
from wtforms.validators import ValidationError

from portal.kernel.text import Lazy, _l
from portal.web.forms import LineField


class ChoiceField(SelectField):
    """One of a list; anything else is refused in our words."""

    def __init__(self, label: Lazy, **more: Any) -> None:
        super().__init__(label, **more)  # type: ignore[no-untyped-call]

    def pre_validate(self, _form: Any) -> None:
        if chosen(self) not in [choice.value for choice in self.choices or ()]:
            raise ValidationError(_l("Choose one of these."))


class NumberField(LineField):
    """The number of something that was chosen from a list."""

    def number(self) -> int | None:
        """Return the number, None when there is none."""
        typed = self.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def chosen(field: Any) -> str:
    """Return what was chosen or typed; nothing is an empty text."""
    return str(field.data or "")

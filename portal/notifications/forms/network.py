"""What one wants to hear of one network: as of all, or otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.kernel.text import Lazy, _l
from portal.notifications.forms.kinds import CHOOSE_ONE, kinds_form
from portal.notifications.policy import Kind, Told
from portal.web.forms import Form, required

SCOPES: dict[str, Lazy] = {
    "all": _l("As in all my networks"),
    "own": _l("Otherwise, just here"),
}


class ScopeForm(Form):
    """Whether there are choices of its own."""

    scope = RadioField(
        _l("What you want to hear"),
        [required(CHOOSE_ONE)],
        choices=lambda: [SelectChoice(one, str(name)) for one, name in SCOPES.items()],
        validate_choice=False,
    )

    def validate_scope(self, field: Field) -> None:
        """Refuse what is not offered."""
        if field.data not in SCOPES:
            raise ValidationError(str(CHOOSE_ONE))


class NetworkForm:
    """The whole form: `scope`, and `kinds` that count when the network has choices of its own."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        formdata: Any = None,
        scope: str | None = None,
        told: Mapping[str, Told] | None = None,
    ) -> None:
        self.head = ScopeForm(formdata, scope=scope)
        self.kinds = kinds_form(kinds, formdata, told or {})
        self.form_errors: list[str] = []

    @property
    def is_own(self) -> bool:
        """Say whether the network has choices of its own."""
        return bool(self.head.scope.data == "own")

    def __iter__(self) -> Iterator[Field]:
        for form in (self.head, *self.kinds.values()):
            yield from form

    def validate(self) -> bool:
        """Check what counts."""
        counting = (self.head, *(self.kinds.values() if self.is_own else ()))
        valid = [form.validate() for form in counting]
        return all(valid)

    def wishes(self) -> dict[str, Told]:
        """Return what is chosen for this network, by kind."""
        return {code: form.told() for code, form in self.kinds.items()}

    @property
    def errors(self) -> list[Any]:
        """Return what is wrong."""
        return [field.errors for field in self if field.errors]

"""What one wants to hear of one network: as of all, or otherwise."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.kernel.text import Lazy, _l
from portal.notifications.forms.kinds import CHOOSE_ONE, kinds_form
from portal.notifications.forms.together import Together
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


class NetworkForm(Together):
    """The whole form: `scope`, and `kinds` that count when the network has choices of its own."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        formdata: Any = None,
        scope: str | None = None,
        told: Mapping[str, Told] | None = None,
    ) -> None:
        self.head = ScopeForm(formdata, scope=scope)
        by_kind = kinds_form(kinds, formdata, told or {})
        super().__init__(by_kind, [self.head, *by_kind.values()])

    @property
    def is_own(self) -> bool:
        """Say whether the network has choices of its own."""
        return bool(self.head.scope.data == "own")

    def counting(self) -> Sequence[Form]:
        """Return the parts that count: the kinds' only if the network has choices of its own."""
        return self.parts if self.is_own else [self.head]

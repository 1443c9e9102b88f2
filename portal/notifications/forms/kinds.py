"""How one wants to be told of one kind of thing."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from wtforms import BooleanField, Field, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.kernel.text import Lazy, _l
from portal.notifications.models import Cadence
from portal.notifications.policy import Kind, Told
from portal.web.forms import Form, required

CADENCE_NAMES: dict[Cadence, Lazy] = {
    "now": _l("At once"),
    "daily": _l("Every day"),
    "weekly": _l("Every week"),
    "never": _l("Never"),
}
CHOOSE_ONE = _l("Choose one of these.")


class KindForm(Form):
    """How one wants to be told of one kind of thing."""

    cadence = RadioField(
        _l("By mail"),
        [required(CHOOSE_ONE)],
        choices=lambda: [SelectChoice(one, str(name)) for one, name in CADENCE_NAMES.items()],
        validate_choice=False,
    )
    in_portal = BooleanField(_l("Among the notices in the portal"))

    def validate_cadence(self, field: Field) -> None:
        """Refuse a rhythm that there is not."""
        if field.data not in CADENCE_NAMES:
            raise ValidationError(str(CHOOSE_ONE))

    def told(self) -> Told:
        """Return what is chosen."""
        return Told(bool(self.in_portal.data), cast("Cadence", self.cadence.data))


def kinds_form(
    kinds: Sequence[Kind], formdata: Any, told: Mapping[str, Told]
) -> dict[str, KindForm]:
    """Make a small form for each kind, filled with what was sent or what is so now."""
    forms = {}
    for kind in kinds:
        now = told.get(kind.code)
        filled = {"cadence": now.cadence, "in_portal": now.in_portal} if now else {}
        forms[kind.code] = KindForm(formdata, prefix=f"{kind.code}-", **filled)
    return forms

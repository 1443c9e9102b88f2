"""What one wants to be told: a small form for each kind of thing, and one for the time of day."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.notifications.forms.kinds import kinds_form
from portal.notifications.forms.times import TimeForm
from portal.notifications.forms.together import Together
from portal.notifications.models import USUAL_HOUR
from portal.notifications.policy import Kind, Told


class WishesForm(Together):
    """The whole form: `kinds` by their code, and `time`; walked like one form."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        formdata: Any = None,
        told: Mapping[str, Told] | None = None,
        time: tuple[int, int] = (USUAL_HOUR, 0),
    ) -> None:
        self.time = TimeForm(formdata, hour=str(time[0]), weekday=str(time[1]))
        by_kind = kinds_form(kinds, formdata, told or {})
        super().__init__(by_kind, [*by_kind.values(), self.time])

"""Who sees what of oneself."""

from typing import Any

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from portal.kernel.text import _l
from portal.people.models import AUDIENCES, FIELDS, Person
from portal.people.policy import SHOWN_TO
from portal.people.policy.profile import FIELD_NAMES
from portal.web.forms import Form, required


def _choices() -> list[SelectChoice]:
    return [SelectChoice(one, str(SHOWN_TO[one])) for one in AUDIENCES]


class VisibilityForm(Form):
    """An audience for each field."""

    def chosen(self) -> dict[str, str]:
        """Return the audience of each field."""
        return {field: self[field].data for field in FIELDS}


for _name in FIELDS:
    _field: Any = RadioField(
        FIELD_NAMES[_name], [required(_l("Choose who sees it."))], choices=_choices
    )
    setattr(VisibilityForm, _name, _field)


class EveryFieldForm(Form):
    """One audience for all fields."""

    audience = RadioField(_l("Who sees it"), choices=_choices)


def visibility_form(person: Person) -> VisibilityForm:
    """Return the form with what the person has chosen so far."""
    return VisibilityForm(data={field: getattr(person, f"{field}_shown") for field in FIELDS})

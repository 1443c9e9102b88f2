"""How somebody wants their door: what is filled in, and what is picked one thing at a time."""

from typing import Any

from wtforms import Field, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.directory.forms.fields import ComingDayField, PickedField, picked_domain
from portal.directory.policy.doors import POSITION_NAMES, how_often
from portal.kernel.text import _l
from portal.people.models import DOOR_POSITIONS
from portal.people.policy.door import (
    CONTACT_MONTHS,
    LATEST_START,
    LONGEST_PAUSE,
    LONGEST_TOPIC,
    MOST_DOMAINS,
    MOST_ORGANISATIONS,
    MOST_PLACES,
    MOST_TOPICS,
    topic_key,
)
from portal.taxonomy import places
from portal.web.forms import NO_DOMAIN, Form, LineField, at_most, required

OFTEN = (None, *CONTACT_MONTHS)
NO_POSITION = _l("Choose how your door stands.")


class Room:
    """Keep what is picked, with the one more that is typed, to what there is room for."""

    def __init__(self, picked: str, most: int) -> None:
        self.picked, self.most = picked, most

    def __call__(self, form: Any, field: Field) -> None:
        if field.data and len(form[self.picked].data) >= self.most:
            raise ValidationError(
                _l("There is room for %(most)d. Untick one first.", most=self.most)
            )


class DoorForm(Form):
    """How the door stands; `seen` is the door that the person looked at while choosing."""

    seen = HiddenField()
    position = RadioField(
        _l("How your door stands"),
        [required(NO_POSITION)],
        choices=lambda: [SelectChoice(one, str(name)) for one, name in POSITION_NAMES.items()],
        validate_choice=False,
    )
    topics = PickedField(_l("What you would like to work with"))
    topic = LineField(
        _l("Add a topic"),
        [
            at_most(LONGEST_TOPIC),
            Room("topics", MOST_TOPICS),
        ],
        description=_l("One at a time. Choose among the suggestions or write your own."),
    )
    places = PickedField(_l("Where you would like to work"))
    place = LineField(
        _l("Add a place"),
        [Room("places", MOST_PLACES)],
        description=_l("A municipality or a county."),
    )
    forms = PickedField(_l("In what form"))
    earliest_on = ComingDayField(_l("From what day"), LATEST_START)
    contact_months = SelectField(
        _l("How often somebody may get in touch about it"),
        choices=lambda: [SelectChoice(str(one or ""), how_often(one)) for one in OFTEN],
        validate_choice=False,
    )
    paused_until = ComingDayField(
        _l("Take a break until"),
        LONGEST_PAUSE,
        description=_l("Through that day your door counts as closed."),
    )
    organisations = PickedField(_l("Organisations"))
    organisation = LineField(
        _l("Add an organisation"),
        [Room("organisations", MOST_ORGANISATIONS)],
        description=_l("Write the beginning of its name, and choose among those we know."),
    )
    domains = PickedField(_l("Mail domains"))
    domain = LineField(
        _l("Add a mail domain"),
        [Room("domains", MOST_DOMAINS)],
        description=_l("What stands after the @, such as nordbygg.se. Those below it count, too."),
    )

    def validate_position(self, field: Field) -> None:
        """Refuse a position that there is not."""
        if field.data not in DOOR_POSITIONS:
            raise ValidationError(NO_POSITION)

    def validate_contact_months(self, field: Field) -> None:
        """Refuse what is not offered."""
        if (field.data or "") not in {str(one or "") for one in OFTEN}:
            raise ValidationError(_l("Choose one of these."))

    def validate_topic(self, field: Field) -> None:
        """Refuse what has no letter in it."""
        if field.data and not topic_key(field.data):
            raise ValidationError(_l("Write it with letters or digits."))

    def validate_place(self, field: Field) -> None:
        """Refuse a place that there is not."""
        if field.data and not places.place_named(field.data):
            raise ValidationError(_l("We know no such place. Write a municipality or a county."))

    def validate_domain(self, field: Field) -> None:
        """Refuse what is no mail domain."""
        if field.data and not picked_domain(field.data):
            raise ValidationError(NO_DOMAIN)

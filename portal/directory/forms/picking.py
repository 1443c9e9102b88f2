"""From the form of a door to a choice and back: what is typed joins what was picked before."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

from portal.directory.forms.door import DoorForm
from portal.directory.forms.fields import PickedField, picked_domain
from portal.kernel.text import _l
from portal.people.models import Door
from portal.people.models.spelling import name_key
from portal.people.policy.door import (
    FORMS,
    LONGEST_TOPIC,
    MOST_DOMAINS,
    MOST_ORGANISATIONS,
    MOST_PLACES,
    MOST_TOPICS,
    Choice,
    Form,
    Position,
    topic_key,
)
from portal.people.queries.surroundings import Company
from portal.taxonomy import places, skills
from portal.web.forms import LineField, refuse

Reading = Callable[[str], str | None]


def door_form(choice: Choice, seen: str, today: date) -> DoorForm:
    """Return the form with what somebody has chosen so far; days that are gone say nothing."""
    days = {"earliest_on": choice.earliest_on, "paused_until": choice.paused_until}
    return DoorForm(
        seen=seen,
        position=choice.position,
        topics=list(choice.topics),
        places=list(choice.places),
        forms=sorted(choice.forms),
        contact_months=str(choice.contact_months or ""),
        organisations=[str(number) for number in sorted(choice.organisations)],
        domains=sorted(choice.domains),
        **{name: day.isoformat() if day and day >= today else "" for name, day in days.items()},
    )


def pick(form: DoorForm) -> None:
    """Put what is typed, where it fits, among what was picked; forget what nobody offered."""
    _pick(form.topic, form.topics, _label, MOST_TOPICS)
    _pick(form.place, form.places, _code, MOST_PLACES)
    _pick(form.domain, form.domains, picked_domain, MOST_DOMAINS)
    labels = {topic_key(label): label for label in form.topics.data}
    form.topics.data = list(labels.values())
    form.forms.data = [one for one in FORMS if one in form.forms.data]
    numbers = [one for one in form.organisations.data if one.isascii() and one.isdigit()]
    form.organisations.data = [one for one in numbers if len(one) < 10][:MOST_ORGANISATIONS]


def pick_organisation(form: DoorForm, found: Sequence[Company], *, searching: bool) -> None:
    """Pick the organisation that is typed, when there is one of just that name.

    Else say so at the field; while `searching`, it is enough that some were found.
    """
    field = form.organisation
    typed = field.data or ""
    if not typed or field.errors:
        return
    meant = [one for one in found if name_key(one.name) == name_key(typed)]
    if len(meant) == 1:
        form.organisations.data = [*form.organisations.data, str(meant[0].id)]
        field.data = ""
    elif not found:
        words = _l("We know no organisation of that name. Write its mail domain below instead.")
        refuse(field, words)
    elif not searching:
        refuse(field, _l("Choose the one you mean below, or empty this field."))


def choice_in(form: DoorForm) -> Choice:
    """Return what is chosen, as far as it can be read."""
    months = form.contact_months.data or ""
    return Choice(
        position=cast("Position", form.position.data or "closed"),
        topics=tuple(form.topics.data),
        places=tuple(form.places.data),
        forms=frozenset(cast("list[Form]", form.forms.data)),
        earliest_on=form.earliest_on.day(),
        contact_months=int(months) if months.isascii() and months.isdigit() else None,
        paused_until=form.paused_until.day(),
        organisations=frozenset(int(number) for number in form.organisations.data),
        domains=frozenset(form.domains.data),
    )


def seen_of(door: Door | None) -> str:
    """Return what says which door somebody looks at."""
    return door.public_id if door else ""


def _pick(field: LineField, picked: PickedField, read: Reading, most: int) -> None:
    """Read each of those picked, and the one more that is typed unless it was refused."""
    values = [read(value) for value in picked.data]
    if field.data and not field.errors:
        values.append(read(field.data))
        field.data = ""
    picked.data = [value for value in dict.fromkeys(values) if value][:most]


def _label(typed: str) -> str | None:
    """Return a topic as the list of skills writes it, or as it is typed."""
    known = skills.concept_of(typed)
    label = known.label if known else typed
    return label[:LONGEST_TOPIC] if topic_key(label) else None


def _code(typed: str) -> str | None:
    place = places.place_named(typed)
    return place.code if place else None

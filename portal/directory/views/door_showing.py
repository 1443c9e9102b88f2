"""What the page of one's door needs: the form, how it stands now, and who would see it."""

from collections.abc import Iterable
from typing import Any

from portal.directory import forms
from portal.directory.forms import DoorForm
from portal.directory.policy.doors import (
    FORM_NAMES,
    POSITION_MEANS,
    POSITION_NAMES,
    state_of,
    written_domain,
)
from portal.directory.queries.door_effects import effect_of
from portal.kernel import clock
from portal.people.policy.door import Choice, counts_as, is_paused
from portal.people.queries import current_door
from portal.people.queries.surroundings import Company, Surroundings, around
from portal.taxonomy.places import full_name
from portal.web.rendering import actor

PATH = "/journey/door"
PAGE, FORM = "directory/door.html", "directory/_door_form.html"
EFFECT = "directory/_door_effect.html"


def context(
    form: DoorForm | None = None, *, searching: bool = False, focus: str = ""
) -> dict[str, Any]:
    """Return what the page and its parts need; `form` is one that was sent, checked and picked.

    `focus` is the field where somebody added something.
    """
    person_id, today = actor().person_id or 0, clock.now().date()
    door = current_door(person_id)
    if form is None:
        near = around(person_id, today, door)
        form = forms.door_form(near.choice, forms.seen_of(door), today)
    else:
        chosen = map(int, form.organisations.data)
        near = around(person_id, today, chosen=chosen, searched=form.organisation.data or "")
        forms.pick_organisation(form, near.found, searching=searching)
    picked = [one for one in (*near.chosen, *near.found) if str(one.id) in form.organisations.data]
    return {
        "form": form,
        "door": door,
        "state": state_of(door, today),
        "stands": POSITION_NAMES[counts_as(door, today) if door else "closed"],
        "effect": _effect(person_id, forms.choice_in(form), near, picked),
        "picked": picked,
        "found": [one for one in near.found if one not in picked],
        "near": near,
        "means": POSITION_MEANS,
        "form_names": FORM_NAMES,
        "place_name": full_name,
        "written_domain": written_domain,
        "focus": focus,
        "suggested": (),
        "today": today,
    }


def _effect(
    person_id: int, choice: Choice, near: Surroundings, picked: Iterable[Company]
) -> dict[str, Any]:
    """Say who would see the door if it stood as chosen."""
    today = clock.now().date()
    position = counts_as(choice, today)
    companies = list(picked)
    keys = {key for one in companies for key in one.keys}
    keys |= {f"domain:{domain}" for domain in choice.domains}
    counted = effect_of(person_id, near.name_shown, position, keys, today)
    domains = sorted(map(written_domain, choice.domains))
    named = [*near.workplaces, *(one.name for one in companies), *domains]
    return {
        "sentence": counted.sentence(list(dict.fromkeys(named))),
        "paused_until": choice.paused_until if is_paused(choice, today) else None,
        "nameless": position != "closed" and near.name_shown == "nobody",
    }

"""Which organisation is meant by what was typed of its name; it may be one that nobody knew yet."""

from collections.abc import Sequence

from portal.admin import forms
from portal.kernel import clock
from portal.kernel.search.analysis import fold
from portal.kernel.text import _, _l
from portal.people import actions
from portal.people.models import Organisation
from portal.people.policy.organisations import ORGANISATION_KINDS, ToldOrganisation
from portal.web.forms import refuse
from portal.web.rendering import actor

UNCLEAR = _l("Choose which one you mean.")
UNKNOWN = _l("We know no such organisation. Check the spelling, or say below that it is new.")
# What is chosen for a new one, and its kind.
NEW = {f"new-{kind}": kind for kind in ORGANISATION_KINDS if kind != "host"}

Meant = Organisation | ToldOrganisation


def organisation_meant(form: forms.RelationForm, hits: Sequence[Organisation]) -> Meant | None:
    """Return the organisation that is meant, or say at the field that it is not clear."""
    number, typed = form.organisation_id.number(), (form.organisation.data or "").strip()
    chosen = [one for one in hits if one.id == number]
    exact = [one for one in hits if fold(one.name) == fold(typed)]
    if chosen or exact:
        return (chosen or exact)[0]
    if typed and form.organisation_id.data in NEW:
        return ToldOrganisation(typed, NEW[form.organisation_id.data])
    if len(hits) == 1:
        return hits[0]
    form.validate()
    if typed:
        refuse(form.organisation, UNCLEAR if hits else UNKNOWN)
    return None


def written_down(meant: Meant) -> Organisation:
    """Return the organisation; a new one is written down first, in the act's own transaction."""
    if isinstance(meant, ToldOrganisation):
        return actions.add_organisation(actor(), meant, clock.now())
    return meant


def choices(form: forms.RelationForm, hits: Sequence[Organisation]) -> list[tuple[str, str]]:
    """Return what may be chosen, with its words, while it is not clear which one is meant."""
    typed = (form.organisation.data or "").strip()
    if not typed or not (form.organisation.errors or form.organisation_id.data in NEW):
        return []
    known = [
        (str(one.id), f"{one.name} (@{one.domain})" if one.domain else one.name) for one in hits
    ]
    new = [
        (value, _("A new one: %(name)s (%(kind)s)", name=typed, kind=ORGANISATION_KINDS[kind]))
        for value, kind in NEW.items()
    ]
    return known + new

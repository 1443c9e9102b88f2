"""What people fill in to find somebody."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from portal.directory.queries import Filters, MyNetwork, Outlook
from portal.kernel.search.analysis import fold
from portal.kernel.text import _, _l
from portal.people.policy import LONGEST_NAME
from portal.taxonomy import places, skills
from portal.web.forms import Form, LineField, refuse

LONGEST_SKILL = 80  # characters


class FilterForm(Form):
    """Whom to list."""

    q = LineField(_l("Name"))
    network = SelectField(_l("Network"), validate_choice=False)
    skill = LineField(_l("Skill"))
    place = LineField(_l("Lives in"), description=_l("A municipality or a county."))
    relation = SelectField(_l("Relation to us"), validate_choice=False)
    door = BooleanField(
        _l("Open to something new"), description=_l("Of those who let you know it.")
    )

    def offer(self, outlook: Outlook, place: str) -> None:
        """Offer the reader's networks and the kinds they may ask for; write place and skill by name."""
        self.place.data = places.full_name(place) or self.place.data
        listed = skills.concept_of(self.skill.data or "")
        self.skill.data = listed.label if listed else self.skill.data
        self.network.choices = [SelectChoice("", _("Everyone I may see"))]
        self.network.choices += [SelectChoice(one.slug, one.name) for one in outlook.networks]
        self.relation.choices = [SelectChoice("", _("Any or none"))]
        self.relation.choices += [SelectChoice(code, name) for code, name in outlook.kinds]

    def wished(self) -> Filters:
        """Return what is asked for, but for the network; an unknown place asks for nothing."""
        place = places.place_named(self.place.data or "")
        if self.place.data and not place:
            refuse(self.place, _l("We know no such place. Write a municipality or a county."))
        return Filters(
            name=(self.q.data or "")[:LONGEST_NAME],
            skill=fold(self.skill.data or "").strip()[:LONGEST_SKILL],
            place=place.code if place else "",
            relation=(self.relation.data or "")[:20],
            door=bool(self.door.data),
        )

    def filters(self, wished: Filters, mine: Sequence[MyNetwork]) -> Filters:
        """Add the network; one that is not one's own asks for nothing."""
        chosen = next((one for one in mine if one.slug == self.network.data), None)
        return replace(wished, network=chosen)


def address(filters: Filters, after: str | None = None) -> str:
    """Return the address of the list with this filter; it can be shared."""
    asked = {
        "q": filters.name,
        "network": filters.network.slug if filters.network else "",
        "skill": filters.skill,
        "place": filters.place,
        "relation": filters.relation,
        "door": "1" if filters.door else "",
        "after": after,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/people?{query}" if query else "/people"

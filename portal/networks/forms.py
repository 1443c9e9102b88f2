"""What people fill in around networks."""

from urllib.parse import urlencode

from wtforms import BooleanField, SelectField

from portal.kernel.text import _l, language
from portal.networks.policy import (
    LONGEST_MOTIVATION,
    LONGEST_REASON,
    SHORTEST_MOTIVATION,
    SHORTEST_REASON,
)
from portal.networks.queries import Filters
from portal.taxonomy import industries
from portal.web.forms import Filled, Form, TextField, length


class AskForm(Form):
    """A line to the coordinators."""

    motivation = TextField(
        _l("Why do you want to join?"),
        [
            Filled(_l("Write a line about why you want to join.")),
            length(
                SHORTEST_MOTIVATION,
                LONGEST_MOTIVATION,
                _l("Write between %(min)d and %(max)d characters."),
            ),
        ],
        description=_l("A line or two is enough. The coordinators see it together with your name."),
    )


class DeclineForm(Form):
    """The reason for a no, in words the person will read."""

    reason = TextField(
        _l("Why not this time?"),
        [
            Filled(_l("Write a reason: nobody gets a no without one.")),
            length(
                SHORTEST_REASON,
                LONGEST_REASON,
                _l("Write between %(min)d and %(max)d characters."),
            ),
        ],
    )


class FilterForm(Form):
    """Which networks to list."""

    industry = SelectField(_l("Industry"), validate_choice=False)
    mine = BooleanField(_l("Only my networks"))

    def offer(self, codes: list[str]) -> None:
        """Offer the industries with these codes, and all of them together."""
        named = [(one.code, one.name(language())) for one in industries.sections()]
        self.industry.choices = [("", _l("All industries"))]
        self.industry.choices += [(code, name) for code, name in named if code in codes]

    def filters(self) -> Filters:
        """Return what is asked for; an unknown industry asks for nothing."""
        section = industries.section(self.industry.data or "")
        return Filters(section.code if section else None, bool(self.mine.data))

    def address(self, **more: str) -> str:
        """Return the address of the list with this filter; it can be shared."""
        filters = self.filters()
        asked = {"industry": filters.industry, "mine": "1" if filters.mine else None} | more
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"/networks?{query}" if query else "/networks"

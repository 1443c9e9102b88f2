"""What people fill in to find somebody."""

from collections.abc import Sequence
from urllib.parse import urlencode

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from portal.directory.queries import Filters, MyNetwork
from portal.kernel.text import _, _l
from portal.people.policy import LONGEST_NAME
from portal.web.forms import Form, LineField


class FilterForm(Form):
    """Whom to list."""

    q = LineField(_l("Name"))
    network = SelectField(_l("Network"), validate_choice=False)

    def offer(self, mine: Sequence[MyNetwork]) -> None:
        """Offer the reader's own networks, and everybody together."""
        self.network.choices = [SelectChoice("", _("Everyone I may see"))]
        self.network.choices += [SelectChoice(network.slug, network.name) for network in mine]

    def name(self) -> str:
        """Return the name that is looked for."""
        return (self.q.data or "")[:LONGEST_NAME]

    def filters(self, mine: Sequence[MyNetwork]) -> Filters:
        """Return what is asked for; a network that is not one's own asks for nothing."""
        chosen = next((one for one in mine if one.slug == self.network.data), None)
        return Filters(self.name(), chosen)


def address(filters: Filters, after: str | None = None) -> str:
    """Return the address of the list with this filter; it can be shared."""
    network = filters.network.slug if filters.network else None
    asked = {"q": filters.name, "network": network, "after": after}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/people?{query}" if query else "/people"

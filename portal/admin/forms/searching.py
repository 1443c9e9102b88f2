"""A search in a list."""

from urllib.parse import urlencode

from portal.kernel.text import _l
from portal.web.forms import Form, LineField

LONGEST_SEARCH = 254  # characters; as long as an address


class PeopleForm(Form):
    """Whom to look for."""

    q = LineField(
        _l("Name or address"),
        description=_l("The beginning of a name, or a whole e-mail address."),
    )


class OrganisationsForm(Form):
    """Which organisations to look for."""

    q = LineField(_l("Name"), description=_l("Some letters of the name."))


def wanted(form: PeopleForm | OrganisationsForm) -> str:
    """Return what is looked for."""
    return (form.q.data or "")[:LONGEST_SEARCH]


def address(path: str, **asked: str | None) -> str:
    """Return the address of a list with what is asked for; it can be shared."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}" if query else path

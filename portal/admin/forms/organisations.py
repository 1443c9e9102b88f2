"""An organisation."""

from typing import Any

from wtforms import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.admin.forms.fields import ChoiceField
from portal.kernel.text import _, _l, language
from portal.people.models import Organisation
from portal.people.policy.organisations import (
    LONGEST_ORGANISATION_NAME,
    ORGANISATION_KINDS,
    ToldOrganisation,
    may_own_domain,
)
from portal.taxonomy import industries
from portal.web.forms import Filled, Form, LineField, at_most, mail_domain


class OrganisationForm(Form):
    """Name, kind, mail domain and industry."""

    name = LineField(
        _l("The organisation's name"),
        [
            Filled(_l("Write the organisation's name.")),
            at_most(LONGEST_ORGANISATION_NAME),
        ],
    )
    kind = ChoiceField(_l("What it is to us"))
    domain = LineField(
        _l("Mail domain"),
        description=_l(
            "What stands after the @ in its people's addresses. Who has such an address is a "
            "colleague of the others, and sees nothing of them looking for work."
        ),
    )
    industry = ChoiceField(_l("Industry"))

    def __init__(self, formdata: Any = None, *, is_host: bool = False, **more: Any) -> None:
        super().__init__(formdata, **more)
        kinds = [(code, str(words)) for code, words in ORGANISATION_KINDS.items()]
        self.kind.choices = [
            SelectChoice(code, words) for code, words in kinds if (code == "host") is is_host
        ]
        named = [(one.code, one.name(language())) for one in industries.sections()]
        self.industry.choices = [SelectChoice("", _("Not known"))]
        self.industry.choices += [SelectChoice(code, name) for code, name in named]

    def validate_domain(self, field: Field) -> None:
        """Spell the domain as mail servers do, and refuse one that is everybody's."""
        if not field.data:
            return
        domain = mail_domain(field.data)
        may = may_own_domain(domain)
        if not may:
            raise ValidationError(may.reason)
        field.data = domain

    def told(self) -> ToldOrganisation:
        """Return what was filled in; an unknown industry is none."""
        section = industries.section(str(self.industry.data or ""))
        return ToldOrganisation(
            name=self.name.data or "",
            kind=str(self.kind.data),
            domain=self.domain.data or None,
            industry=section.code if section else None,
        )


def form_of(organisation: Organisation, formdata: Any = None) -> OrganisationForm:
    """Return the form with what is known of an organisation."""
    known = {
        "name": organisation.name,
        "kind": organisation.kind,
        "domain": organisation.domain or "",
        "industry": organisation.industry or "",
    }
    return OrganisationForm(formdata, is_host=organisation.kind == "host", data=known)

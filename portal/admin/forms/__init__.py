"""What administrators fill in."""

from portal.admin.forms.fields import chosen
from portal.admin.forms.kinds import KeptForm, KindForm, NamedKindForm
from portal.admin.forms.kinds import form_of as kind_form
from portal.admin.forms.organisations import OrganisationForm
from portal.admin.forms.organisations import form_of as organisation_form
from portal.admin.forms.relations import EndForm, RelationForm, new_form, suggested_words
from portal.admin.forms.relations import form_of as relation_form
from portal.admin.forms.searching import OrganisationsForm, PeopleForm, address, wanted
from portal.admin.forms.suspension import SuspensionForm

__all__ = [
    "EndForm",
    "KeptForm",
    "KindForm",
    "NamedKindForm",
    "OrganisationForm",
    "OrganisationsForm",
    "PeopleForm",
    "RelationForm",
    "SuspensionForm",
    "address",
    "chosen",
    "kind_form",
    "new_form",
    "organisation_form",
    "relation_form",
    "suggested_words",
    "wanted",
]

"""A kind of relation."""

from typing import Any

from wtforms import BooleanField
from wtforms.fields.choices import SelectChoice

from portal.admin.forms.fields import ChoiceField
from portal.kernel.text import _l
from portal.people.models import RelationKind
from portal.people.policy.kinds import LONGEST_KIND_NAME, PHASE_NAMES, ToldKind
from portal.people.policy.relations import (
    LEGAL_BASES,
    LONGEST_REASON_KEPT,
    PURPOSES,
    coded,
    worded,
)
from portal.web.forms import Filled, Form, LineField, at_most

_name = at_most(LONGEST_KIND_NAME)


class KeptForm(Form):
    """What relations of a kind are kept for."""

    purpose = LineField(
        _l("Purpose"),
        [
            Filled(_l("Write what such relations are kept for.")),
            at_most(LONGEST_REASON_KEPT),
        ],
        description=_l("What we keep such relations for, such as recruitment."),
    )
    legal_basis = ChoiceField(_l("Legal basis"), description=_l("Article 6 of the GDPR."))

    def __init__(self, formdata: Any = None, **more: Any) -> None:
        super().__init__(formdata, **more)
        self.legal_basis.choices = [
            SelectChoice(code, str(told)) for code, told in LEGAL_BASES.items()
        ]

    def kept_for(self) -> str:
        """Return the purpose, as its code if it is a known one."""
        return coded(PURPOSES, self.purpose.data or "")


class KindForm(KeptForm):
    """A kind that an administrator adds."""

    name_sv = LineField(_l("Name in Swedish"), [Filled(_l("Write the Swedish name.")), _name])
    name_en = LineField(_l("Name in English"), [Filled(_l("Write the English name.")), _name])
    phase = ChoiceField(_l("Where it stands in a journey"))
    is_candidate = BooleanField(
        _l("Somebody who looks for work"),
        description=_l("Hidden from their own colleagues, whoever they are here."),
    )
    is_colleague = BooleanField(
        _l("Somebody who works there"),
        description=_l("And so is a colleague of the others who work there."),
    )

    def __init__(self, formdata: Any = None, **more: Any) -> None:
        super().__init__(formdata, **more)
        self.phase.choices = [SelectChoice(code, str(told)) for code, told in PHASE_NAMES.items()]

    def told(self) -> ToldKind:
        """Return what was filled in."""
        return ToldKind(
            name_sv=self.name_sv.data or "",
            name_en=self.name_en.data or "",
            phase=str(self.phase.data),
            is_candidate=bool(self.is_candidate.data),
            is_colleague=bool(self.is_colleague.data),
            purpose=self.kept_for(),
            legal_basis=str(self.legal_basis.data),
        )


class NamedKindForm(KeptForm):
    """A kind that was added here: its names, and what it is kept for."""

    name_sv = LineField(_l("Name in Swedish"), [Filled(_l("Write the Swedish name.")), _name])
    name_en = LineField(_l("Name in English"), [Filled(_l("Write the English name.")), _name])


def form_of(kind: RelationKind, formdata: Any = None) -> KeptForm:
    """Return the form for a kind: those the portal came with keep their names."""
    known = {"purpose": str(worded(PURPOSES, kind.purpose)), "legal_basis": kind.legal_basis}
    if kind.is_built_in:
        return KeptForm(formdata, data=known)
    names = {"name_sv": kind.name_sv, "name_en": kind.name_en}
    return NamedKindForm(formdata, data=known | names)

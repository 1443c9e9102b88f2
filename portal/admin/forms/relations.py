"""A relation of a person: begun, put right, ended."""

from collections.abc import Sequence
from typing import Any

from wtforms.fields.choices import SelectChoice

from portal.admin.forms.fields import ChoiceField, NumberField, chosen
from portal.admin.queries import RelationRow
from portal.kernel.text import Lazy, _, _l
from portal.people.models import Organisation, RelationKind
from portal.people.policy.kinds import KindName
from portal.people.policy.relations import (
    LEGAL_BASES,
    LONGEST_REASON_KEPT,
    LONGEST_TITLE,
    PURPOSES,
    SOURCES,
    ToldRelation,
    coded,
    worded,
)
from portal.web.forms import DayField, Filled, Form, LineField, at_most

# Kinds that are about ourselves more often than not: our name stands in the form from the start.
AT_THE_HOST = ("candidate", "employee", "consultant", "alumnus")
_words = at_most(LONGEST_REASON_KEPT)


class RelationForm(Form):
    """All that is written of a relation; the organisation is typed, and chosen when it is not clear."""

    kind = ChoiceField(_l("Kind"))
    organisation = LineField(
        _l("Organisation"),
        [Filled(_l("Write the organisation's name, or some letters of it."))],
        description=_l("Some letters are enough, then you choose."),
    )
    organisation_id = NumberField("")
    title = LineField(
        _l("Title or task"),
        [at_most(LONGEST_TITLE)],
    )
    began = DayField(_l("First day"), [Filled(_l("Write the first day."))])
    ended = DayField(_l("Last day"), description=_l("Leave it empty while it goes on."))
    purpose = LineField(
        _l("Purpose"),
        [Filled(_l("Write what the relation is kept for.")), _words],
        description=_l("What we keep the relation for."),
    )
    legal_basis = ChoiceField(_l("Legal basis"), description=_l("Article 6 of the GDPR."))
    source = LineField(_l("Source"), [_words], description=_l("How we came to know of it."))
    owner = ChoiceField(_l("Looked after by"))

    def offer(
        self, kinds: Sequence[RelationKind], staff: Sequence[Any], row: RelationRow | None = None
    ) -> None:
        """Offer kinds, legal bases and who may look after a relation; and all that it has now."""
        named = {one.code: str(KindName(one.name_sv, one.name_en)) for one in kinds}
        bases = {code: str(words) for code, words in LEGAL_BASES.items()}
        owners = {"": _("Nobody yet")} | {str(one.id): str(one.name) for one in staff}
        if row is not None:
            held = row.relation
            named.setdefault(held.kind, str(KindName(row.name_sv, row.name_en)))
            bases.setdefault(held.legal_basis, held.legal_basis)
            if held.owner_id is not None and row.owner:
                owners.setdefault(str(held.owner_id), row.owner)
        for field, choices in ((self.kind, named), (self.legal_basis, bases), (self.owner, owners)):
            field.choices = [SelectChoice(value, words) for value, words in choices.items()]

    def told(self, organisation: Organisation) -> ToldRelation:
        """Return what was filled in."""
        began, owner = self.began.day(), chosen(self.owner)
        assert began is not None
        return ToldRelation(
            kind=chosen(self.kind),
            organisation_id=organisation.id,
            began_on=began,
            ended_on=self.ended.day(),
            title=self.title.data or "",
            purpose=coded(PURPOSES, self.purpose.data or ""),
            legal_basis=chosen(self.legal_basis),
            source=coded(SOURCES, self.source.data or ""),
            owner_id=int(owner) if owner else None,
        )


class EndForm(Form):
    """The last day of a relation."""

    ended = DayField(
        _l("Last day"),
        [Filled(_l("Write the last day."))],
        description=_l("It may be a day to come."),
    )


def new_form(kind: RelationKind, host: Organisation | None, today: str) -> RelationForm:
    """Return the form of a relation that begins, with what its kind is kept for."""
    known = {
        "kind": kind.code,
        "organisation": host.name if host and kind.code in AT_THE_HOST else "",
        "began": today,
        "purpose": str(worded(PURPOSES, kind.purpose)),
        "legal_basis": kind.legal_basis,
    }
    return RelationForm(data=known)


def form_of(row: RelationRow) -> RelationForm:
    """Return the form with what is written of a relation."""
    relation = row.relation
    known = {
        "kind": relation.kind,
        "organisation": row.organisation,
        "organisation_id": str(relation.organisation_id),
        "title": relation.title,
        "began": relation.began_on.isoformat(),
        "ended": relation.ended_on.isoformat() if relation.ended_on else "",
        "purpose": str(worded(PURPOSES, relation.purpose)),
        "legal_basis": relation.legal_basis,
        "source": str(worded(SOURCES, relation.source)),
        "owner": str(relation.owner_id or ""),
    }
    return RelationForm(data=known)


def suggested_words() -> dict[str, list[Lazy]]:
    """Return the purposes and sources that are suggested while one is typed."""
    return {"purposes": list(PURPOSES.values()), "sources": list(SOURCES.values())}

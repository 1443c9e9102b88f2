"""What happens to relations, to their kinds, and to organisations."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class RelationBegan(Fact):
    """A person's relation to an organisation began."""

    person_id: int
    relation_id: int
    organisation_id: int
    by_id: int | None = None


@dataclass(frozen=True)
class RelationEnded(Fact):
    """A person's relation to an organisation got its last day."""

    person_id: int
    relation_id: int
    organisation_id: int
    by_id: int | None


@dataclass(frozen=True)
class RelationCorrected(Fact):
    """What was written of a relation was put right: the relation is the one that now stands."""

    person_id: int
    relation_id: int
    organisation_id: int
    by_id: int | None


@dataclass(frozen=True)
class RelationWithdrawn(Fact):
    """A relation that never was is no longer counted."""

    person_id: int
    relation_id: int
    organisation_id: int
    by_id: int | None


@dataclass(frozen=True)
class RelationKindAdded(Fact):
    """An administrator added a kind of relation."""

    relation_kind_id: int
    by_id: int | None


@dataclass(frozen=True)
class RelationKindChanged(Fact):
    """An administrator changed a kind of relation, retired it or brought it back."""

    relation_kind_id: int
    by_id: int | None


@dataclass(frozen=True)
class OrganisationAdded(Fact):
    """An administrator added an organisation."""

    organisation_id: int
    by_id: int | None


@dataclass(frozen=True)
class OrganisationChanged(Fact):
    """An administrator changed what is known of an organisation."""

    organisation_id: int
    by_id: int | None

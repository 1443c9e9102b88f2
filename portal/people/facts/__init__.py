"""What happens to people."""

from portal.people.facts.addresses import AddressAdded, AddressRemoved, PrimaryAddressChanged
from portal.people.facts.arriving import PersonArrived
from portal.people.facts.door import DoorKept, DoorSet
from portal.people.facts.duties import (
    PersonsMerged,
    PersonSuspended,
    RoleGiven,
    RoleTaken,
    SuspensionLifted,
)
from portal.people.facts.profile import (
    AudienceChosen,
    PhotoChanged,
    PhotoRemoved,
    ProfileChanged,
    ProfileConfirmed,
)
from portal.people.facts.relations import (
    OrganisationAdded,
    OrganisationChanged,
    RelationBegan,
    RelationCorrected,
    RelationEnded,
    RelationKindAdded,
    RelationKindChanged,
    RelationWithdrawn,
)

__all__ = [
    "AddressAdded",
    "AddressRemoved",
    "AudienceChosen",
    "DoorKept",
    "DoorSet",
    "OrganisationAdded",
    "OrganisationChanged",
    "PersonArrived",
    "PersonSuspended",
    "PersonsMerged",
    "PhotoChanged",
    "PhotoRemoved",
    "PrimaryAddressChanged",
    "ProfileChanged",
    "ProfileConfirmed",
    "RelationBegan",
    "RelationCorrected",
    "RelationEnded",
    "RelationKindAdded",
    "RelationKindChanged",
    "RelationWithdrawn",
    "RoleGiven",
    "RoleTaken",
    "SuspensionLifted",
]

"""People, where they belong, what they tell, and what they are open to."""

from portal.people.models.door import (
    DOOR_POSITIONS,
    Affiliation,
    Door,
    DoorExclusion,
    DoorPlace,
    DoorTopic,
)
from portal.people.models.organisation import Organisation
from portal.people.models.person import (
    AUDIENCES,
    FIELDS,
    EmailAddress,
    FormerId,
    NameWord,
    Person,
)
from portal.people.models.profile import (
    CONTACT_KINDS,
    LANGUAGE_LEVELS,
    ContactWay,
    Link,
    Skill,
    SpokenLanguage,
    Work,
)
from portal.people.models.relation import PHASES, Relation, RelationKind
from portal.people.models.role import Role, Suspension

__all__ = [
    "AUDIENCES",
    "CONTACT_KINDS",
    "DOOR_POSITIONS",
    "FIELDS",
    "LANGUAGE_LEVELS",
    "PHASES",
    "Affiliation",
    "ContactWay",
    "Door",
    "DoorExclusion",
    "DoorPlace",
    "DoorTopic",
    "EmailAddress",
    "FormerId",
    "Link",
    "NameWord",
    "Organisation",
    "Person",
    "Relation",
    "RelationKind",
    "Role",
    "Skill",
    "SpokenLanguage",
    "Suspension",
    "Work",
]

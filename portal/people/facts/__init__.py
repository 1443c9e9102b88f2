"""What happens to people."""

from portal.people.facts.people import AudienceChosen, PersonArrived, ProfileChanged, RelationBegan

__all__ = ["AudienceChosen", "PersonArrived", "ProfileChanged", "RelationBegan"]

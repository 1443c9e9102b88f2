"""Sum up who sees what of a person, and tell them gently when nobody sees who they are."""

from portal.directory import queries
from portal.kernel.actors import Actor
from portal.kernel.text import Lazy
from portal.networks.models import Network
from portal.people.models import AUDIENCES, FIELDS, Person
from portal.people.policy import audience_of
from portal.people.policy.profile import FIELD_NAMES
from portal.people.queries import myself
from portal.web.sections import Section, section


@section("network", order=5)
def in_network(viewer: Actor, network: Network) -> Section:
    """Tell a member who shows nobody their name that the others don't see it."""
    unseen = viewer.is_signed_in and queries.is_unseen_member(viewer, network.id)
    return Section("directory/_hint.html", {"unseen": unseen})


@section("journey", order=20)
def on_journey(viewer: Actor, _person_id: int) -> Section:
    """Sum up who sees what."""
    person = myself(viewer)
    part = {"unseen": person.name_shown == "nobody", "seen": _by_audience(person)}
    return Section("directory/_audiences.html", part)


def _by_audience(person: Person) -> dict[str, list[Lazy]]:
    """Name the fields by whom they reach, the widest audience first."""
    reached: dict[str, list[Lazy]] = {audience: [] for audience in reversed(AUDIENCES)}
    for field in FIELDS:
        reached[audience_of(person, field)].append(FIELD_NAMES[field])
    return reached

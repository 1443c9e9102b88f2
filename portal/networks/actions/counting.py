"""Keep the counters of members and of coordinated networks, also when many act at once."""

from sqlalchemy import update

from portal.kernel.db import session
from portal.networks.models import Network
from portal.people.models import Person


def count_members(network_id: int, change: int) -> None:
    """Add to a network's number of members."""
    counted = update(Network).where(Network.id == network_id)
    counted = counted.values(member_count=Network.member_count + change)
    session().execute(counted.execution_options(synchronize_session=False))


def count_coordinated(person_id: int, change: int) -> None:
    """Add to the number of networks a person coordinates."""
    counted = update(Person).where(Person.id == person_id)
    counted = counted.values(coordinates=Person.coordinates + change)
    session().execute(counted.execution_options(synchronize_session=False))

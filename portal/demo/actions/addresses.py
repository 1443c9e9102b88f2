"""Second addresses in the demo world: somebody with a mailbox at work besides a private one."""

from datetime import datetime, timedelta

from portal.people.actions import confirm_address
from portal.people.models import Person

AT_WORK = {"carin-oberg": "carin.oberg@almlunda.example"}


def make_addresses(people: dict[str, Person], at: datetime) -> None:
    """Give people their addresses at work, added some weeks ago."""
    for key, address in AT_WORK.items():
        confirm_address(people[key], address, at - timedelta(weeks=3), quietly=True)

"""What the world's people have been told, at addresses that the walk knows."""

from sqlalchemy import select, update

from portal.events.models import Event
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.networks.models import Membership
from portal.notifications.actions import News, tell
from portal.notifications.models import Notice
from portal.people.models import Person

VALUES: dict[str, tuple[str, ...]] = {"notices": ("n-member", "n-coord", "missing")}
QUERIES = ("/notices?show=unread", "/notices/unread?seen=1", "/notices?after=nonsense")


def write(member: Person, coordinator: Person) -> None:
    """Tell the member of an event that only members see, and the coordinator of a request."""
    with unit_of_work() as work:
        event = work.scalars(select(Event).where(Event.slug == "of-hidden")).one()
        asked = work.scalars(select(Membership).where(Membership.motivation != "")).one()
        news = News("events", "EventAnnounced", event.id, "network:3", event.network_id)
        tell([member.id], news, clock.now(), by_mail=False)
        news = News("requests", "MembershipAsked", asked.id, "network:1", asked.network_id)
        tell([coordinator.id], news, clock.now(), by_mail=False)
        for person, public_id in ((member, "n-member"), (coordinator, "n-coord")):
            theirs = update(Notice).where(Notice.person_id == person.id)
            work.execute(theirs.values(public_id=public_id))

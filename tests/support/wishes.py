"""What the world's people want to hear about, and the ways out of lists that the walk knows."""

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.notifications.models import Choice, ListLink, MutedNetwork, Rhythm
from portal.notifications.policy import OPEN_END
from portal.people.models import Person


def write(member: Person, coordinator: Person, hidden_id: int) -> None:
    """Let a member have left one list and not the other; a coordinator pauses, and hears otherwise."""
    now = clock.now()
    with unit_of_work() as work:
        for token, name, left_at in (
            ("l-member", f"events@{hidden_id}", None),
            ("l-left", "weekly", now),
        ):
            row = ListLink(token=token, person_id=member.id, list=name, created_at=now)
            row.left_at = left_at
            work.add(row)
        work.add(Rhythm(person_id=member.id, weekly_off_at=now))
        work.add(Rhythm(person_id=coordinator.id, paused_until=OPEN_END))
        work.add(MutedNetwork(person_id=member.id, network_id=hidden_id, muted_at=now))
        chosen = {"person_id": coordinator.id, "cadence": "now", "chosen_at": now}
        work.add(Choice(kind="events", network_id=hidden_id, **chosen))

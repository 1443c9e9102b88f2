"""What somebody wants to be told, by which way and how often; when they are written to."""

from collections.abc import Collection, Mapping
from datetime import datetime

from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.kernel.mail import withdraw
from portal.notifications.actions.holding import hold, set_rhythm
from portal.notifications.actions.rhythm import replan
from portal.notifications.facts import ListRejoined
from portal.notifications.models import USUAL_HOUR, Choice
from portal.notifications.policy import Gathering, Told, id_of, write_list
from portal.notifications.queries import (
    MyNetwork,
    current_choice,
    off_since,
    rhythm_of,
    wishes_of,
)


def choose(actor: Actor, wishes: Mapping[str, Told], hour: int, weekday: int, at: datetime) -> bool:
    """Choose for all networks, by kind, and the hour of mails; False if it all stood like that."""
    person_id = actor.person_id or 0
    hold(person_id)
    stood = wishes_of([person_id])[person_id]
    changed = {kind: told for kind, told in wishes.items() if stood.everywhere(kind) != told}
    for kind, told in changed.items():
        before = current_choice(person_id, kind, None)
        put(before, (person_id, kind, None), told, at)
        if told.cadence == "never":
            withdraw(person_id, at, [kind])
    rhythm = rhythm_of(person_id)
    usual = (rhythm.hour, rhythm.weekday) if rhythm else (USUAL_HOUR, 0)
    if (hour, weekday) != usual:
        set_rhythm(person_id, hour=hour, weekday=weekday)
    elif not changed:
        return False
    replan(person_id, at)
    return True


def choose_in(actor: Actor, network: MyNetwork, wishes: Mapping[str, Told], at: datetime) -> bool:
    """Choose for one network, by kind; False if it all stood like that."""
    person_id, changed = actor.person_id or 0, False
    hold(person_id)
    for kind, told in wishes.items():
        before = current_choice(person_id, kind, network.id)
        if before is not None and Told(before.in_portal, before.cadence) == told:
            continue
        put(before, (person_id, kind, network.id), told, at)
        changed = True
        if told.cadence == "never":
            written = write_list(kind, network.id)
            withdraw(person_id, at, [id_of(written, network.slug)])
    if changed:
        replan(person_id, at)
    return changed


def choose_as_everywhere(
    actor: Actor, network: MyNetwork, kinds: Collection[str], at: datetime
) -> bool:
    """Let what counts in all networks count in this one, too; False if it did."""
    person_id = actor.person_id or 0
    hold(person_id)
    ended = [current_choice(person_id, kind, network.id) for kind in kinds]
    for choice in filter(None, ended):
        choice.ended_at = at
    if any(ended):
        session().flush()
        replan(person_id, at)
    return any(ended)


def put(before: Choice | None, of: tuple[int, str, int | None], told: Told, at: datetime) -> None:
    """End a choice and begin another one: `of` whom, about which kind, in which network."""
    if before is not None:
        before.ended_at = at
        session().flush()
    person_id, kind, network_id = of
    row = Choice(person_id=person_id, kind=kind, network_id=network_id, chosen_at=at)
    row.in_portal, row.cadence = told.in_portal, told.cadence
    session().add(row)
    session().flush()


def turn_on(actor: Actor, gathering: Gathering, at: datetime) -> bool:
    """Let mails come again that had been switched off; False if they came."""
    person_id = actor.person_id or 0
    hold(person_id)
    if off_since(rhythm_of(person_id), gathering) is None:
        return False
    set_rhythm(person_id, **{f"{gathering}_off_at": None})
    record(ListRejoined(person_id), at)
    replan(person_id, at)
    return True

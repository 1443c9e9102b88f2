"""Digests: what has happened since last time, in one mail at a person's own hour.

A few people after another are read, written to, and settled in one short transaction; then the job
asks for itself anew, so that what else is to be done comes in between.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from portal.kernel import clock
from portal.kernel.db import release, session, unit_of_work
from portal.kernel.jobs import enqueue, is_asked_for, job
from portal.kernel.mail import Letter, MailingList
from portal.kernel.worker import every
from portal.notifications.actions.rhythm import ask_for_mail
from portal.notifications.actions.settling import ChangedMeanwhile, settle
from portal.notifications.jobs.composing import Section, digest_letter, news_for, place_on
from portal.notifications.policy.rhythm import TURNS, Turn
from portal.notifications.queries.recipients import Due, Recipient, due_people, recipients
from portal.web.mailing import put

log = logging.getLogger(__name__)
WRITE = "digests.write"
AT_ONCE = 25  # people


class OfSomebody(Protocol):
    """What is done for one person."""

    @property
    def person_id(self) -> int: ...


T = TypeVar("T", bound=OfSomebody)


class NotWritten(RuntimeError):
    """Some people's digests could not be written; they are tried again."""


@dataclass
class Draft:
    """What is to be told one person now, and by which digests."""

    to: Recipient
    turns: list[Turn]
    sections: dict[Turn, list[Section]]
    letters: list[tuple[Letter, MailingList]] = field(default_factory=list)

    @property
    def person_id(self) -> int:
        return self.to.person_id


@every(timedelta(minutes=5), "digests.start")
def start() -> None:
    """Begin with those whose digest is due, unless that is being done."""
    now = clock.now()
    if due_people(now, None, 1) and not is_asked_for(WRITE):
        enqueue(WRITE, {"until": now.isoformat(), "after": None})


@job(WRITE, outside=True)
def write_some(until: str, after: tuple[str, int] | None) -> None:
    """Write to the next people whose digest was due by then, and ask for those after them."""
    last = (datetime.fromisoformat(after[0]), after[1]) if after else None
    due, now = due_people(datetime.fromisoformat(until), last, AT_ONCE), clock.now()
    failed: list[int] = []
    people = recipients([person_id for _next_at, person_id in due], now)
    drafts = list(_each(people, lambda one: drafted(one, now), failed))
    release()
    places = _places(drafts, now)
    release()
    written = list(_each(drafts, lambda draft: _written(draft, places), failed))
    with unit_of_work():
        # In the order of their numbers, as others hold these rows: nobody waits in a circle.
        for draft in sorted(written, key=lambda one: one.person_id):
            _send(draft, now)
        if len(due) == AT_ONCE:
            _go_on(until, due[-1])
    if failed:
        raise NotWritten(f"The digests of {failed}.")


def _go_on(until: str, last: Due) -> None:
    args = {"until": until, "after": [last[0].isoformat(), last[1]]}
    enqueue(WRITE, args, dedupe_key=f"{WRITE}:{until}:{last[1]}")


def _each(things: Iterable[T], act: Callable[[T], Draft], failed: list[int]) -> Iterator[Draft]:
    """Do something for each of them; with whom it goes wrong keeps nobody else from theirs."""
    for one in things:
        try:
            yield act(one)
        except Exception:
            log.exception("The digest of person %s could not be written.", one.person_id)
            failed.append(one.person_id)
            release()


def drafted(one: Recipient, now: datetime) -> Draft:
    """Gather what is told somebody now: of the digests whose turn has come, what they may see."""
    passed = one.habit.passed(one.next_at, now) if one.next_at else ()
    turns = [turn for turn in TURNS if turn in passed]
    news = news_for(one, [item for turn in turns for item in one.waiting[turn]], now)
    sections = {turn: news.sections(one.waiting[turn]) for turn in turns}
    return Draft(one, turns, {turn: told for turn, told in sections.items() if told})


def _places(drafts: Collection[Draft], now: datetime) -> dict[tuple[int, Turn], MailingList]:
    """Return the lists that these digests belong to; in a transaction, since some are new."""
    with unit_of_work():
        return {
            (draft.person_id, turn): place_on(turn, draft.to, now)
            for draft in drafts
            for turn in draft.sections
        }


def _written(draft: Draft, places: dict[tuple[int, Turn], MailingList]) -> Draft:
    for turn, sections in draft.sections.items():
        place = places[draft.person_id, turn]
        draft.letters.append((digest_letter(draft.to, turn, sections, place), place))
    return draft


def _send(draft: Draft, now: datetime) -> None:
    """Put somebody's digests into the box and settle what is in them, and what one may not see any
    more; nothing at all if something has been told, chosen or mailed since it was read."""
    one = draft.to
    settled = [*one.waiting["never"], *(i for turn in draft.turns for i in one.waiting[turn])]
    try:
        with session().begin_nested():
            settle(one.person_id, one.changes, settled, now, next_at=_next(draft, now))
            for letter, place in draft.letters:
                assert one.reader is not None
                put("digest", letter, one.reader, place)
            if one.waiting["now"]:
                ask_for_mail([one.person_id], now)
    except ChangedMeanwhile:
        log.info("Person %s is written to next time: something has changed.", one.person_id)


def _next(draft: Draft, now: datetime) -> datetime | None:
    """Return the next turn that something waits for."""
    left = [turn for turn in TURNS if turn not in draft.turns and draft.to.waiting[turn]]
    return min((draft.to.habit.next(turn, now) for turn in left), default=None)

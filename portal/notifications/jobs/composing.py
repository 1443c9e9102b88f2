"""What stands in a mail of notices: lines by network, only what the reader may see at this moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.kernel.mail import Letter, MailingList
from portal.kernel.text import speaking
from portal.notifications.actions.listing import mailing_list
from portal.notifications.policy.rhythm import Turn
from portal.notifications.policy.sorting import Waiting
from portal.notifications.policy.subjects import of_digest, of_lines, why, why_digest
from portal.notifications.policy.words import Line
from portal.notifications.queries.recipients import Recipient, places_of
from portal.notifications.queries.telling import told
from portal.people.policy import sort_key
from portal.web.dates import by_the_clock_of
from portal.web.mailing import write

MOST_LINES = 10


@dataclass(frozen=True)
class Section:
    """What happened in one network, or outside of all those that the reader may know of."""

    network: str
    lines: list[Line]
    # How many lines there was no room for.
    more: int


@dataclass(frozen=True)
class News:
    """What is told to one reader, in their language."""

    lines: dict[tuple[str, int], Line]
    places: dict[int, str]

    def of(self, items: Iterable[Waiting]) -> list[tuple[Waiting, Line]]:
        """Return those of these things that the reader may see, each with its line."""
        pairs = ((one, self.lines.get((one.fact, one.subject_id))) for one in items)
        return [(one, line) for one, line in pairs if line is not None]

    def sections(self, items: Iterable[Waiting]) -> list[Section]:
        """Return those of these things that the reader may see, by network."""
        found: dict[str, list[Line]] = {}
        for one, line in self.of(items):
            found.setdefault(self.places.get(one.network_id or 0, ""), []).append(line)
        return [
            Section(network, lines[:MOST_LINES], max(0, len(lines) - MOST_LINES))
            for network, lines in sorted(
                found.items(), key=lambda one: (not one[0], sort_key(one[0]))
            )
        ]


def news_for(recipient: Recipient, items: Iterable[Waiting], at: datetime) -> News:
    """Read what these things are called now, in the reader's language and by their clock."""
    items = list(items)
    reader = recipient.reader
    if not items or reader is None:
        return News({}, {})
    with speaking(reader.language), by_the_clock_of(reader.zone):
        lines = told(recipient.actor, [(one.fact, one.subject_id) for one in items], at)
    networks = {
        one.network_id for one in items if one.network_id and (one.fact, one.subject_id) in lines
    }
    return News(lines, places_of(recipient.actor, networks))


def place_on(written: str, recipient: Recipient, at: datetime) -> MailingList:
    """Return somebody's place on a list, named in their language; made when there is none."""
    assert recipient.reader is not None
    with speaking(recipient.reader.language):
        return mailing_list(recipient.person_id, written, at)


def digest_letter(
    recipient: Recipient, turn: Turn, sections: list[Section], place: MailingList
) -> Letter:
    """Write a digest."""
    assert recipient.reader is not None
    with speaking(recipient.reader.language):
        subject = of_digest(turn, [section.network for section in sections if section.network])
        reason = why_digest(turn)
    told = {"person": recipient.actor, "sections": sections, "turn": turn, "reason": reason}
    return write("digest", recipient.reader, subject, place, **told)


def notices_letter(
    recipient: Recipient, news: News, seen: Sequence[Waiting], place: MailingList
) -> Letter:
    """Write a mail of what is told at once."""
    assert recipient.reader is not None
    lines = [line for _item, line in news.of(seen)]
    networks = {item.network_id for item in seen}
    network = news.places.get(next(iter(networks)) or 0) if len(networks) == 1 else None
    with speaking(recipient.reader.language):
        subject = of_lines([line.text for line in lines])
        reason = why({item.kind for item in seen}, network)
    # One act, if all of it is done at one place.
    act = lines[0] if len({line.href for line in lines}) == 1 else None
    told = {"person": recipient.actor, "sections": news.sections(seen), "reason": reason}
    return write("notices", recipient.reader, subject, place, line=lines[0], act=act, **told)

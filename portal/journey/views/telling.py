"""Entries as they are read: the sentence, the day, who else may see it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from portal.journey.policy import (
    SEEN_BY,
    UNSEEN,
    SeenBy,
    Sight,
    readers_of,
    seen_by,
    words_of,
)
from portal.journey.queries import Happening, Named, Names
from portal.kernel.markup import markdown
from portal.kernel.text import Lazy, _, language
from portal.people.policy import audience_of
from portal.web.dates import MONTHS, NO_BREAK, local, month

PATHS = {"network": "/networks/", "event": "/events/", "opening": "/openings/"}
ICONS: dict[SeenBy, str] = {
    "me": "lock",
    "staff": "person",
    "networks": "network",
    "members": "people",
}


@dataclass(frozen=True)
class Entry:
    """A fact in words, and its day as exactly as it is known: under its year, in full, for machines."""

    id: int
    at: datetime
    written: str
    full: str
    machine: str
    words: Markup
    body: Markup | None
    seen_by: Lazy
    icon: str
    hidden: bool
    asked: bool
    corrected: bool
    memory: str | None

    @property
    def day(self) -> date:
        return local(self.at).date()


def entries_of(happenings: Iterable[Happening], names: Names, sight: Sight) -> Iterator[Entry]:
    """Tell what happened; what others may not be told, since they may not see the thing, is left out."""
    for one in happenings:
        thing = names.get((one.about, one.thing_id))
        if sight == "me" or one.about is None or thing is not None:
            yield entry_of(one, thing, sight)


def entry_of(fact: Happening, thing: Named | None, sight: Sight) -> Entry:
    """Tell one thing that happened."""
    exactly = thing.variant if thing and fact.about == "memory" else None
    written, full, machine = dated(local(fact.at).date(), exactly or "day")
    seen = _seen_by(fact, thing)
    return Entry(
        id=fact.id,
        at=fact.at,
        written=written,
        full=full,
        machine=machine,
        words=sentence(fact, thing, sight),
        body=_body(fact, thing),
        seen_by=SEEN_BY[seen],
        icon=ICONS[seen],
        hidden=fact.hidden,
        asked=fact.asked,
        corrected=thing is not None and thing.corrected is not None,
        memory=thing.slug if thing and fact.about == "memory" else None,
    )


def sentence(fact: Happening, thing: Named | None, sight: Sight) -> Markup:
    """Say what happened, with a link to what it happened with."""
    words = words_of(fact.name, thing.variant if thing else None, sight)
    if fact.about is None:
        return Markup.escape(words)
    if thing is None:
        return _filled(words, UNSEEN[fact.about], "…")
    name = Markup("<bdi>{}</bdi>").format(thing.name)
    if fact.about in PATHS and thing.slug:
        name = Markup('<a href="{}{}">{}</a>').format(PATHS[fact.about], thing.slug, name)
    kind = thing.kind or ""
    return _filled(words, name, kind[:1].lower() + kind[1:])


def _filled(words: Lazy, name: object, kind: str) -> Markup:
    """Fill our own words in; what comes from elsewhere is escaped."""
    return Markup(str(words)) % {"name": name, "kind": kind}  # noqa: S704


def _body(fact: Happening, thing: Named | None) -> Markup | None:
    """Return what was written, of a memory or a wish to correct."""
    if thing is None or not thing.name:
        return None
    if fact.about == "memory":
        return Markup(markdown(thing.name))  # noqa: S704 - sanitised by kernel.markup
    if fact.name == "CorrectionAsked":
        return Markup('<p class="breaks">{}</p>').format(thing.name)
    return None


def _seen_by(fact: Happening, thing: Named | None) -> SeenBy:
    """Say who may see it, as the person has chosen and as the thing itself says."""
    shown = thing.shown if thing and thing.shown else "nobody"
    readers = readers_of(fact.name, private=shown == "nobody")
    audiences = [audience_of(fact, "journey")]
    audiences += [audience_of(fact, "relations")] if fact.about == "relation" else []
    audiences += [shown] if fact.about in ("relation", "memory") else []
    return seen_by(readers[-1] if readers else "me", audiences, hidden=fact.hidden)


def dated(on: date, exactly: str) -> tuple[str, str, str]:
    """Write a day without its year, which stands above, in full, and for machines."""
    if exactly == "year":
        return _("some time that year"), str(on.year), str(on.year)
    named = MONTHS[language()][on.month]
    if exactly == "month":
        return named, month(on), f"{on.year}-{on.month:02}"
    return f"{on.day}{NO_BREAK}{named}", f"{on.day}{NO_BREAK}{named} {on.year}", on.isoformat()

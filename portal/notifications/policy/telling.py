"""By fact how one thing is said, and by kind how several are; features above this one add theirs."""

from dataclasses import replace

from portal.notifications.policy import words
from portal.notifications.policy.words import Line, Say, SayMany, Thing, Where

# Things in one notice are counted so far; more are said as more.
MOST_COUNTED = 50

SAID: dict[str, Say] = {
    "MembershipAsked": words.request,
    "NetworkJoined": words.arrival,
    "EventAnnounced": words.event,
    "OpeningPublished": words.opening,
    "MembershipApproved": words.approval,
    "MembershipDeclined": words.refusal,
    "RoleGiven": words.role,
    "RoleTaken": words.role,
}
SAID_OF_MANY: dict[str, SayMany] = {
    "requests": words.many_requests,
    "arrivals": words.many_arrivals,
    "events": words.many_events,
    "openings": words.many_openings,
}


def say(thing: Thing) -> Line:
    """Say one thing in the language now spoken."""
    line = SAID[thing.fact](thing)
    return replace(line, is_over=True) if thing.is_over else line


def say_all(kind: str, where: Where, lines: list[Line]) -> Line:
    """Say what stands in one notice: the thing itself, or how many of them, newest first."""
    if len(lines) == 1 or kind not in SAID_OF_MANY:
        return lines[0]
    shown = f"{MOST_COUNTED}+" if len(lines) >= MOST_COUNTED else str(len(lines))
    return SAID_OF_MANY[kind](where, len(lines), shown)

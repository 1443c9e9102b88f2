"""What people are told, in words: of one thing, and of several that rolled up in one notice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.kernel.text import _, _n


@dataclass(frozen=True)
class Thing:
    """What a fact happened to, as it is called now and as far as the reader may see it.

    `who` is empty of somebody whose name the reader may not see. One that `is_over` is history:
    it can be read, and nobody is mailed about it.
    """

    fact: str
    subject_id: int
    who: str
    what: str
    slug: str
    quote: str
    network: str
    starts_at: datetime | None
    is_over: bool


@dataclass(frozen=True)
class Line:
    """One thing in the reader's words: where it leads, what somebody wrote, what one does there."""

    text: str
    href: str
    quote: str = ""
    button: str = ""
    # When it begins, of an event.
    starts_at: datetime | None = None
    is_over: bool = False


@dataclass(frozen=True)
class Where:
    """The network that several things happened in; empty for what happens in none."""

    name: str
    slug: str


Say = Callable[[Thing], Line]
SayMany = Callable[[Where, int, str], Line]


def request(thing: Thing) -> Line:
    """Say that somebody wants to join a network, or did before it was answered."""
    told = {"person": thing.who, "network": thing.network}
    if thing.is_over:
        text = _("%(person)s asked to join %(network)s", **told)
    else:
        text = _("%(person)s wants to join %(network)s", **told)
    return Line(text, f"/networks/{thing.slug}", thing.quote, _("Read and answer"))


def arrival(thing: Thing) -> Line:
    """Say that somebody has joined a network."""
    if thing.who:
        text = _("%(person)s has joined %(network)s", person=thing.who, network=thing.network)
    else:
        text = _("%(network)s has a new member", network=thing.network)
    return Line(text, f"/networks/{thing.slug}/members", button=_("See the members"))


def event(thing: Thing) -> Line:
    """Say that an event is announced."""
    text = _("New event in %(network)s: %(title)s", network=thing.network, title=thing.what)
    return Line(text, f"/events/{thing.slug}", "", _("See the event"), thing.starts_at)


def opening(thing: Thing) -> Line:
    """Say that there is an opening; of the networks it is shown in none is named."""
    text = _("New opening: %(title)s, %(company)s", title=thing.what, company=thing.who)
    return Line(text, f"/openings/{thing.slug}", button=_("See the opening"))


def approval(thing: Thing) -> Line:
    """Say that the reader has been let in."""
    text = _("You are a member of %(network)s now", network=thing.network)
    return Line(text, f"/networks/{thing.slug}", button=_("To the network"))


def refusal(thing: Thing) -> Line:
    """Say that a request has been answered, and leave the answer to its own words."""
    text = _("%(network)s has answered your request to join", network=thing.network)
    return Line(text, f"/networks/{thing.slug}", thing.quote, _("Read the answer"))


def role(thing: Thing) -> Line:
    """Say that the reader is administrator, or no longer."""
    if thing.fact == "RoleGiven":
        return Line(_("You are administrator now"), "/admin")
    return Line(_("Your time as administrator has ended"), "/account")


def many_requests(where: Where, num: int, shown: str) -> Line:
    """Say how many want to join a network."""
    text = _n(
        "%(shown)s person wants to join %(network)s",
        "%(shown)s people want to join %(network)s",
        num,
        **_told(where, shown),
    )
    return Line(text, f"/networks/{where.slug}")


def many_arrivals(where: Where, num: int, shown: str) -> Line:
    """Say how many have joined a network."""
    told = _told(where, shown)
    text = _n(
        "%(shown)s new member in %(network)s", "%(shown)s new members in %(network)s", num, **told
    )
    return Line(text, f"/networks/{where.slug}/members")


def many_events(where: Where, num: int, shown: str) -> Line:
    """Say how many events are announced in a network."""
    told = _told(where, shown)
    text = _n(
        "%(shown)s new event in %(network)s", "%(shown)s new events in %(network)s", num, **told
    )
    return Line(text, f"/networks/{where.slug}")


def many_openings(where: Where, num: int, shown: str) -> Line:
    """Say how many openings are shown in a network."""
    told = _told(where, shown)
    text = _n(
        "%(shown)s new opening in %(network)s", "%(shown)s new openings in %(network)s", num, **told
    )
    return Line(text, f"/openings?network={where.slug}")


def _told(where: Where, shown: str) -> dict[str, str]:
    return {"shown": shown, "network": where.name}

"""What stands above a mail of notices: where it happened, and why the reader gets it."""

from collections.abc import Collection, Sequence

from portal.kernel.text import _
from portal.notifications.policy.kinds import KINDS
from portal.notifications.policy.rhythm import Turn


def of_digest(turn: Turn, networks: Sequence[str]) -> str:
    """Head a digest with the networks that are in it."""
    if not networks:
        return _("News for you") if turn == "daily" else _("Your week")
    where = _places(networks)
    if turn == "daily":
        return _("News in %(places)s", places=where)
    return _("The week in %(places)s", places=where)


def of_lines(lines: Sequence[str]) -> str:
    """Head a mail with the first thing in it, and how many there are besides."""
    if len(lines) == 1:
        return lines[0]
    return _("%(line)s (and %(num)d more)", line=lines[0], num=len(lines) - 1)


def why(kinds: Collection[str], network: str | None) -> str:
    """Say why somebody is told at once; `network` is where all of it happened, if it was in one."""
    whom = {KINDS[kind].whom for kind in kinds}
    if network and whom == {"coordinators"}:
        return _("You get this mail because you coordinate %(network)s.", network=network)
    if network and whom == {"members"}:
        return _("You get this mail because you belong to %(network)s.", network=network)
    return _("You get this mail because you want to know at once when something happens.")


def why_digest(turn: Turn) -> str:
    """Say why somebody gets a digest."""
    if turn == "daily":
        return _("You get this mail on days when there is something new for you.")
    return _("You get this mail once in a week when there is something new for you.")


def _places(networks: Sequence[str]) -> str:
    first = networks[0]
    if len(networks) == 1:
        return first
    if len(networks) == 2:
        return _("%(one)s and %(other)s", one=first, other=networks[1])
    return _("%(one)s and %(num)d more networks", one=first, num=len(networks) - 1)

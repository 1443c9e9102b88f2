"""Rules about openings: their place in the list, when one is open, who may save one."""

import zlib
from datetime import UTC, datetime

from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.search import Term, label
from portal.kernel.text import _l
from portal.openings.models import Opening

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
REMOTE_KINDS = ("hybrid", "full")


def position(published_at: datetime, key: str) -> int:
    """Return an opening's place in the newest-first order: its second, then its own key.

    One number, so that a page of the list, a search and the next page all follow one index.
    """
    return (_seconds(published_at) << 32) | zlib.crc32(key.encode())


def positions_until(at: datetime) -> int:
    """Return the first place after everything published up to `at`."""
    return (_seconds(at) + 1) << 32


def is_open(opening: Opening, at: datetime) -> bool:
    """Say whether one can still apply; the deadline counts from the second it passes."""
    if opening.state != "published" or opening.published_at > at:
        return False
    return opening.expires_at is None or opening.expires_at > at


def may_save(actor: Actor, opening: Opening, at: datetime) -> Decision:
    """Say whether the actor may keep this opening for later."""
    if not actor.is_signed_in:
        return deny(_l("Sign in to save openings."))
    if not is_open(opening, at):
        return deny(_l("This opening is closed and can no longer be saved."))
    return ALLOW


def labels_of(opening: Opening, network_ids: list[int]) -> list[Term]:
    """Return the filter labels under which an opening is found."""
    found = [label("form", form) for form in opening.forms]
    found += [label("extent", extent) for extent in opening.extents]
    found += [label("network", str(network_id)) for network_id in network_ids]
    for place in opening.places:
        for kind in ("municipality", "county"):
            if place.get(f"{kind}_code"):
                found.append(label(kind, place[f"{kind}_code"]))
    if opening.remote in REMOTE_KINDS:
        found.append(label("remote", opening.remote))
    if opening.occupation_field:
        found.append(label("field", opening.occupation_field))
    return list(dict.fromkeys(found))


def _seconds(at: datetime) -> int:
    return max(0, int((at - EPOCH).total_seconds()))

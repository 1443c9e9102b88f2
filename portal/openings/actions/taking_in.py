"""Take in ads read from a source: new ones, changed ones, removals; the same twice is once."""

import re
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from portal.kernel.db import session
from portal.kernel.facts import record
from portal.kernel.search import fold
from portal.openings.actions.closing import close_opening
from portal.openings.actions.publishing import index_openings
from portal.openings.facts import OpeningPublished
from portal.openings.formats import Ad, Broken, Parsed, Removal
from portal.openings.models import Opening, opening_index
from portal.openings.policy import position
from portal.taxonomy.places import municipality

NOT_IN_ADDRESS = re.compile(r"[^a-z0-9]+")
PLACES_SHOWN = 3


@dataclass
class Tally:
    """What became of the records of one import."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    broken: list[Broken] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.removed += other.removed
        self.broken += other.broken


def take_in(records: Iterable[Parsed], at: datetime) -> Tally:
    """Store some records of one source; a record that fails is told with its id, the rest goes in."""
    batch, tally, touched = list(records), Tally(), []
    known = _known(batch)
    for number, parsed in enumerate(batch):
        if isinstance(parsed, Broken):
            tally.broken.append(parsed)
            continue
        key = (parsed.source, parsed.external_id)
        try:
            with session().begin_nested():
                opening = _take_one(parsed, known.get(key), tally, at)
        except (DBAPIError, ValueError) as error:
            reason = str(getattr(error, "orig", error)).splitlines()[0]
            tally.broken.append(Broken(*key, number, reason))
            continue
        if opening is not None:
            known[key] = opening
            touched.append(opening)
    index_openings({opening.id: opening for opening in touched}.values())
    return tally


def _known(batch: list[Parsed]) -> dict[tuple[str, str], Opening]:
    ids = {record.external_id for record in batch if record.external_id}
    sources = {record.source for record in batch}
    query = select(Opening).where(Opening.source.in_(sources), Opening.external_id.in_(ids))
    return {(one.source, str(one.external_id)): one for one in session().scalars(query)}


def _take_one(
    parsed: Ad | Removal, known: Opening | None, tally: Tally, at: datetime
) -> Opening | None:
    """Store one record; returns the opening when the search must know of it."""
    if isinstance(parsed, Removal):
        if known is not None and close_opening(known, "removed", parsed.at or at):
            tally.removed += 1
        return None
    state_fits = known is not None and (known.state == "published" or _is_over(parsed, at))
    if known is not None and known.raw_hash == parsed.raw_hash and state_fits:
        tally.unchanged += 1
        return None
    if known is None:
        known = Opening(source=parsed.source, external_id=parsed.external_id, slug=_slug(parsed))
        tally.new += 1
    else:
        opening_index.remove([known.position])
        tally.changed += 1
    _copy(parsed, known, at)
    session().add(known)
    session().flush()
    if known.state == "published":
        record(OpeningPublished(known.id), at)
    return known


def _copy(ad: Ad, opening: Opening, at: datetime) -> None:
    """Fill an opening from an ad; texts are cut to what their columns hold."""
    over = _is_over(ad, at)
    opening.position = position(ad.published_at, f"{ad.source}:{ad.external_id}")
    opening.state = "closed" if over else "published"
    opening.closed_at = ad.expires_at if over else None
    opening.closed_as = "expired" if over else None
    opening.raw_hash = ad.raw_hash
    opening.title, opening.company = ad.title[:250], ad.company[:160]
    opening.company_url = _address(ad.company_url, 500)
    opening.places = [asdict(place) for place in ad.places]
    opening.place_text = _place_text(ad)
    opening.forms, opening.extents = list(ad.forms), list(ad.extents)
    opening.remote, opening.duration = ad.remote, (ad.duration or "")[:120]
    opening.extent_min, opening.extent_max = ad.extent_min, ad.extent_max
    opening.occupation_field, opening.ssyk = ad.occupation_field_id, ad.ssyk
    opening.occupation = (ad.occupation_name or "")[:160]
    opening.department = (ad.department or "")[:160]
    opening.salary_text, opening.vacancies = (ad.salary_text or "")[:300], ad.vacancies
    opening.language, opening.body = (ad.language or "sv")[:2], ad.body_html
    opening.source_url, opening.apply_url = _address(ad.url, 1000), _address(ad.apply_url, 1000)
    opening.apply_email, opening.apply_text = ad.apply_email, ad.apply_text or ""
    opening.standing, opening.published_at = ad.standing, ad.published_at
    opening.expires_at, opening.updated_at = ad.expires_at, at


def _is_over(ad: Ad, at: datetime) -> bool:
    return ad.expires_at is not None and ad.expires_at <= at


def _address(address: str | None, longest: int) -> str | None:
    """Keep an address whole or not at all: half an address leads nowhere."""
    return address if address and len(address) <= longest else None


def _place_text(ad: Ad) -> str:
    names = []
    for place in ad.places:
        known = municipality(place.municipality_code or "")
        names.append(place.city or (known.name if known else None) or place.country or "")
    names = list(dict.fromkeys(name for name in names if name))
    more = f" +{len(names) - PLACES_SHOWN}" if len(names) > PLACES_SHOWN else ""
    return (", ".join(names[:PLACES_SHOWN])[:150] + more) if names else ""


def _slug(ad: Ad) -> str:
    """Make an address from the title and the ad's identity; it stays when the title changes."""
    words = NOT_IN_ADDRESS.sub("-", fold(ad.title)).strip("-")[:80].rstrip("-")
    identity = f"{ad.source}:{ad.external_id}".encode()
    mark = f"{zlib.crc32(identity):08x}{zlib.adler32(identity):08x}"[:12]
    return f"{words or 'opening'}-{mark}"

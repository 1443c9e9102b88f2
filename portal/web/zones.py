"""The time zones one may choose from, as people read them: by part of the world, city and hour."""

import unicodedata
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from portal.kernel import clock
from portal.kernel.text import language
from portal.web.clocks import city
from portal.web.dates import HOME, here, local, time
from portal.web.zone_table import PARTS, names


class Zone(NamedTuple):
    """A zone as it stands in the list: its name, and the city with its hours from UTC."""

    name: str
    label: str


def choice(error: str = "") -> dict[str, Any]:
    """Return what the choice of a clock needs: shared/zones.html, accounts/_clock.html."""
    chosen = str(here())
    groups = zones()
    if chosen not in names():
        groups = [("", [Zone(chosen, city(chosen))]), *groups]
    now = time(clock.now())
    return {"chosen": chosen, "city": city(chosen), "now": now, "groups": groups, "error": error}


def zones() -> list[tuple[str, list[Zone]]]:
    """Return all zones by part of the world, Stockholm first, as their clocks go just now."""
    return _zones(language(), clock.now().replace(minute=0, second=0, microsecond=0))


@lru_cache(maxsize=4)
def _zones(_spoken: str, at: datetime) -> list[tuple[str, list[Zone]]]:
    parts: dict[str, list[tuple[str, Zone]]] = {part: [] for part in PARTS}
    for name in names():
        town = city(name)
        zone = Zone(name, f"{town}, {_from_utc(name, at)}")
        parts[name.split("/")[0]].append((_plain(town) if name != str(HOME) else "", zone))
    return [
        (str(PARTS[part]), [zone for _key, zone in sorted(found)]) for part, found in parts.items()
    ]


def _from_utc(name: str, at: datetime) -> str:
    offset = local(at, name).utcoffset()
    minutes = round(offset.total_seconds() / 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


def _plain(town: str) -> str:
    """Return a town as it is looked up: accents and case ignored."""
    return "".join(c for c in unicodedata.normalize("NFKD", town.casefold()) if c.isalnum())

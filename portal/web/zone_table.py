"""Which time zones can be chosen: those of the table that names one or more for each country."""

from functools import cache
from importlib.resources import files

from portal.kernel.text import Lazy, _l

# By the first word of a zone's name; a zone elsewhere (Antarctica) has no part and can't be chosen.
PARTS: dict[str, Lazy] = {
    "Europe": _l("Europe"),
    "Africa": _l("Africa"),
    "America": _l("North and South America"),
    "Asia": _l("Asia"),
    "Atlantic": _l("The Atlantic Ocean"),
    "Australia": _l("Australia"),
    "Indian": _l("The Indian Ocean"),
    "Pacific": _l("The Pacific Ocean"),
}
# Of the towns that have a clock of their own within a state, these alone are looked for.
DEEP = ("America/Argentina/Buenos_Aires", "America/Indiana/Indianapolis")


@cache
def names() -> frozenset[str]:
    """Return the names of all zones that can be chosen (IANA zone.tab: one or more to a country)."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return frozenset(
        row[2]
        for row in rows
        if row[2].split("/")[0] in PARTS and (row[2].count("/") == 1 or row[2] in DEEP)
    )

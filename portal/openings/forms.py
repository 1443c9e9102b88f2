"""The filter form: from an address to a filter and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from portal.openings.policy import REMOTE_KINDS
from portal.openings.queries import Filters
from portal.taxonomy import employment, occupations, places
from portal.web.forms import clean

LONGEST_TEXT = 200
MOST_VALUES = 60
PATH = "/openings"


@dataclass(frozen=True)
class Address:
    """The filter as it stands in the address: pairs of name and value, in a fixed order."""

    pairs: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{PATH}?{urlencode(self.pairs)}" if self.pairs else PATH

    def has(self, name: str, value: str) -> bool:
        return (name, value) in self.pairs

    def without(self, name: str, value: str) -> "Address":
        return Address(tuple(pair for pair in self.pairs if pair != (name, value)))

    def with_cursor(self, cursor: str) -> str:
        return f"{PATH}?{urlencode([*self.pairs, ('after', cursor)])}"


def read(arguments: MultiDict[str, str], networks: dict[str, int]) -> tuple[Filters, Address]:
    """Read a filter from an address; what no filter knows is left out, never an error."""
    text = clean(arguments.get("q", ""))[:LONGEST_TEXT]
    chosen = {
        "field": _known(arguments, "field", (one.id for one in occupations.occupation_fields())),
        "county": _known(arguments, "county", (one.code for one in places.counties())),
        "municipality": _known(arguments, "municipality", map(_code, places.municipalities())),
        "remote": _known(arguments, "remote", REMOTE_KINDS),
        "form": _known(arguments, "form", (one.code for one in employment.FORMS)),
        "extent": _known(arguments, "extent", (one.code for one in employment.EXTENTS)),
        "network": _known(arguments, "network", networks),
    }
    by_deadline = arguments.get("sort") == "deadline"
    filters = Filters(
        text,
        chosen["field"],
        chosen["county"],
        chosen["municipality"],
        chosen["remote"],
        chosen["form"],
        chosen["extent"],
        tuple(networks[slug] for slug in chosen["network"]),
        by_deadline,
    )
    pairs = [("q", text)] if text else []
    pairs += [(name, value) for name, values in chosen.items() for value in values]
    return filters, Address(tuple(pairs + ([("sort", "deadline")] if by_deadline else [])))


def _known(arguments: MultiDict[str, str], name: str, allowed: Iterable[str]) -> tuple[str, ...]:
    given = arguments.getlist(name)
    if not given:
        return ()
    known = set(allowed)
    return tuple(sorted({value for value in given if value in known}))[:MOST_VALUES]


def _code(one: places.Municipality) -> str:
    return one.code

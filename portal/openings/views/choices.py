"""The boxes of the filter form; those that are the same for everybody are written once."""

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from portal.kernel.text import _, language
from portal.openings.forms import Address
from portal.taxonomy import employment, occupations, places
from portal.web.rendering import piece

Choices = Iterable[tuple[str, str]]  # value and name


def boxes(name: str, address: Address) -> Markup:
    """Write the boxes of one group, ticked as the address says."""
    ticked = tuple(value for named, value in address.pairs if named == name)
    return _boxes(name, language(), ticked)


def boxes_of(name: str, legend: str, choices: Choices, ticked: Iterable[str]) -> Markup:
    """Write the boxes of a group that is not the same for everybody."""
    context = {"name": name, "legend": legend, "choices": choices, "ticked": frozenset(ticked)}
    return piece("openings/_boxes.html", **context)


def remote_name(kind: str) -> str:
    """Name a way of working away from the office."""
    return {"hybrid": _("Partly remote"), "full": _("Fully remote")}.get(kind, _("On site"))


@lru_cache(maxsize=256)
def _boxes(name: str, lang: str, ticked: tuple[str, ...]) -> Markup:
    legend, choices = _groups(lang)[name]
    return boxes_of(name, legend, choices, ticked)


def _groups(lang: str) -> dict[str, tuple[str, Choices]]:
    return {
        "remote": (_("Remote"), [(kind, remote_name(kind)) for kind in ("hybrid", "full")]),
        "form": (_("Form of employment"), [(one.code, one.name(lang)) for one in employment.FORMS]),
        "extent": (_("Extent"), [(one.code, one.name(lang)) for one in employment.EXTENTS]),
        "county": (_("County"), [(one.code, one.name(lang)) for one in places.counties()]),
        "field": (
            _("Occupational field"),
            [(one.id, one.name(lang)) for one in occupations.occupation_fields()],
        ),
    }

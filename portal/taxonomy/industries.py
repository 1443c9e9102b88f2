"""Industry sections of SNI 2007, the letter level used for networks and filters."""

from dataclasses import dataclass
from functools import cache

from portal.taxonomy.reading import localised, rows, swedish_order


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    name_sv: str
    name_en: str

    def name(self, lang: str) -> str:
        return localised(self.name_sv, self.name_en, lang)


@cache
def sections() -> tuple[Section, ...]:
    """Return the 21 sections in Swedish order."""
    found = (
        Section(row["code"], row["name_sv"], row["name_en"])
        for row in rows("sni2007-industries.csv")
        if row["level"] == "section"
    )
    return tuple(sorted(found, key=lambda one: swedish_order(one.name_sv)))


def section(code: str) -> Section | None:
    return _sections_by_code().get(code)


@cache
def _sections_by_code() -> dict[str, Section]:
    return {one.code: one for one in sections()}

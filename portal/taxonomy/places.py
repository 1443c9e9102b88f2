"""Swedish counties and municipalities by SCB code, and countries by ISO 3166."""

from dataclasses import dataclass
from functools import cache

from babel import Locale

from portal.kernel.text import language
from portal.taxonomy.reading import folded, localised, rows, swedish_order

UNSPECIFIED_COUNTY = "90"
# What job boards write instead of the name in the standard.
ENGLISH_ALIASES = {
    "us": "US", "usa": "US", "u.s.": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "u.k.": "GB", "great britain": "GB", "england": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "can": "CA", "uae": "AE", "the netherlands": "NL",
    "holland": "NL", "czech republic": "CZ", "turkey": "TR", "south korea": "KR", "korea": "KR",
    "hong kong": "HK", "macau": "MO", "russia": "RU", "ivory coast": "CI", "bosnia": "BA",
}  # fmt: skip
# Names by which a municipality goes abroad or in daily speech.
CITY_ALIASES = {"gothenburg": "1480", "goteburg": "1480", "visby": "0980", "malung": "2023"}


@dataclass(frozen=True, slots=True)
class County:
    code: str
    name_sv: str
    name_en: str

    def name(self, lang: str) -> str:
        return localised(self.name_sv, self.name_en, lang)


@dataclass(frozen=True, slots=True)
class Municipality:
    code: str
    name: str
    county_code: str


@cache
def counties() -> tuple[County, ...]:
    """Return the 21 counties in Swedish order."""
    found = [County(row["code"], row["name_sv"], row["name_en"]) for row in rows("counties.csv")]
    real = (one for one in found if one.code != UNSPECIFIED_COUNTY)
    return tuple(sorted(real, key=lambda one: swedish_order(one.name_sv)))


@cache
def municipalities() -> tuple[Municipality, ...]:
    """Return the 290 municipalities in Swedish order."""
    found = (
        Municipality(row["code"], row["name"], row["county_code"])
        for row in rows("municipalities.csv")
    )
    return tuple(sorted(found, key=lambda one: swedish_order(one.name)))


def county(code: str) -> County | None:
    return _counties_by_code().get(code)


def municipality(code: str) -> Municipality | None:
    return _municipalities_by_code().get(code)


def name_of(code: str | None) -> str | None:
    """Name a municipality; None for none, and for a code that is gone."""
    found = municipality(code) if code else None
    return found.name if found else None


def municipality_named(city: str) -> Municipality | None:
    """Find a municipality by its name in any case, without accents, or as known abroad."""
    asked = " ".join(city.split()).casefold().removesuffix(" kommun").removesuffix(" municipality")
    exact, bare = _municipalities_by_name()
    genitive = asked.removesuffix("s")
    code = CITY_ALIASES.get(folded(asked))
    found = exact.get(asked) or bare.get(folded(asked)) or (municipality(code) if code else None)
    return found or (exact.get(genitive) if city.casefold().endswith("kommun") else None)


def place_named(text: str) -> Municipality | County | None:
    """Find a municipality or county by its code or name; with "län" or "county" a county is meant."""
    asked = " ".join(text.split())
    by_code = municipality(asked) or county(asked)
    named = _counties_by_name().get(asked.casefold())
    if by_code or (named and asked.casefold().endswith((" län", " county"))):
        return by_code or named
    return municipality_named(asked) or named


def full_name(code: str) -> str | None:
    """Name a municipality or a county in the reader's language."""
    found = county(code)
    return found.name(language()) if found else name_of(code)


def country_iso(af_id: str) -> str | None:
    """Return the ISO code of an Arbetsförmedlingen country id, legacy number or concept id."""
    return _countries_by_af_id().get(af_id.strip())


def country_iso_from_swedish(name: str) -> str | None:
    return _countries_by_name("sv").get(name.strip().casefold())


def country_iso_from_english(name: str) -> str | None:
    asked = name.strip().casefold()
    return ENGLISH_ALIASES.get(asked) or _countries_by_name("en").get(asked)


def is_country_iso(code: str) -> bool:
    return code in _country_codes()


@cache
def _counties_by_code() -> dict[str, County]:
    return {one.code: one for one in counties()}


@cache
def _counties_by_name() -> dict[str, County]:
    """Map each county's names, with and without "län" or "county"."""
    found: dict[str, County] = {}
    for one in counties():
        for name in (one.name_sv, one.name_en):
            whole = name.casefold()
            bare = whole.removesuffix(" county").removesuffix(" län")
            found |= {whole: one, bare: one, bare.removesuffix("s"): one}
    return found


@cache
def _municipalities_by_code() -> dict[str, Municipality]:
    return {one.code: one for one in municipalities()}


@cache
def _municipalities_by_name() -> tuple[dict[str, Municipality], dict[str, Municipality]]:
    """Map exact names, and bare ones where they are no one else's (Håbo is not Habo)."""
    exact = {one.name.casefold(): one for one in municipalities()}
    bare: dict[str, list[Municipality]] = {}
    for one in municipalities():
        bare.setdefault(folded(one.name), []).append(one)
    return exact, {name: same[0] for name, same in bare.items() if len(same) == 1}


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(row["iso3166_alpha2"] for row in rows("af-country-codes-to-iso.csv"))


@cache
def _countries_by_af_id() -> dict[str, str]:
    ids = ("af_legacy_id", "jobtech_concept_id")
    table = rows("af-country-codes-to-iso.csv")
    return {row[key]: row["iso3166_alpha2"] for key in ids for row in table}


@cache
def _countries_by_name(lang: str) -> dict[str, str]:
    known = Locale(lang).territories
    names = {known[code].casefold(): code for code in _country_codes() if code in known}
    if lang == "sv":
        table = rows("af-country-codes-to-iso.csv")
        names |= {row["name_sv"].casefold(): row["iso3166_alpha2"] for row in table}
    return names

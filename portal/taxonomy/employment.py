"""Forms, extents and durations of employment: our few words for what many sources say."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from portal.taxonomy.reading import localised, rows

Kind = Literal["form", "extent", "duration"]


@dataclass(frozen=True, slots=True)
class Term:
    """One choice in a filter; `schema_org` is its employmentType, "" where that has none."""

    code: str
    kind: Kind
    name_sv: str
    name_en: str
    schema_org: str = ""

    def name(self, lang: str) -> str:
        return localised(self.name_sv, self.name_en, lang)


@dataclass(frozen=True, slots=True)
class Terms:
    """What one ad says of its employment, as codes in the order of the filters."""

    forms: tuple[str, ...] = ()
    extents: tuple[str, ...] = ()


FORMS = (
    Term("permanent", "form", "Tillsvidareanställning", "Permanent"),
    Term("temporary", "form", "Visstid eller vikariat", "Fixed-term", "TEMPORARY"),
    Term("seasonal", "form", "Säsongsanställning", "Seasonal", "TEMPORARY"),
    Term("on_call", "form", "Behovsanställning", "On call", "PER_DIEM"),
    Term("consulting", "form", "Konsultuppdrag", "Contract", "CONTRACTOR"),
    Term("internship", "form", "Praktik", "Internship", "INTERN"),
)
EXTENTS = (
    Term("full_time", "extent", "Heltid", "Full time", "FULL_TIME"),
    Term("part_time", "extent", "Deltid", "Part time", "PART_TIME"),
)
DURATIONS = (
    Term("open_ended", "duration", "Tills vidare", "Until further notice"),
    Term("year_or_more", "duration", "12 månader eller längre", "12 months or longer"),
    Term("half_to_year", "duration", "6 till 12 månader", "6 to 12 months"),
    Term("quarter_to_half", "duration", "3 till 6 månader", "3 to 6 months"),
    Term("days_to_quarter", "duration", "11 dagar till 3 månader", "11 days to 3 months"),
    Term("days", "duration", "Upp till 10 dagar", "Up to 10 days"),
)
# Concept ids of the JobTech taxonomy, old and new: the id keeps its meaning, its label does not.
# "Arbete utomlands" (9Wuo_2Yb_36E) names a place, not a form, and is left out.
CONCEPTS = {
    "PFZr_Syz_cUq": ("permanent",),
    "kpPX_CNN_gDU": ("permanent",),
    "vWxw_BCd_VG6": ("temporary",),
    "sTu5_NBQ_udq": ("temporary",),
    "gro4_cWF_6D7": ("temporary",),
    "Jh8f_q9J_pbJ": ("seasonal",),
    "EBhX_Qm2_8eX": ("seasonal",),
    "1paU_aCR_nGn": ("on_call",),
    "6YE1_gAC_R2G": ("full_time",),
    "947z_JGS_Uk2": ("part_time",),
    "hGCt_6Ni_XPz": ("full_time", "part_time"),
    "a7uU_j21_mkL": ("open_ended",),
    "9RGe_UxD_FZw": ("year_or_more",),
    "qQUd_4qe_NDT": ("half_to_year",),
    "Xj7x_7yZ_jEn": ("quarter_to_half",),
    "Sy9J_aRd_ALx": ("days_to_quarter",),
    "cAQ8_TpB_Tdv": ("days",),
}
WORDS = {
    "permanent": r"permanent|tillsvidare|\bregular\b",
    "temporary": r"temporar|tempor[aä]r|fixed[ _-]?term|limited|visstid|vikari|tidsbegr",
    "seasonal": r"season|säsong|sommarjobb|feriejobb",
    "on_call": r"on[ _-]call|per[ _-]?diem|behovsanst|timanst|\bhourly\b",
    "consulting": r"contract(?!ual)|consult|konsult|freelance|frilans",
    "internship": r"\bintern(?:ship)?\b|praktik|trainee",
    "full_time": r"full[ _-]?time|heltid|\bfull or part",
    "part_time": r"part[ _-]?time|deltid|working[ _-]student",
}


def term(code: str) -> Term | None:
    """Return a form, extent or duration by its code."""
    return _terms_by_code().get(code)


def terms_of_concepts(*concept_ids: str | None) -> Terms:
    """Return what JobTech concept ids say together; unknown ids say nothing."""
    return _terms({code for id in concept_ids if id for code in CONCEPTS.get(id, ())})


def duration_of_concept(concept_id: str | None) -> str | None:
    codes = CONCEPTS.get(concept_id or "", ())
    return next((one.code for one in DURATIONS if one.code in codes), None)


def terms_of(vocabulary: str, value: str) -> Terms:
    """Return what another system's value says, by the crosswalk, else by its words."""
    return _crosswalk().get((vocabulary, value)) or terms_in_words(value)


def terms_in_words(text: str) -> Terms:
    """Read free text such as "Full-time, fixed term" or "Heltid, vikariat"."""
    return _terms({code for code, words in WORDS.items() if re.search(words, text.casefold())})


def terms_of_schema_org(*types: str) -> Terms:
    """Return what schema.org employmentType values say."""
    codes = {one.schema_org: one.code for one in reversed(FORMS + EXTENTS) if one.schema_org}
    return _terms({codes[type] for type in types if type in codes})


def schema_org_types(forms: tuple[str, ...], extents: tuple[str, ...]) -> tuple[str, ...]:
    """Return the schema.org employmentType values to publish, each once."""
    chosen = (one for one in EXTENTS + FORMS if one.code in {*forms, *extents})
    return tuple(dict.fromkeys(one.schema_org for one in chosen if one.schema_org))


def _terms(codes: set[str]) -> Terms:
    forms = tuple(one.code for one in FORMS if one.code in codes)
    return Terms(forms, tuple(one.code for one in EXTENTS if one.code in codes))


@cache
def _terms_by_code() -> dict[str, Term]:
    return {one.code: one for one in FORMS + EXTENTS + DURATIONS}


@cache
def _crosswalk() -> dict[tuple[str, str], Terms]:
    table = rows("employment-type-crosswalk.csv")
    return {
        (row["source"], row["source_value"]): _from_crosswalk(
            row["source_value"], row["schema_org"]
        )
        for row in table
    }


def _from_crosswalk(value: str, schema_org: str) -> Terms:
    said = terms_of_schema_org(*schema_org.split(","))
    permanent = ("permanent",) if value.endswith("_permanent") else ()
    return Terms(permanent + said.forms, said.extents)

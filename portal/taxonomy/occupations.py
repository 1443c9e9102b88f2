"""Occupation fields and groups (SSYK 2012), as Arbetsförmedlingen sorts job ads."""

from dataclasses import dataclass
from functools import cache

from portal.taxonomy.reading import localised, rows, swedish_order


@dataclass(frozen=True, slots=True)
class OccupationField:
    id: str
    name_sv: str
    name_en: str

    def name(self, lang: str) -> str:
        return localised(self.name_sv, self.name_en, lang)


@cache
def occupation_fields() -> tuple[OccupationField, ...]:
    """Return the 21 fields in Swedish order; the concept id never changes, names may."""
    found = (
        OccupationField(row["jobtech_concept_id"], row["name_sv"], row["name_en"])
        for row in rows("occupation-fields.csv")
    )
    return tuple(sorted(found, key=lambda one: swedish_order(one.name_sv)))


def occupation_field(id: str) -> OccupationField | None:
    return _fields_by_id().get(id)


def field_of_ssyk(code: str) -> OccupationField | None:
    """Return the field an occupation group belongs to, by its four-digit SSYK code."""
    field_id = _field_ids_by_ssyk().get(code)
    return occupation_field(field_id) if field_id else None


@cache
def _fields_by_id() -> dict[str, OccupationField]:
    return {one.id: one for one in occupation_fields()}


@cache
def _field_ids_by_ssyk() -> dict[str, str]:
    groups = rows("occupation-groups-ssyk2012.csv")
    return {row["ssyk2012"]: row["occupation_field_concept_id"] for row in groups}

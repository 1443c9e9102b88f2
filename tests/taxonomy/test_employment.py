"""Employment: what other systems say, in our few words and schema.org's."""

import json

import pytest

from portal.taxonomy import employment
from portal.taxonomy.employment import Terms
from portal.taxonomy.reading import LISTS, rows


def test_every_term_has_names_and_is_found_by_its_code():
    for one in employment.FORMS + employment.EXTENTS + employment.DURATIONS:
        assert one.name("sv")
        assert one.name("en")
        assert employment.term(one.code) == one


def test_every_listed_concept_is_mapped_or_left_out_on_purpose():
    listed = json.loads((LISTS / "employment-types.json").read_text("utf-8"))
    concepts = {
        one["concept_id"]
        for kind in ("employment_type", "duration", "worktime")
        for one in listed[kind]
    }
    assert concepts - set(employment.CONCEPTS) == {"9Wuo_2Yb_36E"}


def test_concepts_are_mapped_by_id_whatever_their_label():
    said = employment.terms_of_concepts("PFZr_Syz_cUq", "hGCt_6Ni_XPz", None, "unknown")
    assert said == Terms(("permanent",), ("full_time", "part_time"))
    assert employment.duration_of_concept("a7uU_j21_mkL") == "open_ended"
    assert employment.duration_of_concept("PFZr_Syz_cUq") is None
    assert employment.duration_of_concept(None) is None


def test_the_whole_crosswalk_is_understood():
    silent = [
        (row["source"], row["source_value"])
        for row in rows("employment-type-crosswalk.csv")
        if employment.terms_of(row["source"], row["source_value"]) == Terms()
    ]
    assert silent == [("workable", "Other"), ("indeed-xml", "volunteer"), ("jobylon", "Other")]


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("Full-time Tier 2", Terms((), ("full_time",))),
        ("Full or Part-time", Terms((), ("full_time", "part_time"))),
        ("Fixed term", Terms(("temporary",))),
        ("Tillsvidare, heltid", Terms(("permanent",), ("full_time",))),
        ("Timanställning", Terms(("on_call",))),
        ("Internal", Terms()),
        ("", Terms()),
    ],
)
def test_free_words_are_read(words, terms):
    assert employment.terms_in_words(words) == terms


def test_terms_are_published_as_schema_org_knows_them():
    said = employment.schema_org_types(("permanent", "seasonal", "temporary"), ("part_time",))
    assert said == ("PART_TIME", "TEMPORARY")
    assert employment.terms_of_schema_org("INTERN", "FULL_TIME", "OTHER") == Terms(
        ("internship",), ("full_time",)
    )


def test_recruitees_permanent_is_both_extent_and_form():
    assert employment.terms_of("recruitee", "parttime_permanent") == Terms(
        ("permanent",), ("part_time",)
    )

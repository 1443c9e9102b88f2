"""Places: Swedish order, codes and the many ways a city or country is written."""

import pytest

from portal.taxonomy import places


def test_every_municipality_lies_in_a_county_and_has_its_code():
    assert len(places.counties()) == 21
    assert len(places.municipalities()) == 290
    for one in places.municipalities():
        assert places.municipality(one.code) == one
        assert places.county(one.county_code) is not None
        assert places.municipality_named(one.name) == one


def test_names_stand_in_swedish_order():
    names = [one.name for one in places.municipalities()]
    assert names[0] == "Ale"
    assert names.index("Ystad") < names.index("Åmål") < names.index("Älmhult")
    assert names.index("Älvsbyn") < names.index("Öckerö") < names.index("Övertorneå")
    assert names[-1] == "Övertorneå"


@pytest.mark.parametrize(
    ("city", "code"),
    [
        ("KIRUNA", "2584"),
        ("vasteras", "1980"),
        ("Malmo", "1280"),
        ("Gothenburg", "1480"),
        ("Göteborgs kommun", "1480"),
        ("Habo", "0643"),
        ("Håbo", "0305"),
        (" Upplands  Väsby ", "0114"),
    ],
)
def test_a_city_finds_its_municipality(city, code):
    found = places.municipality_named(city)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("city", ["", "Dublin", "Oslo", "kommun"])
def test_what_is_no_municipality_finds_none(city):
    assert places.municipality_named(city) is None


def test_the_county_of_nowhere_is_not_a_county():
    assert places.county("90") is None
    assert places.municipality("9999") is None


def test_countries_are_found_by_number_concept_and_name():
    assert places.country_iso("199") == "SE"
    assert places.country_iso("i46j_HmG_v64") == "SE"
    assert places.country_iso("01") is None
    assert places.country_iso_from_english("Sweden") == "SE"
    assert places.country_iso_from_english(" czechia ") == "CZ"
    assert places.country_iso_from_english("Czech Republic") == "CZ"
    assert places.country_iso_from_english("USA") == "US"
    assert places.country_iso_from_english("England") == "GB"
    assert places.country_iso_from_english("Atlantis") is None
    assert places.country_iso_from_swedish("Norge") == "NO"
    assert places.is_country_iso("SE")
    assert not places.is_country_iso("ZZ")


def test_a_county_has_a_name_in_both_languages():
    skane = places.county("12")
    assert skane is not None
    assert (skane.name("sv"), skane.name("en-GB")) == ("Skåne län", "Skåne County")

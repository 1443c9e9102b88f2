"""Occupation fields and industry sections: complete, ordered, in two languages."""

from portal.taxonomy import industries, occupations
from portal.taxonomy.reading import rows, swedish_order


def test_there_are_21_fields_in_swedish_order():
    fields = occupations.occupation_fields()
    names = [one.name_sv for one in fields]
    assert len({one.id for one in fields}) == 21
    assert names == sorted(names, key=swedish_order)
    assert all(one.name_en and one.name("en") == one.name_en for one in fields)


def test_every_occupation_group_belongs_to_a_field():
    groups = rows("occupation-groups-ssyk2012.csv")
    assert len(groups) == 400
    assert all(occupations.field_of_ssyk(one["ssyk2012"]) for one in groups)


def test_software_developers_belong_to_it():
    field = occupations.field_of_ssyk("2512")
    assert field is not None
    assert field == occupations.occupation_field("apaJ_2ja_LuF")
    assert field.name("sv") == "Data/IT"


def test_an_unknown_occupation_is_none():
    assert occupations.field_of_ssyk("0000") is None
    assert occupations.occupation_field("x") is None


def test_there_are_21_sections_a_to_u():
    codes = {one.code for one in industries.sections()}
    assert codes == set("ABCDEFGHIJKLMNOPQRSTU")
    education = industries.section("P")
    assert education is not None
    assert education.name("sv") == "Utbildning"
    assert industries.section("62") is None


def test_swedish_order_puts_accents_with_their_letter_and_last_letters_last():
    names = ["Öland", "Zorn", "Ängel", "Idé", "Ide 2", "Ålder", "Wik", "Vik"]
    assert sorted(names, key=swedish_order) == [
        "Idé",
        "Ide 2",
        "Vik",
        "Wik",
        "Zorn",
        "Ålder",
        "Ängel",
        "Öland",
    ]

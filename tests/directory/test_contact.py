"""A contact file holds what the person's page shows to the same reader, and nothing else."""

import pytest

from portal.kernel.db import session, unit_of_work
from portal.people.models import ContactWay, Link, Person, SpokenLanguage
from tests.support.browser import without_token


@pytest.fixture
def asa(make, personas):
    """Åsa, who shares a network with Alice and tells much about herself."""
    person = make.person("Åsa Ek", municipality="2480", headline="Byggledare", name_shown="members")
    make.membership(person, personas.network)
    with unit_of_work() as work:
        work.add(ContactWay(person_id=person.id, kind="email", value="asa@privat.example"))
        work.add(ContactWay(person_id=person.id, kind="phone", value="070-123 45 67"))
        work.add(Link(person_id=person.id, url="https://asa.example", label=""))
        work.add(SpokenLanguage(person_id=person.id, code="fi", level="good"))
    return person


def shows(person, **fields):
    with unit_of_work():
        row = session().get_one(Person, person.id)
        for field, audience in fields.items():
            setattr(row, f"{field}_shown", audience)


def card(personas, reader, person):
    return personas.browser(reader).get(f"/people/{person.public_id}/contact.vcf")


def test_it_holds_what_the_reader_may_see(personas, asa):
    shows(asa, contact="networks", links="members", languages="nobody")
    near, far = card(personas, personas.alice, asa), card(personas, personas.bob, asa)
    assert near.mimetype == "text/vcard"
    assert near.headers["Content-Disposition"] == 'attachment; filename="Asa-Ek.vcf"'
    assert near.headers["Cache-Control"] == "private, no-store"
    for line in ("FN:Åsa Ek", "EMAIL:asa@privat.example", "TEL;VALUE=text:070-123 45 67"):
        assert line in near.text
    assert "TITLE:Byggledare" in near.text
    assert "ADR:;;;Umeå;;;Sverige" in near.text
    for hidden in ("EMAIL", "TEL", "ADR", "Byggledare"):
        assert hidden not in far.text
    for answer in (near, far):
        assert "URL:https://asa.example" in answer.text
        assert "LANG" not in answer.text
        assert "person" not in answer.text.split("UID", 1)[0]


def test_the_address_one_signs_in_with_is_never_in_it(personas, make, asa):
    shows(asa, contact="members")
    assert "@example.com" not in card(personas, personas.kim, asa).text


def test_a_hidden_person_has_no_card(personas, make, browser):
    hidden = make.person("Ina Ingen", name_shown="nobody")
    alice = personas.browser(personas.alice)
    never = alice.get("/people/missing/contact.vcf")
    there = alice.get(f"/people/{hidden.public_id}/contact.vcf")
    assert there.status_code == never.status_code == 404
    same = without_token(there.text).replace(hidden.public_id, "missing")
    assert same == without_token(never.text)
    assert browser.get(f"/people/{hidden.public_id}/contact.vcf").status_code == 303

"""A customer who applies, is hired and leaves is one person: one login, four relations, all networks."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.kernel import clock
from portal.kernel.db import session
from portal.networks.models import Membership
from portal.people.models import EmailAddress, Person
from tests.accounts.walk import enter, is_in
from tests.admin.reading import facts, organisation, relations, standing
from tests.support.browser import Browser

ADDRESS = "ida@nordbygg.se"
TAG = re.compile(r'<li class="tag">\s*([^<]+?)\s*</li>')
RECT = re.compile(r'<rect x="([\d.]+)" width="([\d.]+)"')


def noon(year, month, day):
    return datetime(year, month, day, 12, tzinfo=UTC)


@pytest.fixture
def story(personas, make, mailbox):
    """Tell the story over HTTP; give Ida's number, her public id and her network."""
    make.host()
    organisation("Nordbygg", domain="nordbygg.se")
    network = make.network("Bygg i norr", slug="bygg-i-norr")
    shown = {"name_shown": "members", "relations_shown": "members"}
    with clock.stopped_at(noon(2022, 3, 1)):
        person = make.person("Ida Wiklund", address=ADDRESS, **shown)
        number, public_id = person.id, person.public_id
        enter(Browser(personas.app), mailbox, ADDRESS)
        ida = personas.browser(person_row(number))
        assert ida.post("/networks/bygg-i-norr/membership").status_code == 303
    path = f"/admin/people/{public_id}/relations"

    def begins(kind, where, day, source, purpose, basis):
        told = {"kind": kind, "organisation": where, "began": day, "source": source}
        kim = personas.browser(personas.kim)
        answer = kim.post(path, told | {"purpose": purpose, "legal_basis": basis})
        assert answer.status_code == 303, answer.text

    def ends(kind, day):
        [one] = [each for each in standing(person_row(number)) if each.kind == kind]
        kim = personas.browser(personas.kim)
        assert kim.post(f"{path}/{one.id}/end", {"ended": day}).status_code == 303

    with clock.stopped_at(noon(2022, 3, 2)):
        begins("customer_contact", "Nordbygg", "2022-03-01", "", "kundrelation", "contract")
    with clock.stopped_at(noon(2023, 9, 4)):
        begins("candidate", "Kundidat", "2023-09-04", "en ansökan", "rekrytering", "consent")
    with clock.stopped_at(noon(2023, 11, 1)):
        ends("candidate", "2023-10-31")
        begins("employee", "Kundidat", "2023-11-01", "ett samtal", "anställning", "contract")
    with clock.stopped_at(noon(2026, 6, 30)):
        ends("employee", "2026-06-30")
        begins("alumnus", "Kundidat", "2026-07-01", "", "att hålla kontakten", "consent")
    return number, public_id, network.id


def person_row(number):
    session().rollback()
    return session().get_one(Person, number)


def test_it_is_one_person_with_one_login_four_relations_and_all_memberships(
    story, personas, mailbox
):
    number, _public_id, network_id = story
    named = select(func.count()).select_from(Person).where(Person.name == "Ida Wiklund")
    assert session().scalar(named) == 1
    assert session().scalar(select(func.count()).where(Account.person_id == number)) == 1
    owned = select(EmailAddress.address).where(EmailAddress.person_id == number)
    assert session().scalars(owned).all() == [ADDRESS]
    told = [(one.kind, one.ended_on is None, one.source) for one in relations(person_row(number))]
    assert told == [
        ("customer_contact", True, ""),
        ("candidate", False, "application"),
        ("employee", False, "conversation"),
        ("alumnus", True, ""),
    ]
    assert len(facts("RelationBegan")) == 4
    assert len(facts("RelationEnded")) == 2
    mine = select(Membership.network_id, Membership.ended_at).where(Membership.person_id == number)
    assert session().execute(mine).all() == [(network_id, None)]
    browser = enter(Browser(personas.app), mailbox, ADDRESS)
    assert is_in(browser)
    assert "Ida Wiklund" in browser.get("/account").text


def test_chips_and_bars_show_it_to_whom_she_lets_see_it(story, personas):
    _number, public_id, _network = story
    text = personas.browser(personas.charlie).get(f"/people/{public_id}").text
    chips = TAG.findall(text)
    assert "Kund (Nordbygg) sedan 2022" in chips
    assert "Anställd 2023–2026" in chips
    assert "Alumn sedan 2026" in chips
    bars = [(float(start), float(length)) for start, length in RECT.findall(text)]
    assert len(bars) == len(chips)
    assert max(bars, key=lambda bar: bar[1]) == (0.0, 100.0)  # a customer all the time
    assert all(start + length <= 100.1 for start, length in bars)


def test_her_colleagues_at_the_customer_never_learn_that_she_looked_for_work(story, make, personas):
    _number, public_id, _network = story
    colleague = make.person("Nils Nord", address="nils@nordbygg.se")
    text = personas.browser(colleague).get(f"/people/{public_id}").text
    assert "Alumn sedan 2026" in text
    assert "Kandidat" not in text.split("<main")[1].split("</main>")[0].replace("Kundidat", "")


def test_she_herself_reads_all_of_it(story, personas):
    number, _public_id, _network = story
    text = personas.browser(person_row(number)).get("/journey").text
    for words in ("Kandidat", "Anställd", "Alumn", "Nordbygg"):
        assert words in text

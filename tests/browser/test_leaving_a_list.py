"""The way out of a list, as whoever has the mail sees it: one press, what still comes, undone."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal.kernel.db import session
from portal.people.models import EmailAddress, Person
from tests.notifications.lists import link
from tests.support.soundness import faults


def of_alice():
    """Return the link in a weekly digest to Alice, who reads Swedish."""
    session().rollback()
    theirs = select(Person).join(EmailAddress, EmailAddress.person_id == Person.id)
    person = session().scalars(theirs.where(EmailAddress.address.like("alice@%"))).one()
    return link(person, "weekly")


@pytest.mark.parametrize("javascript", [True, False])
def test_one_press_leaves_and_another_one_undoes_it(visit, world, javascript):
    page = visit(javascript=javascript).open(of_alice())
    expect(page.get_by_role("heading", level=1)).to_contain_text("Stäng av")
    assert not javascript or faults(page) == []
    page.get_by_role("button", name="Stäng av").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Avstängt")
    assert not javascript or faults(page) == []
    page.get_by_role("button", name="Ångra").click()
    expect(page.get_by_role("button", name="Stäng av")).to_be_visible()
    assert page.context.cookies() == [], "whoever has the mail need not be known"

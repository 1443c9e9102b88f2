"""An address that reaches nobody any more, or soon will not: its owner is asked in time."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from portal.accounts.jobs.dying import ask_before_the_last_day
from portal.kernel import clock
from portal.kernel.actors import PORTAL
from portal.kernel.db import session, unit_of_work
from portal.kernel.mail import Letter, Mail, Reader, post
from portal.kernel.worker import drain
from portal.people.actions import end_relation, make_primary
from portal.people.facts import RelationEnded
from portal.people.models import EmailAddress, Organisation, Relation
from tests.accounts.addresses import give
from tests.accounts.walk import code_in, enter, latest
from tests.conftest import NOW
from tests.support.browser import Browser
from tests.support.post_office import Post, mailing, serving

WORK, HOME = "alice@example.com", "alice@home.example.net"
PAGE = "/account/addresses"
WARNING = "kommer tillbaka sedan"


class Choosy(Post):
    """A mail server that knows some mailboxes only."""

    def __init__(self, *known: str, answer: str = "550 5.1.1 No such user") -> None:
        super().__init__()
        self.known, self.refusal = known, answer

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address not in self.known:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"


def write(person, address=WORK):
    with unit_of_work():
        letter = Letter("Hej", "Hej", "<p>Hej</p>")
        post("place_taken", letter, Reader(address, person.id if person else None))


def refused(database, person, server, address=WORK, at=NOW):
    """Send one mail to an address by this server."""
    with serving(server) as port, mailing(database, port), clock.stopped_at(at):
        write(person, address)
        drain()
    session().rollback()


def moves(person):
    """Make the private address the primary one."""
    with unit_of_work() as work:
        query = select(EmailAddress.id).where(EmailAddress.address == HOME)
        make_primary(person.id, work.scalars(query).one(), NOW)


@pytest.mark.parametrize(
    "answer", ["450 Busy", "452 Full", "550 5.7.1 No spam", "552 Mailbox full", "554 Spam"]
)
def test_what_may_work_later_marks_no_address(database, personas, answer):
    refused(database, personas.alice, Choosy(answer=answer))
    assert session().scalars(select(EmailAddress.bounced_at).distinct()).all() == [None]
    assert WARNING not in personas.browser(personas.alice).get(PAGE).text


def test_it_is_said_at_the_next_sign_in_on_the_pages_and_in_the_log(
    database, personas, browser, mailbox
):
    give(personas.alice, HOME)
    refused(database, personas.alice, Choosy(HOME))
    inside = enter(browser, mailbox, HOME)
    for page in ("/", "/account", PAGE):
        assert inside.get(page).text.count(WARNING) == 1, page
    log = inside.get("/account/log").text
    assert "Ett mejl till dig kom tillbaka" in log
    assert WORK in log
    assert WARNING not in personas.browser(personas.bob).get(PAGE).text


def test_who_goes_straight_elsewhere_is_told_there(database, personas, browser, mailbox):
    give(personas.alice, HOME)
    refused(database, personas.alice, Choosy(HOME))
    browser.post("/sign-in", {"email": HOME, "next": "/networks"})
    browser.post("/sign-in/code", {"code": code_in(latest(mailbox))})
    assert "Våra mejl till dig kommer tillbaka" in browser.get("/networks").text


def test_the_other_addresses_are_asked_once(database, personas):
    give(personas.alice, HOME)
    server = Choosy(HOME)
    refused(database, personas.alice, server)
    refused(database, personas.alice, server, at=NOW + timedelta(days=1))
    asked = [one for one in server.messages if "Läser du fortfarande" in one["Subject"]]
    assert [one["To"] for one in asked] == [HOME]
    text = asked[0].get_body(("plain",)).get_content()
    assert f"Vårt mejl till {WORK} kom tillbaka" in " ".join(text.split())
    assert "https://natverk.example.com/account/addresses" in text


def test_after_another_one_is_primary_only_its_own_page_tells_it(database, personas):
    give(personas.alice, HOME)
    refused(database, personas.alice, Choosy(HOME))
    alice = personas.browser(personas.alice)
    moves(personas.alice)
    assert WARNING in alice.get(PAGE).text
    for page in ("/", "/account"):
        assert WARNING not in alice.get(page).text, page


def test_a_mail_to_a_stranger_that_comes_back_is_told_nobody(database, portal):
    refused(database, None, Choosy(), "nobody@example.com")
    assert session().query(Mail).count() == 1


def leaves(personas, make, kind="employee", domain="example.com", **more):
    """Alice's relation to the host, which has this mail domain, gets its last day."""
    make.relation(personas.alice, kind, **more)
    with unit_of_work() as work:
        work.execute(update(Organisation).values(domain=domain))
        relation = work.scalars(
            select(Relation).where(Relation.kind == kind, Relation.person_id == personas.alice.id)
        ).one()
        end_relation(PORTAL, relation, NOW.date(), NOW)


def asked(mailbox):
    return [one for one in mailbox.all() if one.subject == f"Läser du fortfarande {WORK}?"]


def test_who_leaves_a_workplace_is_asked_before_the_address_dies(personas, make, mailbox):
    leaves(personas, make)
    [mail] = asked(mailbox)
    assert mail.address == WORK
    assert "Din sista dag på" in mail.text
    assert "/account/addresses" in mail.text
    assert mail.text.count("privat adress") == 1


@pytest.mark.parametrize(
    "case",
    [{"kind": "candidate"}, {"domain": "elsewhere.example"}, {"domain": None}],
    ids=["no work", "another domain", "no domain"],
)
def test_who_does_not_is_not(personas, make, mailbox, case):
    leaves(personas, make, **case)
    assert asked(mailbox) == []


def test_who_goes_on_there_in_another_way_is_not_asked(personas, make, mailbox):
    make.relation(personas.alice, "consultant")
    leaves(personas, make)
    assert asked(mailbox) == []


def test_a_private_primary_address_is_not_asked_about(personas, make, mailbox):
    give(personas.alice, HOME)
    moves(personas.alice)
    leaves(personas, make)
    assert [one for one in mailbox.all() if "Läser du" in one.subject] == []


def test_the_question_can_be_asked_of_a_relation_that_is_gone(portal):
    ask_before_the_last_day(RelationEnded(1, 1, 1, None), NOW)
    assert Browser(portal).get("/").status_code == 200

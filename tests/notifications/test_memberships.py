"""Mails about memberships: who gets which, in which language, and what they say."""

import pytest
from sqlalchemy import update

from portal.accounts.models import Account
from portal.kernel import worker
from portal.kernel.db import session, unit_of_work

WORDS = "Jag har byggt trähus & broar i tio år."
REASON = "Nätverket är för dig som <arbetar> i branschen."


@pytest.fixture
def bob(personas):
    return personas.browser(personas.bob)


def speaks(person, language):
    with unit_of_work():
        who = Account.person_id == person.id
        session().execute(update(Account).where(who).values(language=language))


def ask(personas, bob):
    assert personas.mona
    bob.post("/networks/bygg/membership", {"motivation": WORDS})


def answer(personas, act, **form):
    path = f"/networks/bygg/requests/{personas.bob.public_id}/{act}"
    personas.browser(personas.mona).post(path, form)


def test_each_coordinator_is_told_once_in_their_own_language(personas, make, bob, mailbox):
    sven = make.person("Sven Andersson", address="sven@example.com")
    make.membership(sven, personas.network, role="coordinator")
    personas.browser(sven)
    personas.browser(personas.mona)
    speaks(sven, "en")
    assert personas.alice
    ask(personas, bob)
    (swedish,), (english,) = mailbox.to("mona@example.com"), mailbox.to("sven@example.com")
    assert swedish.subject == "Bob Berg vill vara med i Bygg"
    assert english.subject == "Bob Berg wants to join Bygg"
    for mail in (swedish, english):
        assert WORDS in mail.text
        assert "http://127.0.0.1:5000/networks/bygg" in mail.text
        assert "trähus &amp; broar" in mail.html
        assert mail.html.count('href="http') == 4, "one act, spelled out, and the two ways out"
    assert len(mailbox.all()) == 2


def test_a_request_taken_back_in_time_troubles_nobody(personas, bob, mailbox):
    ask(personas, bob)
    bob.post("/networks/bygg/request/withdrawal")
    assert mailbox.all() == []


def test_the_one_let_in_is_welcomed(personas, bob, mailbox):
    ask(personas, bob)
    worker.drain()
    answer(personas, "approval")
    (mail,) = mailbox.to("bob@example.com")
    assert mail.subject == "Välkommen till Bygg"
    assert "Hej Bob Berg!" in mail.text
    assert "http://127.0.0.1:5000/networks/bygg" in mail.text
    assert 'lang="sv"' in mail.html


def test_the_one_not_let_in_is_told_why_in_kind_words(personas, bob, mailbox):
    ask(personas, bob)
    worker.drain()
    answer(personas, "refusal", reason=REASON)
    (mail,) = mailbox.to("bob@example.com")
    assert mail.subject == "Din förfrågan till Bygg"
    assert "Tyvärr kan vi inte släppa in dig den här gången." in mail.text
    assert REASON in mail.text
    assert "<arbetar>" not in mail.html
    assert "&lt;arbetar&gt;" in mail.html
    for text in (mail.subject, mail.text, mail.html):
        assert "avslag" not in text.casefold()


def test_the_answer_is_in_the_language_of_the_account(personas, bob, mailbox):
    ask(personas, bob)
    speaks(personas.bob, "en")
    worker.drain()
    answer(personas, "refusal", reason=REASON)
    (mail,) = mailbox.to("bob@example.com")
    assert mail.subject == "Your request to join Bygg"
    assert "Unfortunately we can’t let you in this time." in mail.text
    assert 'lang="en"' in mail.html


def test_draining_again_sends_nothing_more(personas, bob, mailbox):
    ask(personas, bob)
    answer(personas, "approval")
    first = len(mailbox.all())
    assert len(mailbox.all()) == first

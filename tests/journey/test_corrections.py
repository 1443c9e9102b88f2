"""Ask for a correction, be answered once, read the answer on the page and in a mail."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.events.facts import PlaceTaken
from portal.journey.models import Correction
from portal.kernel import worker
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow
from portal.networks.facts import NetworkJoined
from portal.openings.facts import OpeningSaved
from portal.people.actions import renew_affiliations
from portal.people.models import EmailAddress, Relation
from tests.journey.reading import BOTH, happens, latest, told

HTMX = pytest.mark.parametrize("htmx", BOTH)
ASK, LIST = "/journey/corrections", "/journey/corrections"
TEXT = "Jag gick med redan 2019."
ANSWER = {"outcome": "corrected", "answer": "Du har rätt, det är ändrat."}
SCRIPT = "<script>x()</script>"


@pytest.fixture
def kim(personas):
    return personas.browser(personas.kim)


@pytest.fixture
def joined(personas):
    return happens(NetworkJoined(personas.alice.id, personas.network.id, 1))


def wishes():
    session().rollback()
    query = select(Correction).order_by(Correction.id)
    return session().scalars(query.execution_options(populate_existing=True)).all()


def recorded(name):
    session().rollback()
    return session().scalar(select(func.count()).where(FactRow.name == name))


def asked(alice, joined, text=TEXT):
    assert alice.post(ASK, {"entry": joined, "text": text}).status_code == 303
    return wishes()[-1].public_id


@HTMX
def test_asking_about_an_entry_also_twice(alice, joined, htmx):
    assert "Du gick med i Bygg" in alice.get(f"{ASK}/new?entry={joined}").text
    for _time in range(2):
        answer = alice.post(ASK, {"entry": joined, "text": TEXT}, htmx=htmx)
        assert answer.status_code == (204 if htmx else 303)
        where = answer.headers["HX-Redirect" if htmx else "Location"]
        assert where == f"/journey/entries/{joined}"
    assert len(wishes()) == recorded("CorrectionAsked") == 1
    text = alice.get(where).text
    assert TEXT in text
    assert "Väntar på svar" in text
    assert "Du har redan frågat om det här" in alice.get(f"{ASK}/new?entry={joined}").text
    page = alice.get("/journey")
    assert "Du har bett om rättelse" in page.text
    assert "Du bad oss rätta något" in told(page)


@HTMX
def test_asking_about_a_relation(personas, make, alice, htmx):
    make.relation(personas.alice, "consultant", began_on=date(2016, 1, 1))
    number = session().scalars(select(Relation.id)).one()
    assert f'href="{ASK}/new?relation={number}"' in alice.get("/journey").text
    assert "Konsult sedan 2016" in alice.get(f"{ASK}/new?relation={number}").text
    for _time in range(2):
        answer = alice.post(ASK, {"relation": number, "text": TEXT}, htmx=htmx)
        assert answer.status_code == (204 if htmx else 303)
    assert [one.relation_id for one in wishes()] == [number]


@HTMX
@pytest.mark.parametrize("text", ["", "   ", "kort", "x" * 1001])
def test_too_little_or_too_much_is_refused_and_kept(alice, joined, text, htmx):
    answer = alice.post(ASK, {"entry": joined, "text": text}, htmx=htmx)
    assert answer.status_code == 422
    assert 'id="text-error"' in answer.text
    assert text.strip() in answer.text
    assert f'name="entry" value="{joined}"' in answer.text
    assert ("<html" in answer.text) is not htmx
    assert wishes() == []


@HTMX
def test_what_is_not_ones_own_can_not_be_asked_about(personas, make, alice, joined, htmx):
    theirs = happens(PlaceTaken(personas.bob.id, make.event().id, 1))
    make.relation(personas.bob, "alumnus")
    relation = session().scalars(select(Relation.id)).one()
    odd = [{"entry": theirs}, {"relation": relation}, {}, {"entry": "x"}, {"relation": "9" * 30}]
    odd += [{"entry": "", "relation": ""}, {"entry": "0"}]
    for sent in odd:
        query = "&".join(f"{name}={value}" for name, value in sent.items())
        assert alice.get(f"{ASK}/new?{query}", htmx=htmx).status_code == 404
        assert alice.post(ASK, sent | {"text": TEXT}, htmx=htmx).status_code == 404
    assert wishes() == []


@HTMX
def test_an_administrator_answers_once_and_the_person_reads_it(
    personas, alice, kim, joined, mailbox, htmx
):
    path = f"{LIST}/{asked(alice, joined)}"
    assert "Alice Åkerlund" in kim.get(LIST).text
    shown = kim.get(path).text
    assert TEXT in shown
    assert "Gick med i" in shown
    for _time in range(2):
        answer = kim.post(f"{path}/answer", ANSWER, htmx=htmx)
        assert answer.status_code == (204 if htmx else 303)
    (wish,) = wishes()
    assert (wish.outcome, wish.answered_by_id) == ("corrected", personas.kim.id)
    assert recorded("CorrectionAnswered") == 1
    assert "Det här är redan besvarat." in kim.get(LIST).text
    assert "Alice Åkerlund" not in kim.get(LIST).text
    assert "Alice Åkerlund" in kim.get(f"{LIST}?state=answered").text
    for page in ("/journey", f"/journey/entries/{joined}"):
        text = alice.get(page).text
        assert ANSWER["answer"] in text
        assert "Det är rättat" in text
    assert "Vi svarade på det du ville få rättat" in told(alice.get("/journey"))
    worker.drain()
    (letter,) = mailbox.to("alice@example.com")
    for part in (letter.text, letter.html):
        assert TEXT in part
        assert ANSWER["answer"] in part


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_mail_is_in_the_persons_language(personas, kim, joined, mailbox, language):
    alice = personas.browser(personas.alice)
    alice.post("/language", {"lang": language, "next": "/"})
    kim.post(f"{LIST}/{asked(alice, joined)}/answer", ANSWER | {"outcome": "kept"})
    worker.drain()
    (letter,) = mailbox.to("alice@example.com")
    assert {"sv": "Det står kvar som det är", "en": "It stays as it is"}[language] in letter.text


def test_after_an_answer_one_may_ask_again(alice, kim, joined):
    kim.post(f"{LIST}/{asked(alice, joined)}/answer", ANSWER)
    asked(alice, joined, "Det blev ändå fel.")
    assert len(wishes()) == 2


@HTMX
@pytest.mark.parametrize(
    ("typed", "field"),
    [({"outcome": ""}, "outcome"), ({"outcome": "x"}, "outcome"), ({"answer": " "}, "answer")],
)
def test_half_an_answer_is_refused_and_kept(alice, kim, joined, typed, field, htmx):
    path = f"{LIST}/{asked(alice, joined)}/answer"
    answer = kim.post(path, ANSWER | typed, htmx=htmx)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert field == "answer" or ANSWER["answer"] in answer.text
    assert wishes()[0].outcome is None


@HTMX
def test_for_all_but_administrators_there_is_no_such_page(personas, alice, joined, htmx):
    path = f"{LIST}/{asked(alice, joined)}"
    for person in (personas.bob, personas.mona, personas.alice):
        stranger = personas.browser(person)
        for one in (LIST, path):
            assert stranger.get(one, htmx=htmx).status_code == 404
        assert stranger.post(f"{path}/answer", ANSWER, htmx=htmx).status_code == 404
    kim = personas.browser(personas.kim)
    assert kim.get(f"{LIST}/missing", htmx=htmx).status_code == 404
    assert kim.post(f"{LIST}/missing/answer", ANSWER, htmx=htmx).status_code == 404


def test_the_wall_holds_for_corrections_too(personas, make, alice, joined):
    """A colleague elsewhere reads no wish that could tell that she looks for work."""
    make.relation(personas.alice, "candidate")
    relation = session().scalars(select(Relation.id)).one()
    candidate = latest(personas.alice, "RelationBegan")
    saved = happens(OpeningSaved(personas.alice.id, make.opening().id))
    open_one = asked(alice, joined)
    for sent in ({"entry": candidate}, {"entry": saved}, {"relation": relation}):
        assert alice.post(ASK, sent | {"text": TEXT}).status_code == 303
    kim = personas.browser(personas.kim)
    assert kim.get(LIST).text.count(TEXT) == 4
    for person, address in ((personas.alice, "a@nordbygg.se"), (personas.kim, "k@nordbygg.se")):
        with unit_of_work() as work:
            mine = work.query(EmailAddress).filter_by(person_id=person.id).one()
            mine.address = mine.folded = address
            work.flush()
            renew_affiliations(person.id)
    assert kim.get(LIST).text.count(TEXT) == 1
    for wish in wishes():
        wanted = 200 if wish.public_id == open_one else 404
        assert kim.get(f"{LIST}/{wish.public_id}").status_code == wanted


def test_what_is_only_the_persons_own_is_not_told_to_who_answers(personas, make, alice, kim):
    saved = happens(OpeningSaved(personas.alice.id, make.opening("Snickare").id))
    text = kim.get(f"{LIST}/{asked(alice, saved)}").text
    assert "Något som bara personen läser." in text
    assert "Snickare" not in text


@HTMX
def test_without_a_token_nothing_is_asked_or_answered(alice, kim, joined, htmx):
    assert alice.post(ASK, {"entry": joined, "text": TEXT}, htmx=htmx, token="").status_code == 400
    assert wishes() == []
    path = f"{LIST}/{asked(alice, joined)}/answer"
    assert kim.post(path, ANSWER, htmx=htmx, token="").status_code == 400
    assert wishes()[0].outcome is None


def test_words_are_escaped(alice, kim, joined):
    path = f"{LIST}/{asked(alice, joined, f'{SCRIPT} är fel')}"
    for page in (LIST, path):
        assert "<script>x" not in kim.get(page).text
    kim.post(f"{path}/answer", ANSWER | {"answer": f"{SCRIPT} rättat"})
    for page in ("/journey", f"/journey/entries/{joined}", "/journey/print"):
        assert "<script>x" not in alice.get(page).text


def test_administration_says_how_many_wait(personas, make, alice, kim, joined, count_queries):
    assert "rättelse" not in kim.get("/admin").text.split("<main")[1].split("</nav>")[1]
    path = f"{LIST}/{asked(alice, joined)}"
    assert "1 rättelse väntar på svar." in kim.get("/admin").text
    happened = happens(PlaceTaken(personas.alice.id, make.event().id, 1))
    asked(alice, happened)
    with count_queries() as count:
        assert "2 rättelser väntar på svar." in kim.get("/admin").text
    assert count.total <= 4
    kim.post(f"{path}/answer", ANSWER)
    assert "1 rättelse väntar på svar." in kim.get("/admin").text
    assert f'href="{LIST}"' in kim.get("/admin").text


def test_the_list_visits_each_wish_once(make, kim, personas, count_queries):
    for number in range(25):
        person = make.person(f"Person {number}")
        fact = happens(NetworkJoined(person.id, personas.network.id, 1))
        personas.browser(person).post(ASK, {"entry": fact, "text": f"Fel nummer {number:02}."})
    first = kim.get(LIST)
    more = first.text.split('rel="next" href="')[1].split('"')[0]
    with count_queries() as count:
        second = kim.get(more)
    assert count.total <= 4
    for number in range(25):
        assert (f"nummer {number:02}" in first.text) is (number < 20)
        assert (f"nummer {number:02}" in second.text) is (number >= 20)

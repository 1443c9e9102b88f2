"""Min resa: what I am to the house, what I chose, what lies ahead."""

from datetime import timedelta

from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import unit_of_work
from portal.openings.actions import save_opening

SCRIPT = "<script>x()</script>"


def test_visitors_are_asked_to_sign_in(browser):
    for path in ("/journey", "/journey/profile"):
        assert browser.get(path).headers["Location"] == f"/sign-in?next={path}"
        assert browser.get(path, htmx=True).status_code == 401
    for path in ("/journey/profile", "/journey/visibility"):
        assert browser.post(path).status_code == 303


def test_a_new_person_is_told_what_to_do_next(personas):
    text = personas.browser(personas.bob).get("/journey").text
    assert "Hej Bob!" in text
    for words in ("Du är inte med i något nätverk än", "Inget inbokat", "Inget sparat än"):
        assert words in text
    for path in ("/networks", "/events", "/openings", "/journey/profile", "/account"):
        assert f'href="{path}"' in text
    assert "Du kom hit för första gången" in text


def test_relations_stand_as_chips_and_as_years(personas, make, alice):
    today = clock.now().date()
    began = today - timedelta(days=3650)
    make.relation(
        personas.alice, "consultant", began_on=began, ended_on=today - timedelta(days=730)
    )
    make.relation(
        personas.alice, "alumnus", began_on=today - timedelta(days=730), title="Ambassadör"
    )
    text = alice.get("/journey").text
    for words in ("Konsult 2016–2024", "Alumn sedan 2024", "Ambassadör", "november 2016"):
        assert words in text
    assert text.count('<svg class="bar"') == 2


def test_my_networks_stand_with_their_state(personas, make, alice):
    asked = make.network("Trä", slug="tra", admission="on_request")
    left = make.network("Vård", slug="vard")
    make.membership(personas.alice, asked, state="asked", motivation="Jag vill.")
    make.membership(personas.alice, left, ended_at=clock.now(), ended_as="left")
    text = alice.get("/journey").text
    assert text.index("Trä") < text.index("Bygg")
    for words in ("Du har frågat", "för 10 dagar sedan", "Medlem sedan"):
        assert words in text
    assert "Vård" not in text


def test_my_events_and_saved_openings_stand_there(personas, make, alice):
    past = clock.now() - timedelta(days=9)
    coming, gone = make.event("Frukost"), make.event("Sommarfest", starts_at=past)
    make.event("Annat evenemang")
    for event in (coming, gone):
        make.registration(personas.alice, event)
    opened = make.opening("Snickare")
    closed = make.opening("Murare", state="closed", closed_at=clock.now(), closed_as="filled")
    with unit_of_work():
        save_opening(Actor(personas.alice.id), opened, clock.now())
    text = alice.get("/journey").text
    assert "Frukost" in text
    assert "Snickare" in text
    for words in ("Sommarfest", "Annat evenemang", closed.title):
        assert words not in text


def test_everything_people_write_is_escaped(personas, make):
    person = make.person(f"{SCRIPT} {SCRIPT}", headline=SCRIPT, about=SCRIPT)
    make.relation(person, title=SCRIPT)
    make.membership(person, make.network(SCRIPT))
    make.registration(person, make.event(SCRIPT))
    opening = make.opening(SCRIPT, company=SCRIPT)
    with unit_of_work():
        save_opening(Actor(person.id), opening, clock.now())
    browser = personas.browser(person)
    for path in ("/journey", "/journey/profile", f"/people/{person.public_id}"):
        assert "<script>x" not in browser.get(path).text


def test_the_page_is_eight_queries_and_more_of_it_three(personas, make, alice, count_queries):
    make.relation(personas.alice)
    make.registration(personas.alice, make.event())
    for _number in range(12):
        make.membership(personas.alice, make.network())
        opening = make.opening()
        with unit_of_work():
            save_opening(Actor(personas.alice.id), opening, clock.now())
    with count_queries() as count:
        assert alice.get("/journey").status_code == 200
    assert count.total <= 8
    with count_queries() as count:
        assert alice.get("/journey", htmx=True).status_code == 200
    assert count.total <= 3

"""Tell where I have worked: it shows on my page, and makes colleagues for the two-hats wall."""

import pytest
from sqlalchemy import select

from portal.kernel.db import session
from portal.people.forms.work import read_month
from portal.people.models import Affiliation, Work
from portal.people.policy.profile import MOST_WORK

BOTH = pytest.mark.parametrize("htmx", [False, True])
PATH = "/journey/profile/work"
TYPED = {
    "workplace": "Nordbygg AB",
    "title": "Platschef",
    "began": "2019-08",
    "ended": "",
    "text": "Två broar.\nEn tunnel.",
}


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def works(person):
    session().rollback()
    query = select(Work).where(Work.person_id == person.id).order_by(Work.id)
    return session().scalars(query).all()


def keys(person):
    session().rollback()
    query = select(Affiliation.key).where(Affiliation.person_id == person.id)
    return set(session().scalars(query))


@BOTH
def test_a_workplace_is_added_once_even_by_a_double_click(personas, alice, htmx):
    for _time in range(2):
        answer = alice.post(PATH, TYPED, htmx=htmx)
        assert answer.status_code == (204 if htmx else 303)
        assert answer.headers["HX-Redirect" if htmx else "Location"] == "/journey/profile#work"
    (work,) = works(personas.alice)
    assert (work.workplace, work.title, str(work.began_on)) == (
        "Nordbygg AB",
        "Platschef",
        "2019-08-01",
    )
    assert work.ended_on is None
    text = alice.get("/journey/profile").text
    assert "Var du har arbetat är sparat." in text
    for words in ("Platschef", "Nordbygg AB", "augusti 2019", "En tunnel."):
        assert words in text


def test_it_makes_colleagues_and_no_longer_when_it_is_taken_away(personas, alice):
    alice.post(PATH, TYPED)
    assert "name:nordbygg" in keys(personas.alice)
    (work,) = works(personas.alice)
    alice.post(f"{PATH}/{work.id}", TYPED | {"workplace": "Sydbygg"})
    assert "name:sydbygg" in keys(personas.alice)
    assert "name:nordbygg" not in keys(personas.alice)
    alice.post(f"{PATH}/{work.id}/removal")
    assert "name:sydbygg" not in keys(personas.alice)


def test_several_may_go_on_at_once_and_stand_before_those_that_ended(alice):
    for title, began, ended in (
        ("Lärling", "2001-01", "2004-05"),
        ("Platschef", "2019-08", ""),
        ("Lärare", "2018-01", ""),
        ("Lagbas", "2004-06", "2010-01"),
    ):
        alice.post(PATH, {"workplace": "Bygg", "title": title, "began": began, "ended": ended})
    text = alice.get("/journey/profile").text
    places = [text.index(f">{title}<") for title in ("Platschef", "Lärare", "Lagbas", "Lärling")]
    assert places == sorted(places)


@BOTH
def test_a_workplace_is_changed_and_the_form_shows_it(personas, alice, htmx):
    alice.post(PATH, TYPED)
    (work,) = works(personas.alice)
    form = alice.get(f"{PATH}/{work.id}").text
    assert 'value="2019-08"' in form
    answer = alice.post(f"{PATH}/{work.id}", TYPED | {"ended": "2021-02"}, htmx=htmx)
    assert answer.status_code == (204 if htmx else 303)
    (changed,) = works(personas.alice)
    assert (changed.id, str(changed.ended_on)) == (work.id, "2021-02-01")


@BOTH
def test_a_workplace_is_taken_away_and_doing_it_again_does_no_harm(personas, alice, htmx):
    alice.post(PATH, TYPED)
    number = works(personas.alice)[0].id
    for _time in range(2):
        answer = alice.post(f"{PATH}/{number}/removal", htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    assert works(personas.alice) == []
    if htmx:
        assert answer.text.lstrip().startswith('<section class="section" id="work"')


@BOTH
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"workplace": " "}, "workplace"),
        ({"workplace": "x" * 121}, "workplace"),
        ({"title": "x" * 121}, "title"),
        ({"text": "x" * 2001}, "text"),
        ({"began": ""}, "began"),
        ({"began": "i somras"}, "began"),
        ({"began": "2019-13"}, "began"),
        ({"began": "1019-08"}, "began"),
        ({"began": "9999-08"}, "began"),
        ({"ended": "2019-07"}, "ended"),
        ({"ended": "aldrig"}, "ended"),
    ],
)
def test_what_can_not_be_taken_is_said_at_its_field(personas, alice, changed, field, htmx):
    answer = alice.post(PATH, TYPED | changed, htmx=htmx)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert ("<html" in answer.text) is not htmx
    assert "En tunnel." in answer.text or "text" in changed
    assert works(personas.alice) == []


@pytest.mark.parametrize(
    "typed", ["2019-08", "2019-8", "201908", "2019/08", "2019-08-15", "8/2019", "08 2019"]
)
def test_a_month_is_read_as_people_write_it(typed):
    assert str(read_month(typed)) == "2019-08-01"


@BOTH
def test_other_peoples_workplaces_are_not_there(personas, alice, htmx):
    alice.post(PATH, TYPED)
    (work,) = works(personas.alice)
    bob = personas.browser(personas.bob)
    for path in (f"{PATH}/{work.id}", f"{PATH}/{work.id + 1}", f"{PATH}/{'9' * 25}"):
        assert bob.get(path, htmx=htmx).status_code == 404
        assert bob.post(path, TYPED | {"title": "Kapat"}, htmx=htmx).status_code == 404
        assert bob.post(f"{path}/removal", htmx=htmx).status_code < 500
    assert [one.title for one in works(personas.alice)] == ["Platschef"]
    assert works(personas.bob) == []


def test_a_workplace_can_not_be_given_to_somebody_else(personas, alice):
    alice.post(PATH, TYPED | {"person_id": str(personas.bob.id), "id": "77"})
    assert works(personas.bob) == []
    (work,) = works(personas.alice)
    assert work.id != 77
    alice.post(f"{PATH}/{work.id}", TYPED | {"person_id": str(personas.bob.id)})
    assert works(personas.bob) == []


def test_there_is_room_for_so_many(personas, alice):
    for number in range(MOST_WORK):
        assert alice.post(PATH, TYPED | {"title": f"Nr {number}"}).status_code == 303
    answer = alice.post(PATH, TYPED | {"title": "En till"})
    assert answer.status_code == 422
    assert 'id="workplace-error"' in answer.text
    assert len(works(personas.alice)) == MOST_WORK


def test_markup_is_escaped(personas, alice):
    alice.post(PATH, TYPED | dict.fromkeys(("workplace", "title", "text"), "<script>x()</script>"))
    (work,) = works(personas.alice)
    own = f"/people/{personas.alice.public_id}"
    for path in ("/journey/profile", f"{PATH}/{work.id}", own, "/journey/visibility"):
        text = alice.get(path).text
        assert "<script>x" not in text
        assert "&lt;script&gt;x" in text


@BOTH
def test_without_a_token_nothing_changes(personas, alice, htmx):
    assert alice.post(PATH, TYPED, htmx=htmx, token="").status_code == 400
    assert works(personas.alice) == []

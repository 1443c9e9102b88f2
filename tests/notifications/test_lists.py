"""Lists: what their names mean, and that leaving one leaves just that one, whatever was chosen."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.text import LANGUAGES, speaking
from portal.networks.models import Membership, Network
from portal.notifications.actions import held_place, leave_list, mailing_list, rejoin_list
from portal.notifications.models import Choice, ListLink, Rhythm
from portal.notifications.policy import GATHERINGS, KINDS, Meant, read_list, write_list
from portal.notifications.queries import choices_of, off_since, rhythm_of
from tests.conftest import NOW

CHOSEN = [code for code, kind in KINDS.items() if kind.cadence]
CADENCES = ("now", "daily", "weekly", "never")


def test_names_are_read_as_they_are_written():
    assert read_list("weekly") == Meant(gathering="weekly")
    assert read_list("requests@7") == Meant(kind=KINDS["requests"], network_id=7)
    for kind in CHOSEN:
        for network_id in (None, 1, 999_999_999):
            meant = read_list(write_list(kind, network_id))
            assert (meant.kind, meant.network_id) == (KINDS[kind], network_id)


@pytest.mark.parametrize(
    "written", ["", "answers", "weekly@7", "events@", "events@x", "poems", "@7"]
)
def test_what_is_no_list_means_nothing(written):
    assert read_list(written) == Meant()


@pytest.mark.parametrize(
    ("written", "list_id", "names"),
    [
        ("weekly", "weekly", {"sv": "Veckans sammandrag", "en": "The weekly digest"}),
        ("events", "events", {"sv": "Nya evenemang", "en": "New events"}),
        ("events@", "events.bygg", {"sv": "Nya evenemang i Bygg", "en": "New events in Bygg"}),
    ],
)
def test_a_list_is_named_in_the_language_spoken(personas, written, list_id, names):
    written += str(personas.network.id) if written.endswith("@") else ""
    person_id, paths = personas.alice.id, set()
    for language in LANGUAGES:
        with speaking(language), unit_of_work():
            made = mailing_list(person_id, written, NOW)
        assert (made.id, made.name) == (list_id, names[language])
        paths.add(made.off_path)
    (path,) = paths
    assert len(path.removeprefix("/mail/lists/")) == 43, "256 bits"
    assert session().scalars(select(ListLink.token)).all() == [path.split("/")[-1]]


def test_each_person_has_a_word_of_their_own_for_each_list(personas):
    people = (personas.alice, personas.bob)
    with unit_of_work():
        made = {
            mailing_list(person.id, written, NOW).off_path
            for person in people
            for written in ("now", "weekly", "events")
        }
    assert len(made) == 6


def test_a_hidden_network_is_not_named_to_who_no_longer_belongs(personas, make):
    hidden = make.network("Ledning", slug="ledning", visibility="hidden")
    make.membership(personas.alice, hidden)
    written = write_list("events", hidden.id)
    with unit_of_work() as work:
        assert mailing_list(personas.alice.id, written, NOW).name == "Nya evenemang i Ledning"
        work.execute(delete(Membership).where(Membership.network_id == hidden.id))
        assert mailing_list(personas.alice.id, written, NOW).name == "Nya evenemang"


def everything(person, networks):
    """All that the person would be mailed: each kind in each network, and each mail that gathers."""
    session().rollback()
    stood = choices_of([person.id])[person.id]
    told = {(k, n): stood.about(k, n) for k in CHOSEN for n in (None, *networks)}
    rhythm = rhythm_of(person.id)
    return told | {(one, None): off_since(rhythm, one) is None for one in GATHERINGS}


@pytest.fixture
def two(personas, make):
    """Two networks that Alice belongs to."""
    other = make.network("Vård", slug="vard")
    make.membership(personas.alice, other)
    return personas.network.id, other.id


SCOPES = st.sampled_from([None, 0, 1])
WISHES = st.dictionaries(
    st.tuples(st.sampled_from(CHOSEN), SCOPES),
    st.tuples(st.booleans(), st.sampled_from(CADENCES)),
    max_size=8,
)
NAMES = st.one_of(
    st.tuples(st.sampled_from(CHOSEN), SCOPES), st.tuples(st.sampled_from([*GATHERINGS]), st.none())
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=WISHES, off=st.sets(st.sampled_from([*GATHERINGS])), left=NAMES)
def test_leaving_a_list_leaves_exactly_that_one_and_undoing_gives_it_back(
    personas, two, wishes, off, left
):
    numbers = {None: None, 0: two[0], 1: two[1]}
    name, network_id = left[0], numbers[left[1]]
    with unit_of_work() as work:
        for model in (Choice, Rhythm, ListLink):
            work.execute(delete(model))
        work.add(Rhythm(person_id=personas.alice.id, **{f"{one}_off_at": NOW for one in off}))
        for (kind, scope), (in_portal, cadence) in wishes.items():
            row = Choice(kind=kind, network_id=numbers[scope], in_portal=in_portal)
            row.person_id, row.cadence, row.chosen_at = personas.alice.id, cadence, NOW
            work.add(row)
        written = name if name in GATHERINGS else write_list(name, network_id)
        token = mailing_list(personas.alice.id, written, NOW).off_path.split("/")[-1]
    before = everything(personas.alice, two)
    for _twice in range(2):
        with unit_of_work():
            leave_list(held_place(token), clock.now())
    after = everything(personas.alice, two)
    if name in GATHERINGS:
        assert {key for key in before if before[key] != after[key]} <= {(name, None)}
        assert after[name, None] is False
    else:
        follows = {(name, n) for scope, n in numbers.items() if (name, scope) not in wishes}
        touched = {(name, network_id)} | (follows if network_id is None else set())
        assert {key for key in before if before[key] != after[key]} <= touched
        assert after[name, network_id].cadence == "never"
        assert {key: one for key, one in after.items() if key[0] in GATHERINGS} == {
            key: one for key, one in before.items() if key[0] in GATHERINGS
        }
        assert all(after[key].in_portal == before[key].in_portal for key in touched)
    with unit_of_work():
        rejoin_list(held_place(token), clock.now())
    assert everything(personas.alice, two) == before


def test_a_list_of_a_network_that_is_gone_can_still_be_left(personas, two):
    with unit_of_work() as work:
        path = mailing_list(personas.alice.id, write_list("events", two[1]), NOW).off_path
        work.execute(delete(Membership).where(Membership.network_id == two[1]))
        work.execute(delete(Network).where(Network.id == two[1]))
    for _twice in range(2):
        answer = personas.app.test_client().post(path)
        assert answer.status_code == 200
        assert "Inget skickas längre" in answer.text

"""The way out of a list: RFC 8058, sentence by sentence, and the page that people see."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.db import db, session, unit_of_work
from portal.kernel.mail import MailingList, as_message
from portal.kernel.mail.box import post
from portal.kernel.mail.letters import Letter, Reader
from portal.notifications.actions import choose, choose_in
from portal.notifications.models import Choice
from portal.notifications.policy import Told
from portal.notifications.queries import choices_of, my_networks, off_since, rhythm_of
from portal.people.actions import merge_people, preview_merge
from tests.conftest import NOW
from tests.notifications.lists import box, link, waiting
from tests.support.at_once import at_once, posting
from tests.support.browser import TOKEN

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
PROVIDERS = ("", "Mozilla/5.0 (compatible; GoogleImageProxy)", "\u00fc")
UNDO = "Ångra"


@pytest.fixture
def weekly(personas):
    return link(personas.alice, "weekly")


@pytest.fixture
def provider(portal):
    """A mail provider: no cookies, no token, no referrer, nothing kept from one request to the next."""
    return portal.test_client(use_cookies=False)


def is_off(person, gathering="weekly"):
    session().rollback()
    return off_since(rhythm_of(person.id), gathering) is not None


def cadence(person, kind, network=None):
    session().rollback()
    return choices_of([person.id])[person.id].about(kind, network and network.id).cadence


def every_row():
    session().rollback()
    return {
        name: session().execute(select(table)).all() for name, table in db.metadata.tables.items()
    }


def message(portal, path, base="https://kundidat.example"):
    reader = Reader("alice@example.com")
    with unit_of_work():
        letter = Letter("Veckan", "Hej\n", "<p>Hej</p>")
        mail = post("digest", letter, reader, MailingList("weekly", "Veckans sammandrag", path))
    settings = portal.extensions["settings"]
    there = type(settings)(**vars(settings) | {"base_url": base})
    return as_message(mail, there)


def test_the_header_has_one_https_address_and_the_post_header_its_only_value(portal, weekly):
    """3.1: MUST contain one HTTPS URI; the other MUST contain the single key/value pair."""
    sent = message(portal, weekly)
    assert sent.get_all("List-Unsubscribe") == [f"<https://kundidat.example{weekly}>"]
    assert sent.get_all("List-Unsubscribe-Post") == ["List-Unsubscribe=One-Click"]


def test_the_address_is_opaque_and_hard_to_forge(personas, weekly):
    """3.1: the URI SHOULD include an opaque identifier or another hard-to-forge component."""
    token = weekly.removeprefix("/mail/lists/")
    assert len(token) == 43
    for part in (str(personas.alice.id), "alice", "weekly", personas.alice.public_id):
        assert len(part) < 3 or part not in token
    other = link(personas.bob, "weekly")
    assert sum(a == b for a, b in zip(weekly[-43:], other[-43:], strict=True)) < 15


@pytest.mark.parametrize("agent", PROVIDERS)
@pytest.mark.parametrize("body", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_post_without_anything_but_its_body_switches_off(personas, provider, weekly, body, agent):
    """3.2: the POST has no cookies, authorization or other context; both encodings; no redirect."""
    headers = {"User-Agent": agent.encode().decode("latin-1")} if agent else {}
    answer = provider.post(weekly, data=ONE_CLICK, content_type=body, headers=headers)
    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert is_off(personas.alice)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"List-Unsubscribe=One-Click", "text/plain"),
        (b"--x\r\nnot a part", "multipart/form-data; boundary=x"),
        (b"csrf_token=stale&List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
    ],
)
def test_whatever_the_body_is_a_valid_address_answers_200(personas, provider, weekly, body, kind):
    assert provider.post(weekly, data=body, content_type=kind).status_code == 200
    assert is_off(personas.alice)


def test_the_tenth_time_is_as_the_first_and_nothing_is_counted(personas, provider, weekly):
    """One provider posts for very many people from one address: there is no limit."""
    for _time in range(12):
        assert provider.post(weekly, data=ONE_CLICK).status_code == 200
    session().rollback()
    assert session().scalar(select(func.count()).select_from(db.metadata.tables["tally"])) == 0
    assert is_off(personas.alice)


def test_opening_it_changes_no_row(personas, provider, weekly):
    """Scanners open every link (3: a GET must not unsubscribe)."""
    before = every_row()
    for path in (weekly, f"{weekly}/undoing"):
        answers = [provider.get(path), provider.head(path), provider.get(path)]
        assert [answer.status_code for answer in answers] == [200] * 3
        assert "Set-Cookie" not in answers[0].headers
    assert every_row() == before
    assert not is_off(personas.alice)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_no_other_method_is_taken(personas, provider, weekly, method):
    assert provider.open(weekly, method=method).status_code in (400, 405)
    assert not is_off(personas.alice)


def test_an_unknown_address_is_not_there(provider, personas, weekly):
    for token in ("missing", weekly[-43:-1] + "!", weekly[-43:].swapcase(), "A" * 5000):
        path = f"/mail/lists/{token}"
        for answer in (provider.get(path), provider.post(path), provider.post(f"{path}/undoing")):
            assert answer.status_code == 404
    assert not is_off(personas.alice)


def test_it_is_kept_by_no_cache(provider, weekly):
    for answer in (provider.get(weekly), provider.post(weekly)):
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert 'content="noindex"' in answer.text


def test_the_page_says_which_list_of_which_address_and_has_one_button(provider, weekly):
    page = provider.get(weekly).text
    assert "Stäng av: Veckans sammandrag" in page
    assert "a…@example.com" in page
    assert "alice@" not in page
    assert "Alice" not in page
    assert page.count("<button") == 1
    assert f'action="{weekly}"' in page
    assert 'name="List-Unsubscribe" value="One-Click"' in page
    assert not TOKEN.search(page)


def test_afterwards_it_says_what_is_off_what_still_comes_and_offers_to_undo(provider, weekly):
    page = provider.post(weekly).text
    assert "Avstängt: Veckans sammandrag" in page
    assert "Det här kommer ändå" in page
    assert f'action="{weekly}/undoing"' in page
    assert 'href="/notices/settings"' in page
    assert UNDO in page
    again = provider.post(f"{weekly}/undoing")
    assert again.status_code == 200
    assert "Stäng av: Veckans sammandrag" in again.text


@pytest.mark.parametrize("who", ["alice", "bob", "kim"])
def test_it_acts_on_its_own_person_whoever_is_signed_in(personas, weekly, who):
    browser = personas.browser(getattr(personas, who))
    answer = browser.post(weekly, token="")
    assert answer.status_code == 200
    assert is_off(personas.alice)
    assert not is_off(personas.bob)
    for person in (personas.alice, personas.bob, personas.kim):
        assert person.name not in answer.text
    assert browser.get("/account").status_code == 200, "they are still signed in"


def test_each_list_is_left_alone(personas, make, provider):
    vard = make.network("Vård", slug="vard")
    make.membership(personas.alice, vard)
    provider.post(link(personas.alice, f"events@{vard.id}"))
    assert cadence(personas.alice, "events", vard) == "never"
    assert cadence(personas.alice, "events", personas.network) == "daily"
    assert cadence(personas.alice, "openings", vard) == "weekly"
    provider.post(link(personas.alice, "weekly"))
    assert [is_off(personas.alice, one) for one in ("now", "daily", "weekly")] == [
        False,
        False,
        True,
    ]


def test_undoing_gives_back_what_was_chosen_before(personas, provider):
    bygg = personas.network
    path = link(personas.alice, f"events@{bygg.id}")
    me = Actor(personas.alice.id)
    with unit_of_work():
        choose_in(me, my_networks(me)[0], {"events": Told(False, "now")}, NOW)
    provider.post(path)
    assert cadence(personas.alice, "events", bygg) == "never"
    provider.post(f"{path}/undoing")
    assert cadence(personas.alice, "events", bygg) == "now"
    session().rollback()
    assert [one.in_portal for one in session().scalars(select(Choice))] == [False] * 3


def test_undoing_leaves_alone_what_was_chosen_since(personas, provider):
    path = link(personas.alice, f"events@{personas.network.id}")
    provider.post(path)
    me = Actor(personas.alice.id)
    with clock.stopped_at(NOW + timedelta(hours=1)), unit_of_work():
        choose_in(me, my_networks(me)[0], {"events": Told(True, "weekly")}, clock.now())
    answer = provider.post(f"{path}/undoing")
    assert answer.status_code == 200
    assert cadence(personas.alice, "events", personas.network) == "weekly"


def test_what_was_off_before_is_not_turned_on_by_undoing(personas, provider):
    path = link(personas.alice, f"events@{personas.network.id}")
    me = Actor(personas.alice.id)
    with unit_of_work():
        choose_in(me, my_networks(me)[0], {"events": Told(True, "never")}, NOW)
    assert UNDO not in provider.post(path).text
    provider.post(f"{path}/undoing")
    assert cadence(personas.alice, "events", personas.network) == "never"


def test_many_at_once_leave_it_once_and_none_of_them_fails(personas, portal):
    path = link(personas.alice, f"events@{personas.network.id}")

    def post():
        with portal.app_context():
            return portal.test_client(use_cookies=False).post(path, data=ONE_CLICK)

    alice = personas.browser(personas.alice)
    own = {"scope": "own", "events-cadence": "now", "openings-cadence": "weekly"}
    choosing = posting(alice, f"/notices/settings/networks/{personas.network.slug}", **own)
    answers = at_once([post] * 6 + [choosing])
    assert sorted(answer.status_code for answer in answers) == [200] * 6 + [303]
    session().rollback()
    current = select(Choice.cadence).where(Choice.kind == "events", Choice.ended_at.is_(None))
    assert session().scalars(current).one() in ("never", "now")


@pytest.mark.parametrize("htmx", [False, True])
def test_it_can_be_turned_on_again_among_the_choices(personas, provider, weekly, htmx):
    provider.post(weekly)
    alice = personas.browser(personas.alice)
    assert "Veckans sammandrag: avstängt" in alice.get("/notices/settings").text
    for wanted in ("monthly", "weekly", "weekly"):
        alice.post("/notices/settings/lists", {"list": wanted}, htmx=htmx)
    assert not is_off(personas.alice)
    log = alice.get("/account/log").text
    assert log.count("Mejl av ett slag stängdes av med länken i ett mejl") == 1
    assert log.count("Mejl av ett slag som hade stängts av kommer igen") == 1


def test_a_mail_of_the_list_that_has_not_left_is_taken_back(personas, provider, weekly):
    box(personas.alice, personas.bob)
    provider.post(weekly)
    assert waiting(personas.alice) == ["", "events", "events.bygg", "events.vard"]
    assert waiting(personas.bob) == ["weekly"]


def test_when_two_rows_become_one_the_kept_ones_choices_stay_and_all_links_work(
    personas, provider, weekly
):
    kept, gone, kim = (
        personas.bob,
        personas.alice,
        Actor(personas.kim.id, "", frozenset({"administrator"})),
    )
    personas.make.membership(kept, personas.network)
    for person, told in ((kept, {"events": "now"}), (gone, {"events": "never", "openings": "now"})):
        me, wishes = Actor(person.id), {kind: Told(True, when) for kind, when in told.items()}
        with unit_of_work():
            choose(me, wishes, 8, 0, NOW)
            choose_in(me, my_networks(me)[0], wishes, NOW)
    with unit_of_work():
        seen = preview_merge(kept, gone, frozenset(), NOW).seen
        merge_people(kim, kept.id, gone.id, seen, frozenset(), NOW)
    for network in (None, personas.network):
        assert cadence(kept, "events", network) == "now"
        assert cadence(kept, "openings", network) == "now"
    assert provider.post(weekly).status_code == 200
    assert is_off(kept)

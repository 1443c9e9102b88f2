"""Nobody copies the whole list: names and profiles are counted by the hour (CHECKS E1, E4)."""

import re

import pytest

from portal.kernel import clock
from tests.conftest import NOW
from tests.support.browser import Browser
from tests.support.databases import open_sqlite
from tests.support.make import Make

NAME = re.compile(r'class="person-name"')
LIMIT = 100


@pytest.fixture
def small(tmp_path):
    """A portal with a hundred names an hour, and a member who wants them all."""
    database = open_sqlite(tmp_path / "small.db", PORTAL_NAMES_PER_HOUR=str(LIMIT))
    with clock.stopped_at(NOW), database.portal.app_context():
        make = Make()
        for number in range(150):
            make.person(f"Person {number:03}", name_shown="members")
        yield database, make, make.person("Sven Skrapa")
    database.drop()


def crawl(browser, path="/people"):
    """Follow the list until it ends or stops; return how many names were shown, and the answer."""
    shown = 0
    while True:
        answer = browser.get(path)
        shown += len(NAME.findall(answer.text))
        more = re.search(r'rel="next" href="([^"]+)"', answer.text)
        if answer.status_code != 200 or not more:
            return shown, answer
        path = more[1].replace("&amp;", "&")


def test_a_crawl_stops_at_the_limit_with_a_reason_and_goes_on_after_an_hour(small):
    database, _make, person = small
    shown, answer = crawl(Browser(database.portal).sign_in(person))
    assert shown == LIMIT
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert "Vänta" in answer.text
    part = Browser(database.portal).sign_in(person).get("/people?q=per", htmx=True)
    assert part.status_code == 429
    assert part.headers["HX-Retarget"] == "#flash"
    with clock.stopped_at(clock.now().replace(hour=clock.now().hour + 1, minute=1)):
        assert crawl(Browser(database.portal).sign_in(person))[0] == LIMIT


def test_others_are_not_held_up_by_it(small):
    database, make, person = small
    crawl(Browser(database.portal).sign_in(person))
    with database.portal.app_context():
        other = make.person("Anna Annan")
    assert Browser(database.portal).sign_in(other).get("/people").status_code == 200


@pytest.mark.parametrize("ending", ["", "/contact.vcf"])
def test_profiles_are_counted_by_the_hour_too(tmp_path, ending):
    database = open_sqlite(tmp_path / "small.db", PORTAL_PROFILES_PER_HOUR="3")
    with clock.stopped_at(NOW), database.portal.app_context():
        make = Make()
        path = f"/people/{make.person('Anna Annan', name_shown='members').public_id}"
        browser = Browser(database.portal).sign_in(make.person("Sven Skrapa"))
        assert [browser.get(path).status_code for _time in range(3)] == [200] * 3
        assert browser.get(f"{path}{ending}").status_code == 429
        other = Browser(database.portal).sign_in(make.person("Bo Annan"))
        assert other.get(f"{path}{ending}").status_code == 200
    database.drop()

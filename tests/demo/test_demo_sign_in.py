"""In demo mode one click signs in as somebody of each role; otherwise there is no such thing."""

import pytest

from portal.demo.actions import DEMO_ROLES
from portal.kernel.db import db
from tests.support.browser import Browser
from tests.support.databases import portal_on


@pytest.fixture(scope="module")
def app(database):
    return portal_on(database.url, PORTAL_DEMO="1")


@pytest.fixture
def demo(app, portal, make):
    for role, (_key, address) in DEMO_ROLES.items():
        make.person(f"Demo {role}", address=address)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("role", list(DEMO_ROLES))
def test_one_click_signs_in_as_each_role(demo, role, htmx):
    browser = Browser(demo)
    page = browser.get("/sign-in?next=/terms")
    assert f'name="role" value="{role}"' in page.text
    answer = browser.post("/demo/sign-in", {"role": role, "next": "/terms"}, htmx=htmx)
    assert answer.headers["HX-Redirect" if htmx else "Location"] == "/terms"
    assert f"Demo {role}" in browser.get("/account").text


def test_the_buttons_are_the_roles_of_the_demo_world(demo):
    page = Browser(demo).get("/sign-in")
    assert page.text.count('action="/demo/sign-in"') == len(DEMO_ROLES) == 5


def test_another_role_is_a_404_and_next_stays_here(demo):
    browser = Browser(demo)
    assert browser.post("/demo/sign-in", {"role": "nobody"}).status_code == 404
    assert browser.post("/demo/sign-in").status_code == 404
    answer = browser.post("/demo/sign-in", {"role": "alumna", "next": "//evil.example"})
    assert answer.headers["Location"] == "/"


def test_without_demo_mode_there_is_no_such_thing(browser, make):
    make.person("Demo", address=DEMO_ROLES["alumna"][1])
    assert "/demo/sign-in" not in browser.get("/sign-in").text
    answer = browser.post("/demo/sign-in", {"role": "alumna"})
    assert answer.status_code == 404
    assert browser.get("/account").status_code == 303

"""No form of signing in or of the account is taken without this session's own token."""

import re

import pytest

from tests.support.browser import Browser


def paths(portal, method="POST"):
    """Every path under which an account or the demo is acted on, with something in its variables.

    Not where a mail server tells what came back: it has no session (tests/test_routes.py).
    """
    rules = [
        rule
        for rule in portal.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in ("accounts", "demo")
        and method in (rule.methods or ())
        and not getattr(portal.view_functions[rule.endpoint], "needs_no_token", False)
    ]
    return sorted({re.sub(r"<[^>]+>", "abc", rule.rule) for rule in rules})


def test_there_are_forms_to_forge(portal):
    assert {"/sign-in", "/account/password", "/account/addresses/new"} <= set(paths(portal))


@pytest.mark.parametrize("htmx", [False, True])
def test_a_form_without_our_token_is_refused(personas, htmx):
    for browser in (Browser(personas.app), personas.browser(personas.alice)):
        foreign = Browser(personas.app)
        foreign.get("/about")
        for path in paths(personas.app):
            for token in ("", "made up", foreign.token):
                browser.get("/about")
                form = {"lang": "en", "role": "alumna"}
                answer = browser.post(path, form, token=token, htmx=htmx)
                assert answer.status_code == 400, (path, token)
                assert "Gå tillbaka, ladda om den" in answer.text
    assert browser.get("/account").status_code == 200


def test_a_get_never_acts(personas):
    browser = personas.browser(personas.alice)
    for path in paths(personas.app):
        assert browser.get(path).status_code in (200, 303, 404, 405), path
        assert browser.get("/account").status_code == 200, path

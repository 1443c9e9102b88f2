"""No form of signing in is taken without this session's own token."""

import pytest

from tests.support.browser import Browser

POSTS = [
    "/sign-in",
    "/sign-up",
    "/sign-in/code",
    "/sign-in/code/renewal",
    "/sign-in/link/abc/def",
    "/sign-in/password",
    "/sign-out",
    "/language",
    "/account/password",
    "/account/password/removal",
    "/account/confirmation",
    "/account/sessions/abc/end",
    "/account/sessions/end",
    "/demo/sign-in",
]


def rules(portal):
    return [
        rule
        for rule in portal.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in ("accounts", "demo") and "POST" in (rule.methods or ())
    ]


def test_the_list_is_complete(portal):
    assert len(rules(portal)) == len(POSTS)


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("path", POSTS)
def test_a_form_without_our_token_is_refused(personas, path, htmx):
    for browser in (Browser(personas.app), personas.browser(personas.alice)):
        foreign = Browser(personas.app)
        foreign.get("/about")
        for token in ("", "made up", foreign.token):
            browser.get("/about")
            answer = browser.post(path, {"lang": "en", "role": "alumna"}, token=token, htmx=htmx)
            assert answer.status_code == 400, (path, token)
            assert "Gå tillbaka, ladda om den" in answer.text
    assert browser.get("/account").status_code == 200


@pytest.mark.parametrize("path", POSTS)
def test_a_get_never_acts(personas, path):
    browser = personas.browser(personas.alice)
    assert browser.get(path).status_code in (200, 303, 404, 405)
    assert browser.get("/account").status_code == 200

"""Every act that matters for an account wants a fresh proof, with htmx and without (CHECKS A8)."""

import re

import pytest

from portal.accounts.policy import RECENT
from portal.kernel import clock
from tests.accounts.addresses import give, held
from tests.conftest import NOW
from tests.support.browser import Browser

# Acts under /account that need no proof, and why.
NEEDS_NONE = {
    "/account/proof": "is the proof",
    "/account/proof/mail": "is the proof",
    "/account/proof/code": "is the proof",
    "/account/sessions/<public_id>/end": "takes rights away and gives none",
    "/account/sessions/end": "takes rights away and gives none",
    "/account/addresses/code": "the mailed code is the proof; asking for it wanted one",
    "/account/addresses/link/<public_id>/<secret>": "the mailed link is the proof",
    "/account/addresses/confirmation/<public_id>/<secret>": "the mailed link is the proof",
    "/account/addresses/change/withdrawal": "leaves everything as it was",
}
# What there must be, wherever its routes are: changing how one comes in and where mails go.
MUST = {
    "/account/password",
    "/account/password/removal",
    "/account/addresses/new",
    "/account/addresses/code/renewal",
    "/account/addresses/<public_id>/removal",
    "/account/addresses/<public_id>/primary",
}


def posts(portal):
    """Return every act under /account, with whether its view wants a proof."""
    return {
        rule.rule: getattr(portal.view_functions[rule.endpoint], "wants_proof", False)
        for rule in portal.url_map.iter_rules()
        if rule.rule.startswith("/account") and "POST" in (rule.methods or ())
    }


def filled(rule):
    return re.sub(r"<[^>]+>", "abc", rule)


def test_every_act_wants_a_proof_or_says_why_not(portal):
    without = {rule for rule, wants in posts(portal).items() if not wants}
    unexplained = {rule for rule in without if not is_proof_of_itself(rule)} - NEEDS_NONE.keys()
    assert unexplained == set()
    assert {rule for rule, wants in posts(portal).items() if wants} >= MUST
    assert NEEDS_NONE.keys() <= posts(portal).keys()


def is_proof_of_itself(rule):
    """Say whether an act is one of the ways to prove it."""
    return rule.startswith("/account/proof/")


@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_session_is_asked_first_and_nothing_happens(personas, htmx):
    other = give(personas.alice, "alice@home.example.net")
    alice = personas.browser(personas.alice)
    wants = [rule for rule, proof in posts(personas.app).items() if proof]
    assert len(wants) >= 6
    with clock.stopped_at(NOW + RECENT):
        for rule in wants:
            path = filled(rule).replace("/abc/", f"/{other}/")
            form = {"password": "trumpet lagun vattentorn kexchoklad", "email": "x@example.net"}
            answer = alice.post(path, form, htmx=htmx)
            where = answer.headers.get("HX-Redirect" if htmx else "Location", "")
            assert answer.status_code == (204 if htmx else 303), rule
            assert where.startswith("/account/proof?next="), rule
        assert held(personas.alice) == ["alice@example.com", "alice@home.example.net"]


def test_their_pages_ask_too_so_that_nothing_typed_is_lost(personas):
    other = give(personas.alice, "alice@home.example.net")
    alice = personas.browser(personas.alice)
    pages = [
        rule.rule
        for rule in personas.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and posts(personas.app).get(rule.rule)
        and getattr(personas.app.view_functions[rule.endpoint], "wants_proof", False)
    ]
    assert {"/account/password", "/account/addresses/new"} <= set(pages)
    with clock.stopped_at(NOW + RECENT):
        for rule in pages:
            path = filled(rule).replace("/abc/", f"/{other}/")
            answer = alice.get(path)
            assert answer.headers["Location"] == f"/account/proof?next={path}", rule


@pytest.mark.parametrize("htmx", [False, True])
def test_a_visitor_is_asked_to_sign_in(personas, htmx):
    visitor = Browser(personas.app)
    for rule in posts(personas.app):
        if "confirmation" in rule:
            continue
        answer = visitor.post(filled(rule), htmx=htmx)
        where = answer.headers.get("HX-Redirect" if htmx else "Location", "")
        assert answer.status_code in (401, 303), rule
        assert where.startswith("/sign-in"), rule

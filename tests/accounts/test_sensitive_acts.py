"""Every act that matters for an account wants a fresh proof, with htmx and without (CHECKS A8)."""

import re

import pytest
from sqlalchemy import select

from portal.accounts.policy import RECENT
from portal.kernel import clock
from portal.kernel.db import session
from portal.people.models import Role
from tests.accounts.addresses import give, held
from tests.conftest import NOW
from tests.support.browser import Browser

# Acts under /account that need no proof, and why.
NEEDS_NONE = {
    "/account/clock": "chooses how times are written, no more",
    "/account/proof": "is the proof",
    "/account/proof/mail": "is the proof",
    "/account/proof/code": "is the proof",
    "/account/sessions/<public_id>/end": "takes rights away and gives none",
    "/account/sessions/end": "takes rights away and gives none",
    "/account/addresses/code": "the mailed code is the proof; asking for it wanted one",
    "/account/addresses/link/<public_id>/<secret>": "the mailed link is the proof",
    "/account/addresses/confirmation/<public_id>/<secret>": "the mailed link is the proof",
    "/account/addresses/undoing/<public_id>/<secret>": "the mailed link is the proof",
    "/account/addresses/change/withdrawal": "leaves everything as it was",
    "/account/addresses/<public_id>/trial": "mails a code to an address that is one's own already",
    "/account/addresses/<public_id>/allowance": "lets mails come where they came before",
}
# What there must be, wherever its routes are: changing how one comes in and where mails go.
MUST = {
    "/account/password",
    "/account/password/removal",
    "/account/addresses/new",
    "/account/addresses/code/renewal",
    "/account/addresses/<public_id>/removal",
    "/account/addresses/<public_id>/primary",
    "/account/passkeys",
    "/account/passkeys/<public_id>/removal",
    "/account/second-step/setup",
    "/account/second-step/removal",
    "/account/second-step/codes",
    "/account/organisations/<public_id>/removal",
}
# Rights of others. The export and erasure of one's data come later; they belong to MUST.
MUST_OF_STAFF = {
    "/admin/people/<public_id>/role",
    "/admin/people/<public_id>/role/end",
    "/admin/people/<public_id>/merge",
}


def posts(portal, below="/account"):
    """Return every act below an address, with whether its view wants a proof."""
    return {
        rule.rule: getattr(portal.view_functions[rule.endpoint], "wants_proof", False)
        for rule in portal.url_map.iter_rules()
        if rule.rule.startswith(below) and "POST" in (rule.methods or ())
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


@pytest.mark.parametrize("htmx", [False, True])
def test_staff_are_asked_before_they_change_the_rights_of_others(personas, htmx):
    kim, bob = personas.browser(personas.kim), personas.bob.public_id
    wants = {rule for rule, proof in posts(personas.app, "/admin").items() if proof}
    assert wants >= MUST_OF_STAFF
    with clock.stopped_at(NOW + RECENT):
        for rule in wants:
            answer = kim.post(rule.replace("<public_id>", bob), htmx=htmx)
            where = answer.headers.get("HX-Redirect" if htmx else "Location", "")
            assert where.startswith("/account/proof?next="), rule
    assert roles_of(personas.bob) == []


def roles_of(person):
    session().rollback()
    return session().scalars(select(Role.name).where(Role.person_id == person.id)).all()


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
        if "confirmation" in rule or "undoing" in rule:
            continue
        answer = visitor.post(filled(rule), htmx=htmx)
        where = answer.headers.get("HX-Redirect" if htmx else "Location", "")
        assert answer.status_code in (401, 303), rule
        assert where.startswith("/sign-in"), rule

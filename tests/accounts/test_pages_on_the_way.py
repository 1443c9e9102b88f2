"""Pages that one meets only in the middle of something are well made too, in both languages."""

import pytest

from portal.accounts.policy import RECENT
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.models import Organisation
from tests.accounts.addresses import give, link_in
from tests.accounts.walk import GOOD_PASSWORD, latest
from tests.conftest import NOW
from tests.support.browser import Browser
from tests.support.page_lint import lint_of

OLD, NEW = "alice@example.com", "alice@nordbygg.se"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_on_the_way_is_sound(personas, mailbox, language):
    app, wrong = personas.app, []
    other = give(personas.alice, NEW)
    with unit_of_work():
        session().add(Organisation(name="Nordbygg", kind="customer", domain="nordbygg.se"))
    alice = Browser(app).sign_in(personas.alice, language)
    reader = Browser(app)
    reader.get("/about")
    reader.post("/language", {"lang": language})
    lint = lint_of(app, language)

    def look(answer, name, *, whole=True):
        assert answer.status_code in (200, 422), (name, answer.status_code)
        faults = lint.page(answer.text) if whole else lint.fragment(answer.text)
        wrong.extend(f"{name}: {fault}" for fault in faults)

    look(alice.get("/account/addresses"), "two addresses, one at work")
    for form in ({"email": ""}, {"email": OLD}):
        look(alice.post("/account/addresses/new", form), "refused address")
        look(alice.post("/account/addresses/new", form, htmx=True), "refused address", whole=False)
    alice.post("/account/addresses/new", {"email": "alice@home.example.net"})
    link = link_in(latest(mailbox))
    for path in ("/account/addresses", "/account/addresses/code", link):
        look(alice.get(path), path)
    forged = link[:-1] + ("1" if link[-1] != "1" else "2")
    for path, form in (("/account/addresses/code", {"code": "000000"}), (forged, {})):
        look(alice.post(path, form), path)
        look(alice.post(path, form, htmx=True), path, whole=False)
    for end in ("removal", "primary"):
        look(alice.get(f"/account/addresses/{other}/{end}"), end)
    alice.post(f"/account/addresses/{other}/primary")
    look(alice.get("/account/addresses"), "a change waits")
    confirmations = [link_in(mailbox.to(address)[-1]) for address in (OLD, NEW)]
    for path in confirmations:
        look(reader.get(path), "confirmation")
        look(reader.post(path, htmx=True), "confirmed", whole=False)
        look(reader.get(path), "confirmed")
    alice.post("/account/password", {"password": GOOD_PASSWORD})
    look(alice.get("/account/password"), "password")
    look(alice.get("/account/log"), "log")
    with clock.stopped_at(NOW + RECENT):
        look(alice.get("/account/proof?next=/about"), "proof")
        for form in ({"password": ""}, {"password": "wrong"}):
            look(alice.post("/account/proof", form), "refused proof")
            look(alice.post("/account/proof", form, htmx=True), "refused proof", whole=False)
        alice.post("/account/proof/mail", {"next": "/about"})
        look(alice.get("/account/proof/code?next=/about"), "code of proof")
        look(alice.post("/account/proof/code", {"code": "000000"}), "refused code of proof")
        form = {"code": "000000"}
        look(alice.post("/account/proof/code", form, htmx=True), "refused code", whole=False)
    alice.post(f"/account/addresses/{other}/primary")
    with clock.stopped_at(NOW + RECENT * 3):
        look(reader.get(confirmations[0]), "long ago")
    assert wrong == []

"""The bell looks again each minute while somebody sees the page, and keeps quiet when it can't."""

from playwright.sync_api import expect
from sqlalchemy import select

from portal.accounts.models import UserSession
from portal.events.models import Event
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.notifications.actions import News, tell
from portal.people.models import EmailAddress

ALICE = "alice@kundidat.example"


def alice():
    session().rollback()
    query = select(EmailAddress.person_id).where(EmailAddress.address == ALICE)
    return session().scalar(query)


def tell_alice(number):
    with unit_of_work():
        event_id = session().scalar(select(Event.id).where(Event.network_id.is_not(None)))
        news = News("events", "EventAnnounced", event_id + number * 1000, f"test:{number}")
        tell([alice()], news, clock.now(), by_mail=False)


def turn(page, state):
    """Let the page be seen or hidden."""
    page.evaluate(
        """state => {
            Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_the_bell_looks_while_it_is_seen_and_rests_while_hidden(visit):
    visitor = visit().sign_in_as("alumna")
    page = visitor.page
    asked = []
    page.on("request", lambda sent: asked.append(sent.url) if "/notices/unread" in sent.url else 0)
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") + 3_600_000)
    visitor.open("/about")
    page.wait_for_function("window.htmx")
    before = int(page.locator("#bell").get_attribute("data-unread"))
    page.locator("#bell").focus()

    page.clock.run_for(59_000)
    assert asked == []
    tell_alice(1)
    page.clock.run_for(2_000)
    expect(page.locator("#bell")).to_have_attribute("data-unread", str(before + 1))
    assert page.title().startswith(f"({before + 1}) ")
    assert page.evaluate("document.activeElement.id") == "bell", "focus stays"
    assert len(asked) == 1

    turn(page, "hidden")
    page.clock.run_for(600_000)
    assert len(asked) == 1, "nobody sees it"
    tell_alice(2)
    turn(page, "visible")
    expect(page.locator("#bell")).to_have_attribute("data-unread", str(before + 2))
    assert len(asked) == 2, "at once on coming back"
    turn(page, "hidden")
    turn(page, "visible")
    page.clock.run_for(10_000)
    assert len(asked) == 2, "but not each time one changes tabs"

    visitor.context.set_offline(True)
    page.clock.run_for(61_000)
    expect(page.locator("#flash")).to_be_empty()
    visitor.context.set_offline(False)
    with unit_of_work() as work:
        for one in work.scalars(select(UserSession).where(UserSession.person_id == alice())):
            one.ended_at = clock.now()
    with page.expect_response("**/notices/unread*") as answer:
        page.clock.run_for(61_000)
    assert answer.value.status == 401
    sent = len(asked)
    page.clock.run_for(300_000)
    assert len(asked) == sent, "signed out, it asks no more"
    expect(page.locator("#flash")).to_be_empty()
    assert page.url.endswith("/about")
    visitor.faults.clear()


def test_reading_on_the_page_changes_the_bell_and_without_javascript_too(visit):
    page = visit().sign_in_as("coordinator").open("/notices")
    unread = int(page.locator("#bell").get_attribute("data-unread"))
    assert unread > 1
    page.locator(".item:has(.badge--new) .item-actions button").first.click()
    expect(page.locator("#bell")).to_have_attribute("data-unread", str(unread - 1))
    expect(page.locator(".item:has(.badge--new)")).to_have_count(unread - 1)
    page.get_by_role("button", name="Markera alla som lästa").click()
    expect(page.locator("#bell")).to_have_attribute("data-unread", "0")
    expect(page.locator("#flash")).to_contain_text("Allt här är läst")

    plain = visit(javascript=False).sign_in_as("administrator").open("/notices")
    first = plain.locator(".item:has(.badge--new) .item-title button").first
    words = first.inner_text()
    first.click()
    assert not plain.url.endswith("/notices"), "it leads to the thing itself"
    plain.locator("#bell").click()
    expect(plain.get_by_role("link", name=words)).to_be_visible()

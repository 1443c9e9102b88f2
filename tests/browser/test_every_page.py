"""Every page in both schemes and languages: no axe violation, no sideways scroll, no console error."""

import pytest

from tests.support.soundness import faults

PAGES = {
    None: (
        "/",
        "/openings",
        "/openings?q=finnsinte&county=01",
        "/openings/systemutvecklare-betalfloden",
        "/networks",
        "/networks/bygg-och-anlaggning",
        "/networks/alumner",
        "/events",
        "/events?when=past",
        "/events/kodkvall-cpp-i-verkligheten",
        "/events/oppet-hus-vidarebro",
        "/sign-in",
        "/sign-in/password",
        "/sign-in/with/acme/unproved",
        "/sign-up",
        "/about",
        "/privacy",
        "/accessibility",
        "/terms",
        "/nowhere",
    ),
    "alumna": (
        "/",
        "/openings",
        "/openings/systemutvecklare-betalfloden",
        "/networks",
        "/networks/vard-och-omsorg",
        "/networks/bygg-och-anlaggning",
        "/networks/bygg-och-anlaggning/members",
        "/networks/bygg-och-anlaggning/departure",
        "/events/studiebesok-vattenkraft",
        "/people",
        "/people?skill=Projektledning&place=G%C3%B6teborg",
        "/people?q=xyzzyx",
        "/journey",
        "/journey?show=memories",
        "/journey?year=2018",
        "/journey/print",
        "/journey/memories/new",
        "/journey/profile",
        "/journey/profile/work",
        "/journey/profile/skills?skill=svets",
        "/journey/door",
        "/journey/visibility",
        "/journey/as-others-see-me",
        "/journey/as-others-see-me?viewer=near:bygg-och-anlaggning",
        "/journey/as-others-see-me?viewer=visitor",
        "/notices/settings",
        "/notices/settings/networks/bygg-och-anlaggning",
        "/account",
        "/account/addresses",
        "/account/addresses/new",
        "/account/log",
        "/account/password",
        "/account/passkeys",
        "/account/second-step",
        "/account/organisations",
    ),
    "coordinator": ("/", "/today", "/notices", "/notices?show=unread", "/networks/vard-och-omsorg"),
    "administrator": (
        "/",
        "/admin",
        "/journey/corrections",
        "/admin/jobs",
        "/admin/mail",
        "/admin/people",
        "/admin/people?q=zzz",
        "/admin/organisations",
        "/admin/organisations?q=zzz",
        "/admin/organisations/new",
        "/admin/organisations/1",
        "/admin/relation-kinds",
        "/admin/relation-kinds/new",
        "/admin/relation-kinds/employee",
        "/admin/relation-kinds/mentor",
    ),
}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", PAGES)
def test_every_page_is_sound(visit, role, language):
    locale = {"sv": "sv-SE", "en": "en-GB"}[language]
    window = visit(locale=locale, viewport={"width": 320, "height": 640})
    if role:
        window.sign_in_as(role)
        speak(window.page, language)
    wrong = []
    for path in PAGES[role]:
        page = window.open(path)
        if page.evaluate("document.documentElement.lang") != language:
            wrong.append(f"{path}: not in {language}")
        wrong += faults(page, language)
    assert wrong == []


def speak(page, language):
    """Choose the language of the account, where an earlier test may have chosen another."""
    if page.evaluate("document.documentElement.lang") == language:
        return
    page.locator("details.menu summary").click()
    page.get_by_role("button", name={"sv": "Svenska", "en": "English"}[language]).click()
    page.wait_for_selector(f"html[lang={language}]")

"""Every kind of fact about a person says itself in three voices, in both languages, on its page."""

import re
from dataclasses import fields

import pytest

from portal.journey.policy import TELLINGS
from portal.kernel.facts import Fact
from portal.kernel.text import LANGUAGES
from tests.journey.reading import happens, plain

KINDS = {
    name: kind
    for name, kind in Fact.kinds.items()
    if kind.__module__.startswith("portal.") and "person_id" in {f.name for f in fields(kind)}
}
HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
TOLD = re.compile(r"<dd>(.*?)</dd>", re.DOTALL)
SILENT = {
    "sv": ("Ingenting: det här är bara ditt.", "Ingenting: det här får de aldrig veta."),
    "en": ("Nothing: this is yours alone.", "Nothing: they are never told this."),
}


def made(name, person):
    """A fact of this kind about a person, and about things that are gone."""
    ids = {field.name: 999_999 for field in fields(KINDS[name])}
    return KINDS[name](**ids | {"person_id": person.id})


def voices(browser, number):
    """What the person, staff and networks read of one entry, as its page says it."""
    text = browser.get(f"/journey/entries/{number}").text
    heading = plain(HEADING.search(text)[1])
    staff, network = (plain(words) for words in TOLD.findall(text)[:2])
    return heading, staff, network


def test_there_are_kinds_to_walk():
    assert len(KINDS) >= 30
    assert {"NetworkJoined", "MemoryAdded", "PasswordChanged"} <= KINDS.keys()


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_has_three_voices_in_both_languages(personas, name):
    browser = personas.browser(personas.alice)
    number = happens(made(name, personas.alice))
    telling = TELLINGS[name]
    if telling.told_with:
        assert browser.get(f"/journey/entries/{number}").status_code == 404
        assert telling.told_with in KINDS
        return
    spoken = {}
    for language in LANGUAGES:
        browser.post("/language", {"lang": language, "next": "/journey"})
        spoken[language] = voices(browser, number)
        me, staff, network = spoken[language]
        assert me
        # A memory that is gone says nothing to others; what it would say stands in its own tests.
        told = name != "MemoryAdded"
        assert (staff == SILENT[language][0]) is (telling.staff is None or not told)
        silent = telling.network is None or not told or telling.about == "relation"
        assert (network == SILENT[language][1]) is silent
        assert staff
        assert network
    assert all(sv != en for sv, en in zip(spoken["sv"], spoken["en"], strict=True))

"""Whether a page is sound in Chromium: no axe violation, no sideways scroll, in every look asked for."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Only what is wrong is worked out and told: what is right is most of a page.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
CHECK = """async rules => ({
  wide: document.documentElement.scrollWidth > innerWidth,
  found: (await axe.run(rules)).violations.map(one => `${one.id} ${one.nodes[0].html}`),
})"""
# A scheme and a width for each look. Contrast hangs on the scheme and the width, sizes and order on
# the width, names on the language: with two languages, every two of the three meet.
LOOKS: dict[str, tuple[tuple[Any, int], ...]] = {
    "sv": (("light", 320), ("dark", 1280)),
    "en": (("dark", 320), ("light", 1280)),
}


def faults(page: Page, language: str = "sv") -> list[str]:
    """Return what is wrong with the open page: loaded once, looked at in each way of the language."""
    before, found = page.viewport_size, []
    page.evaluate(AXE_SCRIPT)
    for scheme, width in LOOKS[language]:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 640})
        told = page.evaluate(CHECK, RULES)
        wrong = [*told["found"], *(["scrolls sideways"] if told["wide"] else [])]
        found += [f"{page.url}, {scheme} at {width}: {one}" for one in wrong]
    page.set_viewport_size(before or {"width": 1280, "height": 900})
    return found

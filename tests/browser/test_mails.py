"""Every mail in a narrow window, light and dark: read without scrolling sideways, and with contrast."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

MAILS = sorted((Path(__file__).parents[1] / "mails").glob("*.html"))
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
STYLE = re.compile(r'style="([^"]*)"')
BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
# What sticks out to the right, also where its own box would hide it; with the mail it stands in.
WIDE = """[...document.querySelectorAll('article *')]
    .filter(e => e.getBoundingClientRect().right > innerWidth || e.scrollWidth > innerWidth)
    .map(e => e.closest('article').id + ': ' + e.outerHTML)"""


def document(texts):
    """Put mails below each other, in a document as they have it."""
    head = next(iter(texts.values())).partition("<body")[0]
    bodies = (
        f'<article id="{name}">{BODY.search(text)[1]}</article>' for name, text in texts.items()
    )
    return f"{head}<body style='margin:0'>{''.join(bodies)}</body></html>"


def looks(texts):
    """Return as many of the mails as show every look that any has."""
    seen, some = set(), {}
    for name, text in texts.items():
        styles = set(STYLE.findall(text))
        if styles - seen:
            some[name] = text
        seen |= styles
    return some


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_mail_is_sound_in_a_narrow_window(chromium, scheme):
    texts = {path.stem: path.read_text("utf-8") for path in MAILS}
    assert len(texts) > 40
    page = chromium.new_page(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page.set_content(document(texts))
    wide = page.evaluate(WIDE)
    page.set_content(document(looks(texts)))
    found = Axe().run(page, options=RULES).response["violations"]
    page.close()
    assert wide == []
    assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in found] == []

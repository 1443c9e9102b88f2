"""Take the README's screenshot of a portal that is running: `python deploy/screenshot.py URL`."""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs" / "screenshot.png"


def main(address: str) -> None:
    """Save docs/screenshot.png, as an alumna sees the start page."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="sv-SE")
        page.goto(f"{address}/sign-in")
        page.locator("form[action='/demo/sign-in']:has([value='alumna']) button").click()
        page.wait_for_url(f"{address}/")
        page.screenshot(path=str(TARGET))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])

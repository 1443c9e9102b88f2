"""Reads templates and says which house rules they break."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "templates"
LONGEST = 80  # lines
FORM = re.compile(r"<form\b(.*?)</form>", re.DOTALL | re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
EVERYWHERE = {
    r"\|\s*safe\b": "|safe lets markup through unescaped",
    r"\bautoescape\b": "autoescape is never changed",
    r"\{%-?\s*if\s+(not\s+)?(htmx|is_partial|partial)\b(?!\.)": "a template never asks whether it is htmx",
    r"\bhx-boost\b": "hx-boost loses focus and announces nothing",
    r"\bhx-on\b": "hx-on needs unsafe-eval",
    r"[\"']\s*(javascript|js):": "a script in an attribute",
    r"\son[a-z]+\s*=": "an event attribute is inline script",
    r"<style\b": "inline style",
}
ON_PAGES = {r"[\s{\"']style\s*=": "style= is refused by the content policy"}


def templates() -> dict[str, str]:
    """Return the source of every template, by path below templates/."""
    found = sorted(path for path in ROOT.rglob("*") if path.suffix in (".html", ".txt", ".xml"))
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in found}


def faults(name: str, source: str) -> list[str]:
    """Return every broken rule of one template."""
    rules = (_contract, _length, _patterns, _scripts, _forms)
    return [f"{name}: {fault}" for rule in rules for fault in rule(name, source)]


def _contract(name: str, source: str) -> Iterator[str]:
    first = source.partition("#}")[0]
    if not source.startswith("{#"):
        yield "the first line is not a comment with its contract"
    elif Path(name).name.startswith("_") and not re.search(r"\bNeeds:", first):
        yield "a fragment's first line says what it Needs:"


def _length(_name: str, source: str) -> Iterator[str]:
    if (lines := len(source.splitlines())) > LONGEST:
        yield f"{lines} lines; {LONGEST} at most"


def _patterns(name: str, source: str) -> Iterator[str]:
    # A mail carries its looks in its own markup: readers of mail drop style sheets.
    rules = EVERYWHERE if name.startswith("mail/") else EVERYWHERE | ON_PAGES
    bare = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    for pattern, why in rules.items():
        if found := re.search(pattern, bare):
            yield f"{why}: {found[0].strip()}"


def _scripts(_name: str, source: str) -> Iterator[str]:
    for attributes in SCRIPT.findall(source):
        if "src=" not in attributes and 'type="application/ld+json"' not in attributes:
            yield "an inline script"


def _forms(_name: str, source: str) -> Iterator[str]:
    for form in FORM.findall(source):
        posts = re.search(r"method\s*=\s*[\"']post", form, re.IGNORECASE)
        if posts and "csrf" not in form:
            yield "a form that posts without a token"

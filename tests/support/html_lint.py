"""Says what is wrong with a page or fragment as a browser or a screen reader would meet it."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.support.html_tree import Element, read

TYPED = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button", "reset", "image")
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "for", "list")
HTMX_ADDRESS = {"hx-get": "GET", "hx-post": "POST", "hx-put": "PUT", "hx-delete": "DELETE"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SAID = ("aria-label", "placeholder", "alt", "title")
Resolves = Callable[[str, str], bool]  # (path, method) -> there is such a route
# Acts whose address is the right by itself: they take no token (tests/test_routes.py).
OPEN = "/mail/lists/"


@dataclass(frozen=True)
class Lint:
    """The lint for one language: which routes there are, and which texts belong to the other."""

    language: str
    resolves: Resolves
    foreign: frozenset[str] = frozenset()

    def page(self, markup: str) -> list[str]:
        """Return the faults of a whole page."""
        root, faults = read(markup)
        rules = (_document, _heading_order, _references)
        return [*faults, *self._common(root), *(f for rule in rules for f in rule(root))] + [
            f"<html lang> is not {self.language}"
            for html in root.all("html")
            if html.get("lang") != self.language
        ]

    def fragment(self, markup: str) -> list[str]:
        """Return the faults of a piece of a page."""
        root, faults = read(markup)
        if root.all("html", "body", "h1"):
            faults.append("a whole page where a fragment is asked for")
        return [*faults, *self._common(root)]

    def _common(self, root: Element) -> Iterator[str]:
        for rule in (_ids, _labels, _names, _images, _inline, _forms):
            yield from rule(root)
        yield from self._addresses(root)
        yield from self._words(root)

    def _addresses(self, root: Element) -> Iterator[str]:
        for element in root.walk():
            for address, method in addresses(element):
                if not self._leads_somewhere(address, method):
                    yield f"{element}: {method} {address} leads nowhere"

    def _leads_somewhere(self, address: str, method: str) -> bool:
        parts = urlsplit(address)
        if parts.scheme in ("mailto", "tel", "webcal") or parts.netloc or not parts.path:
            return bool(address)
        return parts.path.startswith("/") and self.resolves(parts.path, method)

    def _words(self, root: Element) -> Iterator[str]:
        for element in root.walk():
            if element.tag in ("script", "style") or _speaks_otherwise(element, self.language):
                continue
            texts = [" ".join(child.split()) for child in element.inside if isinstance(child, str)]
            texts += [element.get(name) for name in SAID]
            for text in texts:
                if text in self.foreign:
                    yield f"{element}: {text!r} is not in {self.language}"


def addresses(element: Element) -> Iterator[tuple[str, str]]:
    """Give every address an element leads to, with the method."""
    if element.tag in ("a", "link", "use") and "href" in element.attributes:
        yield element.get("href"), "GET"
    if "src" in element.attributes:
        yield element.get("src"), "GET"
    if element.tag == "form":
        yield element.get("action"), element.get("method").upper() or "GET"
    if "formaction" in element.attributes:
        yield element.get("formaction"), "POST"
    for name, value in element.attributes.items():
        if name in HTMX_ADDRESS:
            yield value, HTMX_ADDRESS[name]


def _document(root: Element) -> Iterator[str]:
    for tag in ("html", "head", "body", "main", "title", "h1"):
        if (count := len(root.all(tag))) != 1:
            yield f"{count} <{tag}>"
    yield from (f"{one} is empty" for one in root.all("title", "h1") if not one.text())


def _heading_order(root: Element) -> Iterator[str]:
    before = 0
    for heading in root.all(*HEADINGS):
        level = int(heading.tag[1])
        if level > before + 1:
            yield f"{heading} {heading.text()!r} follows a heading of level {before}"
        before = level


def _ids(root: Element) -> Iterator[str]:
    counts = Counter(element.get("id") for element in root.walk() if "id" in element.attributes)
    yield from (f"id {name!r} stands {count} times" for name, count in counts.items() if count > 1)


def _references(root: Element) -> Iterator[str]:
    ids = {element.get("id") for element in root.walk()} | {""}
    for element in root.walk():
        named = [name for kind in REFERENCES for name in element.get(kind).split()]
        named += re.findall(r"^#([\w-]+)", element.get("hx-target"))
        if element.tag == "a" and element.get("href").startswith("#"):
            named.append(element.get("href")[1:])
        yield from (f"{element}: there is no #{name}" for name in named if name not in ids)


def _labels(root: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in root.all("label") if label.text()} - {""}
    for one in root.all(*TYPED):
        if one.tag == "input" and one.get("type") in UNLABELLED:
            continue
        wrapped = any(above.tag == "label" and above.text() for above in one.parents())
        if not (
            wrapped
            or one.get("id") in labelled
            or one.get("aria-label")
            or one.get("aria-labelledby")
        ):
            yield f"{one} has no label"


def _names(root: Element) -> Iterator[str]:
    for one in root.all("a", "button", "summary"):
        pictures = any(image.get("alt") for image in one.all("img"))
        if not (one.text() or pictures or one.get("aria-label") or one.get("aria-labelledby")):
            yield f"{one} says nothing"
    yield from (f"{link} has no href" for link in root.all("a") if not link.get("href"))


def _images(root: Element) -> Iterator[str]:
    yield from (f"{image} has no alt" for image in root.all("img") if "alt" not in image.attributes)
    for svg in root.all("svg"):
        if svg.get("aria-hidden") != "true" and not (svg.get("aria-label") or svg.all("title")):
            yield f"{svg} is neither hidden from readers nor named"


def _inline(root: Element) -> Iterator[str]:
    for one in root.walk():
        bad = [
            n for n in one.attributes if n == "style" or n.startswith(("on", "hx-on", "hx-boost"))
        ]
        yield from (f"{one}: {name} is inline" for name in bad)
        if one.tag == "style" or (one.tag == "script" and not one.get("src") and not _is_data(one)):
            yield f"{one} is inline"


def _forms(root: Element) -> Iterator[str]:
    for form in root.all("form"):
        if not form.get("action") or form.get("method").lower() not in ("get", "post"):
            yield f"{form} needs method and action"
        names = {one.get("name") for one in form.all("input")}
        is_open = form.get("action").startswith(OPEN)
        if form.get("method").lower() == "post" and "csrf_token" not in names and not is_open:
            yield f"{form} posts without a token"
        if not form.all("button") and not any(i.get("type") == "submit" for i in form.all("input")):
            yield f"{form} has no button: without JavaScript it can't be sent"
    for one in root.walk():
        if "hx-get" in one.attributes and not (one.get("href") or _in_form(one)):
            yield f"{one}: hx-get without a real href or form"
        if "hx-post" in one.attributes and not _in_form(one):
            yield f"{one}: hx-post without a real form"


def _in_form(element: Element) -> bool:
    return element.tag == "form" or any(above.tag == "form" for above in element.parents())


def _is_data(script: Element) -> bool:
    return script.get("type") == "application/ld+json"


def _speaks_otherwise(element: Element, language: str) -> bool:
    spoken = [one.get("lang") for one in (element, *element.parents()) if one.get("lang")]
    return bool(spoken) and spoken[0] != language

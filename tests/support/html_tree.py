"""A page as a tree, read by the standard library's parser; what doesn't nest is noted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from itertools import chain

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
NOT_IN_P = frozenset(
    "address article aside blockquote details div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr main nav ol p pre section table ul".split()
)
UNNESTED = frozenset(("a", "button", "form", "label", "select"))
Attributes = dict[str, str]


@dataclass
class Element:
    """An element, its attributes, and what stands in it."""

    tag: str
    attributes: Attributes
    line: int
    above: "Element | None" = None
    inside: "list[Element | str]" = field(default_factory=list)

    @cached_property
    def whole(self) -> "list[Element]":
        """This element and all below it, in the order they stand; the tree changes no more."""
        below = [child.whole for child in self.inside if isinstance(child, Element)]
        return [self, *chain.from_iterable(below)]

    def walk(self) -> "list[Element]":
        return self.whole

    def all(self, *tags: str) -> "list[Element]":
        return [element for element in self.walk() if element.tag in tags]

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def text(self) -> str:
        """Return the text as it is read: runs of blanks are one."""
        parts = (child if isinstance(child, str) else child.text() for child in self.inside)
        return " ".join(" ".join(parts).split())

    def parents(self) -> "Iterator[Element]":
        one = self.above
        while one is not None:
            yield one
            one = one.above

    def __str__(self) -> str:
        marks = "".join(
            f' {k}="{v}"' for k, v in self.attributes.items() if k in ("id", "href", "name")
        )
        return f"line {self.line} <{self.tag}{marks}>"


class Reader(HTMLParser):
    """Builds the tree and notes each tag that closes nothing or stands where it may not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {}, 0)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, self.getpos()[0], self.here)
        if len(names) != len(set(names)):
            self.faults.append(f"{element}: an attribute stands twice")
        above = [self.here.tag, *(one.tag for one in self.here.parents())]
        if (tag in NOT_IN_P and "p" in above) or (tag in UNNESTED and tag in above):
            self.faults.append(f"{element} may not stand in {self.here}")
        self.here.inside.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.here = self.here.above or self.root

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or tag != self.here.tag:
            self.faults.append(f"line {self.getpos()[0]} </{tag}> closes no {self.here}")
            return
        self.here = self.here.above or self.root

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.here.inside.append(data)


def read(markup: str) -> tuple[Element, list[str]]:
    """Return the tree of a page or fragment, and what is wrong with its nesting."""
    reader = Reader()
    reader.feed(markup)
    reader.close()
    if reader.here is not reader.root:
        reader.faults.append(f"{reader.here} is never closed")
    return reader.root, reader.faults

"""The shapes rebuilt HTML may take, paragraphs, headings and lists, and how each is written."""

import re
from dataclasses import dataclass, field

from portal.kernel.markup.characters import JOINERS

BLANKS = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029\xa0]{2,}|[\t\r\n\f\v\x85\u2028\u2029]")
EMPTY_INLINE = re.compile(r"<(strong|em|a)\b[^>]*>((?:\s|<br>)*)</\1>")
SPLIT_INLINE = re.compile(r"</(strong|em)>(\s*)<\1>")
LEADING = re.compile(r"^((?:<(?:strong|em|a)\b[^>]*>)*)(?:\s|<br>)+")
TRAILING = re.compile(r"(?:\s|<br>)+((?:</(?:strong|em|a)>)*)$")
ROUND_BREAK = re.compile(r"\s*<br>\s*")


@dataclass
class TextBlock:
    html: str
    level: int


@dataclass
class ListBlock:
    tag: str
    implied: bool = False
    items: list[list["str | ListBlock"]] = field(default_factory=list)


def render_block(block: TextBlock | ListBlock, highest: int, top: int) -> str:
    """Write one block; the document's highest heading gets level `top`, all others one lower."""
    if isinstance(block, ListBlock):
        return _list(block)
    if not block.level:
        return f"<p>{block.html}</p>"
    level = top if block.level == highest else min(top + 1, 6)
    return f"<h{level}>{block.html.replace('<br>', ' ')}</h{level}>"


def tidy(html: str) -> str:
    """Squeeze blanks and drop empty tags and outer breaks; nothing visible gives ""."""
    html = ROUND_BREAK.sub("<br>", BLANKS.sub(" ", html))
    before = ""
    while before != html:
        before = html
        html = SPLIT_INLINE.sub(r"\2", EMPTY_INLINE.sub(r"\2", html))
        html = TRAILING.sub(r"\1", LEADING.sub(r"\1", html))
    visible = re.sub(r"<[^>]*>", "", html).strip().strip(JOINERS + "\ufe0f")
    return html if visible else ""


def _list(block: ListBlock) -> str:
    items = "".join(f"<li>{item}</li>" for item in map(_item, block.items) if item)
    return f"<{block.tag}>{items}</{block.tag}>" if items else ""


def _item(parts: list[str | ListBlock]) -> str:
    """Join an item's texts by line breaks; a list within it stands on its own."""
    html = ""
    after_text = False
    for part in parts:
        is_text = isinstance(part, str)
        piece = part if isinstance(part, str) else _list(part)
        html += "<br>" + piece if is_text and after_text else piece
        after_text = is_text or (after_text and not piece)
    return html

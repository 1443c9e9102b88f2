"""Rebuilds sanitised HTML as paragraphs, headings and lists, without the soup between them."""

import re
from html import escape
from html.parser import HTMLParser

from portal.kernel.markup.characters import without_invisible
from portal.kernel.markup.shapes import ListBlock, TextBlock, render_block, tidy

RENAMED = {"b": "strong", "i": "em"}
INLINE = {"strong", "em", "a"}
DEEPEST_LIST = 5


def rebuild(html: str, *, top: int) -> str:
    """Return the HTML as a row of plain blocks; expects well-formed input."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    builder.flush()
    levels = [
        block.level for block in builder.blocks if isinstance(block, TextBlock) and block.level
    ]
    highest = min(levels, default=0)
    return "".join(render_block(block, highest, top) for block in builder.blocks)


class _Builder(HTMLParser):
    """Collects blocks; inline tags that stand open at a block's end are closed and reopened."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[TextBlock | ListBlock] = []
        self._lists: list[ListBlock] = []
        self._open: list[tuple[str, str]] = []
        self._buffer: list[str] = []
        self._level = 0
        self._broke = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = RENAMED.get(tag, tag)
        if tag in INLINE:
            self._open_inline(tag, dict(attrs).get("href") or "")
        elif tag == "br":
            self._break()
        else:
            self.flush()
            self._open_block(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = RENAMED.get(tag, tag)
        if tag in INLINE:
            if self._open and self._open.pop()[1]:
                self._buffer.append(f"</{tag}>")
        elif tag != "br":
            self.flush()
            self._level = 0
            if tag in {"ul", "ol"}:
                self._drop_implied()
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        data = without_invisible(data)
        self._buffer.append(escape(data, quote=False))
        self._broke = self._broke and not data.strip()

    def flush(self) -> None:
        """End the running text and put it where it belongs."""
        closing = [f"</{tag}>" for tag, opening in reversed(self._open) if opening]
        html = tidy("".join([*self._buffer, *closing]))
        self._buffer = [opening for _, opening in self._open]
        self._broke = False
        if not html:
            return
        if not self._lists:
            self.blocks.append(TextBlock(html, self._level))
        elif self._lists[-1].items:
            self._lists[-1].items[-1].append(html)
        else:
            self._lists[-1].items.append([html])

    def _open_inline(self, tag: str, href: str) -> None:
        opening = f"<{tag}>"
        if tag == "a":
            opening = f'<a href="{escape(href)}">' if href else ""
        if any(tag == open_tag and shown for open_tag, shown in self._open):
            opening = ""
        self._open.append((tag, opening))
        self._buffer.append(opening)

    def _open_block(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._drop_implied()
            self._open_list(tag)
        elif tag == "li":
            if not self._lists:
                self._open_list("ul", implied=True)
            self._lists[-1].items.append([])
        else:
            self._drop_implied()
            self._level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0

    def _open_list(self, tag: str, *, implied: bool = False) -> None:
        if len(self._lists) >= DEEPEST_LIST:
            self._lists.append(self._lists[-1])
            return
        new = ListBlock(tag, implied)
        if not self._lists:
            self.blocks.append(new)
        elif self._lists[-1].items:
            self._lists[-1].items[-1].append(new)
        else:
            self._lists[-1].items.append([new])
        self._lists.append(new)

    def _drop_implied(self) -> None:
        if self._lists and self._lists[-1].implied:
            self._lists.pop()

    def _break(self) -> None:
        if self._broke:
            self.flush()
        else:
            self._buffer.append("<br>")
            self._broke = True

"""Turns foreign HTML, plain text and Markdown into the few tags our pages allow."""

import re
from functools import cache
from html import escape, unescape

import nh3
from markdown_it import MarkdownIt

from portal.kernel.markup.blocks import rebuild
from portal.kernel.markup.characters import clean_line, without_invisible

__all__ = ["clean_html", "clean_line", "markdown", "plain_text", "text_to_html"]

REL = "ugc nofollow noopener"
SCHEMES = {"http", "https", "mailto"}
ALLOWED = {"p", "br", "strong", "em", "ul", "ol", "li", "a"}
STRUCTURE = ALLOWED | {f"h{level}" for level in range(1, 7)}
STRUCTURE |= {"b", "i", "div", "section", "article", "blockquote", "pre", "table", "tr", "td", "th"}
STRUCTURE |= {"dl", "dt", "dd", "header", "footer", "address", "figure", "figcaption", "hr"}
CONTENT_GONE = {"script", "style", "template", "noscript", "textarea", "select", "iframe", "object"}
CONTENT_GONE |= {"svg", "math", "title"}
BULLET = re.compile(r"[-–*•·‣▪]\s+(?=\S)")
ITEM_TEXT = re.compile(r"<li>(?!<[uo]l>)")
BLOCK_END = re.compile(r"</(?:p|h\d|ul|ol)>")


def clean_html(html: str, *, top: int = 3) -> str:
    """Return well-formed HTML of the allowed tags only, its highest heading at level `top`."""
    structure = _sanitised(without_invisible(html), STRUCTURE)
    headings = {f"h{top}", f"h{min(top + 1, 6)}"}
    return _sanitised(rebuild(structure, top=top), ALLOWED | headings)


def plain_text(html: str) -> str:
    """Return the readable text: a blank line between blocks, a dash before list items."""
    text = ITEM_TEXT.sub("\n- ", clean_html(html).replace("<br>", "\n"))
    text = re.sub(r"<(?:ul|ol)>", "\n", BLOCK_END.sub("\n\n", text))
    text = unescape(re.sub(r"<[^>]*>", "", text)).replace("\xa0", " ")
    lines = (line.strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).replace("\n\n- ", "\n- ").strip()


def text_to_html(text: str) -> str:
    """Return a plain text ad as paragraphs and lists; a blank line divides, "- " makes an item."""
    lines = re.split(r"\r\n?|[\n\x0b\x0c\u2028\u2029]", text)
    html = "".join(_marked(line.strip()) for line in lines)
    return clean_html(re.sub(r"</ul>(?:<br>)*<ul>", "", html))


def markdown(text: str) -> str:
    """Return what a member wrote in Markdown as safe HTML, without images or raw HTML."""
    renderer = _renderer()
    tokens = renderer.parse(without_invisible(text))
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h3" if int(token.tag[1]) == min(levels) else "h4"
    html = renderer.renderer.render(tokens, renderer.options, {})
    return _sanitised(html, ALLOWED | {"h3", "h4", "blockquote", "code", "pre"}).strip()


def _marked(line: str) -> str:
    """Mark up one line so that the block builder sees paragraphs, breaks and items."""
    if not line:
        return "<br><br>"
    bullet = BULLET.match(line)
    if bullet:
        return f"<ul><li>{escape(line[bullet.end() :], quote=False)}</li></ul>"
    return f"{escape(line, quote=False)}<br>"


def _sanitised(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        clean_content_tags=CONTENT_GONE,
        attributes={"a": {"href"}},
        link_rel=REL,
        url_schemes=SCHEMES,
        url_relative="deny",
    )


@cache
def _renderer() -> MarkdownIt:
    options = {"html": False, "linkify": True, "breaks": True, "typographer": False}
    return MarkdownIt("commonmark", options).enable("linkify").disable("image")

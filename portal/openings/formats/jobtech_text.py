"""Finds the text of a JobTech ad, which may be HTML, plain text or half of each."""

import re
from html import unescape

from portal.kernel.markup import clean_html, text_to_html
from portal.openings.formats.fields import text

TAG = re.compile(r"</?(?:p|br|ul|ol|li|div|h[1-6]|strong|em|b|i|a|span)\b[^>]*>", re.IGNORECASE)
BLOCK = re.compile(r"(</?(?:p|ul|ol|li|div|h[1-6]|table|tr|td)\b[^>]*>)", re.IGNORECASE)


def ad_body(record: object) -> str:
    """Return the ad's text as sanitised HTML, from the formatted text if it is formatted."""
    formatted = text(record, "description", "text_formatted")
    plain = text(record, "description", "text")
    if TAG.search(formatted):
        return clean_html(_with_breaks(formatted))
    return text_to_html(plain) if plain.strip() else text_to_html(unescape(formatted))


def _with_breaks(html: str) -> str:
    """Mark up plain text between the blocks, where line breaks would otherwise be lost."""
    depth = 0
    pieces = []
    for piece in BLOCK.split(html):
        if BLOCK.fullmatch(piece):
            depth = max(0, depth - 1) if piece.startswith("</") else depth + 1
        pieces.append(piece if depth or BLOCK.fullmatch(piece) else _loose(piece))
    return "".join(pieces)


def _loose(piece: str) -> str:
    """Mark up text that stands in no block."""
    if not TAG.search(piece):
        return text_to_html(unescape(piece))
    return piece if "<br" in piece.casefold() else piece.replace("\n", "<br>")

"""Figures as Markdown, and their place in docs/performance.md."""

import re
from collections.abc import Sequence
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Write a Markdown table; numbers stand to the right."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(written, line)) + " |" for line in lines)


def written(value: object) -> str:
    """Write a figure with as many digits as it deserves."""
    if not isinstance(value, float):
        return str(value)
    return (
        f"{value:.2f}" if abs(value) < 10 else f"{value:,.0f}" if value >= 1000 else f"{value:.1f}"
    )


def put(name: str, text: str) -> None:
    """Replace the part of the document between the markers of `name`."""
    begin, end = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    document = DOCUMENT.read_text()
    found = re.search(re.escape(begin) + ".*?" + re.escape(end), document, re.DOTALL)
    if found is None:
        raise SystemExit(f"{DOCUMENT} has no place for {name}: {begin} … {end}")
    DOCUMENT.write_text(document.replace(found[0], f"{begin}\n{text}\n{end}"))

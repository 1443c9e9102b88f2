"""Checks that every text of the portal has its Swedish, in one way, and that no Swedish is left over.

Run `python -m tests.support.translations` (part of `dev.py lint`); `--missing` prints entries for
what has no Swedish yet, to be filled in and put into a .po.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
METHODS = [
    ("portal/**.py", "python"),
    ("templates/**.html", "jinja2"),
    ("templates/**.txt", "jinja2"),
]
VALUE = re.compile(r"%\(\w+\)[a-z]")  # whole: without its letter it would not be filled in
KEYWORDS = {"_": None, "_l": None, "Lazy": None, "_n": (1, 2)}
OPTIONS = {
    "templates/**.html": {"trimmed": "true", "silent": "false"},
    "templates/**.txt": {"trimmed": "true", "silent": "false"},
}


def used() -> dict[str, str]:
    """Return every msgid in code and templates, with a place where it stands."""
    return {msgid: f"{file}:{line}" for msgid, (_text, file, line) in _extracted().items()}


def missing() -> bytes:
    """Return entries of a .po for what has no Swedish yet, to be filled in and put into a file."""
    known = {msgid for _file, msgid, _sv, _en in translated()}
    catalog = Catalog(locale="sv")
    for msgid, (text, file, line) in _extracted().items():
        if msgid not in known:
            catalog.add(text, locations=[(file, line)])
    written = BytesIO()
    write_po(written, catalog, omit_header=True)
    return written.getvalue()


def _extracted() -> dict[str, tuple[str | tuple[str, ...], str, int]]:
    """Return every text by its msgid: with its plural if it has one, and a place where it stands."""
    found: dict[str, tuple[str | tuple[str, ...], str, int]] = {}
    for folder in ("portal", "templates"):
        methods = [
            (pattern.split("/", 1)[1], how)
            for pattern, how in METHODS
            if pattern.startswith(folder)
        ]
        options = {key.split("/", 1)[1]: value for key, value in OPTIONS.items()}
        places = extract_from_dir(ROOT / folder, methods, options, keywords=KEYWORDS)
        for name, line, message, *_rest in places:
            msgid = message[0] if isinstance(message, tuple) else message
            if msgid:
                found.setdefault(msgid, (message, f"{folder}/{name}", line))
    return found


def translated() -> Iterator[tuple[str, str, str, str]]:
    """Give (file, msgid, Swedish, English) of every entry; plurals joined by a bar."""
    for path in sorted((ROOT / "portal/translations/sv").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="sv"):
                if message.id:
                    many = isinstance(message.id, tuple)
                    msgid = message.id[0] if many else message.id
                    swedish = "|".join(message.string) if many else str(message.string)
                    yield path.name, msgid, swedish, "|".join(message.id) if many else msgid


def faults() -> list[str]:
    """Return everything that is wrong with the translations, one line each."""
    in_use, seen, wrong = used(), {}, []
    for file, msgid, swedish, english in translated():
        if not swedish.strip("|"):
            wrong.append(f"{file}: no Swedish for {msgid!r}")
        if msgid not in in_use:
            wrong.append(f"{file}: no longer used: {msgid!r}")
        if seen.setdefault(msgid, swedish) != swedish:
            wrong.append(f"{file}: two translations of {msgid!r}")
        values, ours = set(VALUE.findall(english)), set(VALUE.findall(swedish))
        wrong += [f"{file}: {value} is lost in {msgid!r}" for value in values - ours]
        wrong += [f"{file}: {value} is made up in {msgid!r}" for value in ours - values]
    wrong += [
        f"{place}: no Swedish for {msgid!r}" for msgid, place in in_use.items() if msgid not in seen
    ]
    return wrong


if __name__ == "__main__":
    if "--missing" in sys.argv:
        sys.stdout.buffer.write(missing())
        raise SystemExit(0)
    problems = faults()
    print("\n".join(problems) or "Every text has its Swedish.")  # noqa: T201
    raise SystemExit(1 if problems else 0)

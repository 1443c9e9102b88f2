"""Reads the shipped lists and puts names in Swedish order."""

import csv
from importlib.resources import files
from io import StringIO
from unicodedata import normalize

LISTS = files(__package__) / "lists"
SWEDISH_LETTERS = str.maketrans("åäæöø", "{||}}")


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one of the CSV files."""
    text = (LISTS / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def swedish_order(name: str) -> str:
    """Return a sort key with å, ä and ö last, and other accents as their bare letter."""
    ordered = normalize("NFC", name).casefold().translate(SWEDISH_LETTERS)
    return normalize("NFKD", ordered).encode("ascii", "ignore").decode()


def folded(name: str) -> str:
    """Return the name without case, accents or outer blanks, to match what people type."""
    plain = normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(char for char in plain if char.isalnum() or char in " -")


def localised(name_sv: str, name_en: str, lang: str) -> str:
    """Return the Swedish name for Swedish readers, the English one for all others."""
    return name_sv if lang.lower().startswith("sv") else name_en

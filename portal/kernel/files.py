"""Uploads: looked into, images drawn anew, kept outside the static folder under a random id."""

import io
import os
import re
import secrets
import zipfile
from pathlib import Path
from typing import BinaryIO

from flask import current_app
from PIL import Image, ImageOps

from portal.kernel.text import Lazy, _l

IMAGE_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS = 40_000_000
CHUNK = 64 * 1024  # bytes, as are the next
LARGEST_IMAGE, LARGEST_DOCUMENT, LARGEST_UNPACKED = 8 << 20, 10 << 20, 100 << 20
WORD_PARTS = {"[Content_Types].xml", "word/document.xml"}
FILE_ID = re.compile(r"[0-9a-f]{32}\.(webp|pdf|docx)")

_too_large = _l("The file is too large. Make it smaller and try again.")
_no_image = _l("That is not an image we can read. Use PNG, JPEG, WebP or GIF.")
_no_document = _l("That is not a document we can keep. Use PDF or Word (.docx).")


class RefusedFile(Exception):
    """A file can't be kept; `reason` is written for the one who sent it."""

    def __init__(self, reason: Lazy) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


def keep_image(stream: BinaryIO, largest: tuple[int, int]) -> str:
    """Keep an image, at most `largest` pixels wide and high, without its metadata; returns its id."""
    sent = _read(stream, LARGEST_IMAGE)
    try:
        drawn = _drawn_anew(sent, largest)
    except Exception as error:  # Pillow's readers raise nearly anything on broken files
        raise RefusedFile(_no_image) from error
    return _keep(drawn, "webp")


def keep_document(stream: BinaryIO) -> str:
    """Keep a PDF or Word document as it was sent; returns its id."""
    sent = _read(stream, LARGEST_DOCUMENT)
    if sent.startswith(b"%PDF-"):
        return _keep(sent, "pdf")
    if _is_word(sent):
        return _keep(sent, "docx")
    raise RefusedFile(_no_document)


def open_file(file_id: str) -> BinaryIO:
    """Open a kept file. FileNotFoundError if there is none, or if the id was not made here."""
    return _place(file_id).open("rb")


def remove(file_id: str) -> None:
    """Delete a kept file; one that is gone already is no error."""
    _place(file_id).unlink(missing_ok=True)


def _read(stream: BinaryIO, most: int) -> bytes:
    """Read all of it, but give up as soon as it is too much."""
    sent = bytearray()
    while chunk := stream.read(CHUNK):
        sent += chunk
        if len(sent) > most:
            raise RefusedFile(_too_large)
    return bytes(sent)


def _drawn_anew(sent: bytes, largest: tuple[int, int]) -> bytes:
    with Image.open(io.BytesIO(sent), formats=IMAGE_FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise ValueError("so many pixels would fill the memory")
        opened.draft("RGB", (largest[0] * 2, largest[1] * 2))  # a JPEG need not be decoded in full
        turned = ImageOps.exif_transpose(opened)
        seen = turned.convert("RGBA" if turned.has_transparency_data else "RGB")
    seen.thumbnail(largest, Image.Resampling.LANCZOS)
    written = io.BytesIO()
    seen.save(written, "WEBP", quality=82, method=4, icc_profile=b"", exif=b"", xmp=b"")
    return written.getvalue()


def _is_word(sent: bytes) -> bool:
    """Say whether it is a Word document, one without macros and of a size that can be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(sent)) as packed:
            sizes = {part.filename: part.file_size for part in packed.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    macros = any(name.endswith("vbaProject.bin") for name in sizes)
    return sizes.keys() >= WORD_PARTS and not macros and sum(sizes.values()) <= LARGEST_UNPACKED


def _keep(content: bytes, ending: str) -> str:
    """Write a file whole or not at all: to the side, onto the disk, then under its name."""
    place = _place(f"{secrets.token_hex(16)}.{ending}")
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = place.with_suffix(".part")
    try:
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)
    return place.name


def _place(file_id: str) -> Path:
    if not FILE_ID.fullmatch(file_id):
        raise FileNotFoundError(file_id)
    instance: Path = current_app.extensions["settings"].instance
    return instance / "files" / file_id[:2] / file_id

"""Uploads: looked into, images drawn anew, kept outside the static folder under a random id."""

import io
import os
import re
import secrets
import threading
import zipfile
from pathlib import Path
from typing import IO, BinaryIO

from PIL import Image, ImageOps

from portal.kernel import jobs
from portal.kernel.settings import settings
from portal.kernel.text import Lazy, _l

IMAGE_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
# What one picture may take of the memory, some 200 MB at most, measured: a WebP takes 15 bytes a
# pixel to read, a PNG 6 to 10, a JPEG far less because it is read at a smaller scale.
MOST_PIXELS = {"PNG": 16_000_000, "JPEG": 80_000_000, "WEBP": 12_500_000, "GIF": 16_000_000}
MOST_PROGRESSIVE = 32_000_000  # a JPEG that can't be read so
CHUNK = 64 * 1024  # bytes, as are the next
LARGEST_IMAGE, LARGEST_DOCUMENT, LARGEST_UNPACKED = 8 << 20, 10 << 20, 100 << 20
# The sides of a portrait on its page and in a list, in pixels; faces stand above the middle.
PORTRAIT, FACE = 480, 112
CENTRE = (0.5, 0.4)
WORD_PARTS = {"[Content_Types].xml", "word/document.xml"}
FILE_ID = re.compile(r"[0-9a-f]{32}\.(webp|pdf|docx)")
SMALL = ".small.webp"

TOO_LARGE = _l("The file is too large. Make it smaller and try again.")
_too_many = _l("The picture has too many pixels. Make it smaller and try again.")
_no_image = _l("That is not an image we can read. Use PNG, JPEG, WebP or GIF.")
_no_document = _l("That is not a document we can keep. Use PDF or Word (.docx).")
# Pictures of several people at once would fill the memory.
_one_at_a_time = threading.Lock()


class RefusedFile(Exception):
    """A file can't be kept; `reason` is written for the one who sent it."""

    def __init__(self, reason: Lazy) -> None:
        super().__init__(reason.msgid)
        self.reason = reason


def keep_image(stream: IO[bytes], largest: tuple[int, int]) -> str:
    """Keep an image, at most `largest` pixels wide and high, without its metadata; returns its id."""
    sent = _read(stream, LARGEST_IMAGE)
    return _keep(_drawn_anew(sent, largest), "webp")


def keep_portrait(stream: IO[bytes]) -> str:
    """Keep a picture of somebody, cut to a square, in two sizes; returns its id."""
    whole = _drawn_anew(_read(stream, LARGEST_IMAGE), (PORTRAIT, PORTRAIT), square=True)
    small = _drawn_anew(whole, (FACE, FACE), square=True)
    file_id = _keep(whole, "webp")
    try:
        _write(_place(file_id).with_suffix(SMALL), small)
    except OSError:
        remove(file_id)
        raise
    return file_id


def keep_document(stream: IO[bytes]) -> str:
    """Keep a PDF or Word document as it was sent; returns its id."""
    sent = _read(stream, LARGEST_DOCUMENT)
    if sent.startswith(b"%PDF-"):
        return _keep(sent, "pdf")
    if _is_word(sent):
        return _keep(sent, "docx")
    raise RefusedFile(_no_document)


def open_file(file_id: str, *, small: bool = False) -> BinaryIO:
    """Open a kept file, or the small size of a portrait.

    FileNotFoundError if there is none, or if the id was not made here.
    """
    place = _place(file_id)
    return (place.with_suffix(SMALL) if small else place).open("rb")


def remove(file_id: str) -> None:
    """Delete a kept file in all its sizes; one that is gone already is no error."""
    place = _place(file_id)
    for one in (place.with_suffix(SMALL), place):
        one.unlink(missing_ok=True)


def remove_later(file_id: str) -> None:
    """Delete a kept file when the present transaction is certain."""
    jobs.enqueue("files.remove", {"file_id": file_id}, dedupe_key=f"remove:{file_id}")


jobs.job("files.remove")(remove)


def _read(stream: IO[bytes], most: int) -> bytes:
    """Read all of it, but give up as soon as it is too much."""
    sent = bytearray()
    while chunk := stream.read(CHUNK):
        sent += chunk
        if len(sent) > most:
            raise RefusedFile(TOO_LARGE)
    return bytes(sent)


def _drawn_anew(sent: bytes, largest: tuple[int, int], *, square: bool = False) -> bytes:
    try:
        with _one_at_a_time:
            seen = _upright(sent, largest)
    except RefusedFile:
        raise
    except Exception as error:  # Pillow's readers raise nearly anything on broken files
        raise RefusedFile(_no_image) from error
    if square:
        side = min(*seen.size, *largest)
        seen = ImageOps.fit(seen, (side, side), Image.Resampling.LANCZOS, centering=CENTRE)
    seen.thumbnail(largest, Image.Resampling.LANCZOS)
    written = io.BytesIO()
    seen.save(written, "WEBP", quality=82, method=4, icc_profile=b"", exif=b"", xmp=b"")
    return written.getvalue()


def _upright(sent: bytes, largest: tuple[int, int]) -> Image.Image:
    """Read an image, turned as its camera was held; not much larger than it needs to be."""
    with Image.open(io.BytesIO(sent), formats=IMAGE_FORMATS) as opened:
        most = (
            MOST_PROGRESSIVE if opened.info.get("progressive") else MOST_PIXELS[opened.format or ""]
        )
        if opened.width * opened.height > most:
            raise RefusedFile(_too_many)
        opened.draft("RGB", (largest[0] * 2, largest[1] * 2))  # a JPEG need not be decoded in full
        if opened.mode in ("L", "RGB", "RGBA"):  # made smaller before it is copied
            opened.thumbnail((max(largest) * 4,) * 2, Image.Resampling.BOX)
        turned = ImageOps.exif_transpose(opened)
        return turned.convert("RGBA" if turned.has_transparency_data else "RGB")


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
    """Write a file under a new random id."""
    place = _place(f"{secrets.token_hex(16)}.{ending}")
    _write(place, content)
    return place.name


def _write(place: Path, content: bytes) -> None:
    """Write a file whole or not at all: to the side, onto the disk, then under its name."""
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


def _place(file_id: str) -> Path:
    if not FILE_ID.fullmatch(file_id):
        raise FileNotFoundError(file_id)
    return settings().instance / "files" / file_id[:2] / file_id

"""Uploads: what is kept is what it says it is, and nothing else comes in."""

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from portal.kernel import files
from portal.kernel.files import RefusedFile, keep_document, keep_image, open_file, remove
from tests.support.settings import set_to

LARGEST = (400, 300)
PDF = b"%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
BOMB_SIDE = 30_000


@pytest.fixture
def folder(portal: Flask, tmp_path: Path) -> Iterator[Path]:
    """The instance folder, new and empty."""
    with set_to(portal, instance=tmp_path):
        yield tmp_path


def image(
    kind: str, size: tuple[int, int] = (800, 400), mode: str = "RGB", **more: object
) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(written, kind, **more)
    return written.getvalue()


def word(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", "<document/>")
        for name, content in parts.items():
            packed.writestr(name, content)
    return written.getvalue()


def kept(file_id: str) -> bytes:
    with open_file(file_id) as file:
        return file.read()


def everything(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def refuse(content: bytes, how: str = "image") -> str:
    with pytest.raises(RefusedFile) as refused:
        if how == "image":
            keep_image(io.BytesIO(content), LARGEST)
        else:
            keep_document(io.BytesIO(content))
    return refused.value.reason.msgid


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_an_image_is_drawn_anew_and_made_to_fit(folder: Path, kind: str) -> None:
    file_id = keep_image(io.BytesIO(image(kind)), LARGEST)
    with Image.open(io.BytesIO(kept(file_id))) as seen:
        assert (seen.format, seen.size) == ("WEBP", (400, 200))


def test_a_small_image_is_not_blown_up(folder: Path) -> None:
    file_id = keep_image(io.BytesIO(image("PNG", (20, 10))), LARGEST)
    with Image.open(io.BytesIO(kept(file_id))) as seen:
        assert seen.size == (20, 10)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_kept(folder: Path, mode: str) -> None:
    file_id = keep_image(io.BytesIO(image("PNG", (40, 40), mode)), LARGEST)
    with Image.open(io.BytesIO(kept(file_id))) as seen:
        assert seen.size == (40, 40)


def test_a_picture_is_turned_upright_and_where_it_was_taken_is_forgotten(folder: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010E] = "taken at home"
    exif.get_ifd(0x8825)[2] = (63.0, 49.0, 30.0)
    sent = image("JPEG", (300, 100), exif=exif)
    assert b"taken at home" in sent
    content = kept(keep_image(io.BytesIO(sent), LARGEST))
    assert b"taken at home" not in content
    with Image.open(io.BytesIO(content)) as seen:
        assert seen.size == (100, 300)
        assert not seen.getexif()
        assert "exif" not in seen.info
        assert "icc_profile" not in seen.info


def test_what_was_hidden_behind_an_image_is_gone(folder: Path) -> None:
    hidden = b"<script>alert(1)</script>PK\x03\x04"
    for kind in ("GIF", "PNG", "JPEG"):
        content = kept(keep_image(io.BytesIO(image(kind) + hidden), LARGEST))
        assert b"script" not in content
        assert b"PK\x03\x04" not in content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"GIF89a=1;alert(1)//",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"<html><script>x()</script>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"MZ\x90\x00" * 50,
        PDF,
        b"\x00" * 5000,
    ],
)
def test_what_is_no_image_is_refused_whatever_its_name(folder: Path, content: bytes) -> None:
    assert "not an image" in refuse(content)
    assert everything(folder) == []


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "TGA"])
def test_other_formats_are_not_even_tried(folder: Path, kind: str) -> None:
    assert "not an image" in refuse(image(kind, (32, 32)))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_an_image_cut_short_is_refused(folder: Path, kind: str) -> None:
    whole = image(kind, (300, 300))
    assert "not an image" in refuse(whole[: len(whole) // 2])
    assert everything(folder) == []


def test_a_bomb_is_refused_before_it_is_unpacked(folder: Path) -> None:
    bomb = image("PNG", (BOMB_SIDE, 2000), "1")
    assert len(bomb) < 100_000
    assert "too many pixels" in refuse(bomb)


def test_too_much_is_refused_while_it_is_read(folder: Path) -> None:
    class Endless(io.RawIOBase):
        """Thirty megabytes, counted."""

        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"\xff" * size if self.given <= 30 * 1024 * 1024 else b""

    for keep, most in (
        (lambda stream: keep_image(stream, LARGEST), files.LARGEST_IMAGE),
        (keep_document, files.LARGEST_DOCUMENT),
    ):
        endless = Endless()
        with pytest.raises(RefusedFile, match="too large"):
            keep(endless)  # type: ignore[arg-type]
        assert endless.given <= most + 2 * files.CHUNK


@pytest.mark.parametrize(("content", "ending"), [(PDF, ".pdf"), (word(), ".docx")])
def test_a_document_is_kept_as_it_was_sent(folder: Path, content: bytes, ending: str) -> None:
    file_id = keep_document(io.BytesIO(content))
    assert file_id.endswith(ending)
    assert kept(file_id) == content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<html>%PDF-1.7",
        b"\n%PDF-1.7",
        image("PNG", (9, 9)),
        b"PK\x03\x04 not a zip",
        word()[:-30],
        word(**{"word/vbaProject.bin": b"macro"}),
        word(**{"word/media/zeros.bin": b"\0" * (files.LARGEST_UNPACKED + 1)}),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old Word",
    ],
    ids=range(10),
)
def test_what_is_no_document_is_refused(folder: Path, content: bytes) -> None:
    assert "not a document" in refuse(content, "document")
    assert everything(folder) == []


def test_a_zip_of_something_else_is_refused(folder: Path) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("evil.exe", b"MZ")
    assert "not a document" in refuse(written.getvalue(), "document")


def test_a_file_is_written_whole_and_only_we_may_look(folder: Path) -> None:
    file_id = keep_document(io.BytesIO(PDF))
    (place,) = everything(folder)
    assert place.name == file_id
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert keep_document(io.BytesIO(PDF)) != file_id


def test_a_failed_write_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep_document(io.BytesIO(PDF))
    assert everything(folder) == []


def test_a_removed_file_is_gone_and_removing_it_again_is_no_error(folder: Path) -> None:
    file_id = keep_document(io.BytesIO(PDF))
    remove(file_id)
    remove(file_id)
    assert everything(folder) == []
    with pytest.raises(FileNotFoundError):
        open_file(file_id)


@pytest.mark.parametrize(
    "file_id", ["", "..", "../secret_key", "/etc/passwd", "x" * 32 + ".pdf", "a\0b"]
)
def test_an_id_that_was_not_made_here_opens_nothing(folder: Path, file_id: str) -> None:
    (folder / "secret_key").write_text("secret")
    for act in (open_file, remove):
        with pytest.raises(FileNotFoundError):
            act(file_id)
    assert (folder / "secret_key").is_file()

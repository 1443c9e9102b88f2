"""A photo of me: drawn anew, shown to those who may see it, gone when I take it away."""

import io
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select

from portal.kernel import files, worker
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactRow
from portal.people import actions
from portal.people.models import Person
from tests.support.browser import without_token

BOTH = pytest.mark.parametrize("htmx", [False, True])
PATH = "/journey/profile/photo"


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)


def drawn(kind="JPEG", size=(900, 600), **more):
    written = io.BytesIO()
    Image.new("RGB", size, "#336699").save(written, kind, **more)
    return written.getvalue()


def send(browser, content, name="me.jpg", **options):
    answer = browser.post(PATH, {"photo": (io.BytesIO(content), name)}, **options)
    answer.request.environ["wsgi.input"].close()  # the client leaves a large body's file open
    return answer


def photo_of(person):
    session().rollback()
    return session().scalar(select(Person.photo).where(Person.id == person.id))


def place(portal, file_id):
    return Path(portal.extensions["settings"].instance) / "files" / file_id[:2] / file_id


def address(person):
    return f"/people/{person.public_id}/photo/{photo_of(person)}"


def facts(name):
    session().rollback()
    return session().scalar(select(func.count()).where(FactRow.name == name))


def show(person, audience, name="members"):
    with unit_of_work() as work:
        row = work.get_one(Person, person.id)
        row.name_shown, row.photo_shown = name, audience


@BOTH
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_of_any_kind_becomes_a_square_in_two_sizes(personas, alice, kind, htmx):
    answer = send(alice, drawn(kind), htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    for size, side in (("", 480), ("?size=small", 112)):
        seen = alice.get(address(personas.alice) + size)
        assert seen.mimetype == "image/webp"
        with Image.open(io.BytesIO(seen.data)) as image:
            assert (image.format, image.size) == ("WEBP", (side, side))
    assert facts("PhotoChanged") == 1


def test_it_stands_upright_and_does_not_tell_where_it_was_taken(personas, alice):
    image = Image.new("RGB", (600, 600), "black")
    image.paste("white", (0, 0, 600, 300))  # white above; the camera was held turned a quarter
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "taken at home"
    written = io.BytesIO()
    image.save(written, "JPEG", exif=exif)
    send(alice, written.getvalue())
    seen = alice.get(address(personas.alice)).data
    assert b"taken at home" not in seen
    with Image.open(io.BytesIO(seen)) as kept:
        assert not kept.getexif()
        assert kept.getpixel((470, 240))[0] > 200  # white is to the right now
        assert kept.getpixel((10, 240))[0] < 50


@BOTH
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hej", "ingen bild"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "ingen bild"),
        (b"GIF89a=1;alert(1)//", "ingen bild"),
        (b"%PDF-1.7", "ingen bild"),
        (drawn("PNG", (9000, 3000)), "för många bildpunkter"),
        (b"\x89PNG" + b"\xff" * (9 << 20), "för stor"),
        (b"\xff\xd8\xff" + b"\xff" * (30 << 20), "för stor"),
        (b"", "ingen bild"),
    ],
    ids=["text", "svg", "polyglot", "pdf", "bomb", "9MB", "30MB", "empty"],
)
def test_what_can_not_be_taken_is_said_at_the_field_and_the_old_photo_stays(
    personas, alice, content, words, htmx
):
    send(alice, drawn())
    before = photo_of(personas.alice)
    answer = send(alice, content, htmx=htmx)
    assert answer.status_code == 422
    assert 'id="picture-error"' in answer.text
    assert words in answer.text
    assert ("<html" in answer.text) is not htmx
    assert photo_of(personas.alice) == before
    assert alice.get(address(personas.alice)).status_code == 200


@BOTH
def test_no_file_at_all_is_said_at_the_field(alice, htmx):
    for form in ({}, {"photo": (io.BytesIO(b""), "")}, {"photo": "text"}):
        answer = alice.post(PATH, form, htmx=htmx)
        assert answer.status_code == 422
        assert "Välj en bild först." in answer.text


def test_what_was_hidden_behind_a_picture_is_gone(personas, alice):
    send(alice, drawn("GIF") + b"<script>alert(1)</script>PK\x03\x04", "x.html")
    seen = alice.get(address(personas.alice))
    assert b"script" not in seen.data
    assert b"PK" not in seen.data
    assert seen.headers["X-Content-Type-Options"] == "nosniff"


@BOTH
def test_another_photo_takes_its_place_and_the_old_file_goes(portal, personas, alice, htmx):
    send(alice, drawn())
    old, path = photo_of(personas.alice), address(personas.alice)
    send(alice, drawn("PNG"), htmx=htmx)
    assert alice.get(path).status_code == 404
    assert place(portal, old).is_file()
    new = photo_of(personas.alice)
    worker.drain()
    assert not place(portal, old).exists()
    assert not place(portal, old).with_suffix(files.SMALL).exists()
    assert place(portal, new).is_file()


@BOTH
def test_it_is_taken_away_and_doing_it_again_does_no_harm(portal, personas, alice, htmx):
    send(alice, drawn())
    old, path = photo_of(personas.alice), address(personas.alice)
    for _time in range(2):
        answer = alice.post(f"{PATH}/removal", htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
    assert alice.get(path).status_code == 404
    worker.drain()
    assert not place(portal, old).exists()
    assert facts("PhotoRemoved") == 1


def test_when_it_can_not_be_kept_no_file_is_left(portal, personas, alice, monkeypatch):
    def broken(*_arguments):
        raise RuntimeError("no")

    before = set(Path(portal.extensions["settings"].instance).rglob("*.webp"))
    monkeypatch.setattr(actions, "change_photo", broken)
    with pytest.raises(AssertionError, match="Något gick sönder hos oss"):
        send(alice, drawn())
    assert set(Path(portal.extensions["settings"].instance).rglob("*.webp")) == before
    assert photo_of(personas.alice) is None


@BOTH
def test_without_a_token_nothing_changes(personas, alice, htmx):
    assert send(alice, drawn(), htmx=htmx, token="").status_code == 400
    assert photo_of(personas.alice) is None


@pytest.mark.parametrize(
    ("audience", "mona", "bob"),
    [("nobody", 404, 404), ("networks", 200, 404), ("members", 200, 200)],
)
def test_it_is_served_to_those_who_may_see_it_and_asked_anew_each_time(
    personas, alice, browser, audience, mona, bob
):
    send(alice, drawn())
    show(personas.alice, audience)
    path = address(personas.alice)
    assert personas.browser(personas.mona).get(path).status_code == mona
    assert personas.browser(personas.bob).get(path).status_code == bob
    assert personas.browser(personas.kim).get(path).status_code == 200
    assert alice.get(path).status_code == 200
    assert browser.get(path).status_code == 303
    show(personas.alice, "members", name="nobody")
    assert personas.browser(personas.mona).get(path).status_code == 404


def test_a_photo_i_may_not_see_is_like_one_that_never_was(personas, alice):
    send(alice, drawn())
    show(personas.alice, "nobody")
    bob = personas.browser(personas.bob)
    there = bob.get(address(personas.alice))
    for path in (
        f"/people/{personas.alice.public_id}/photo/{'0' * 32}.webp",
        f"/people/{personas.alice.public_id}/photo/secret_key",
        f"/people/{personas.bob.public_id}/photo/{photo_of(personas.alice)}",
        f"/people/missing/photo/{photo_of(personas.alice)}",
    ):
        nowhere = bob.get(path)
        assert nowhere.status_code == there.status_code == 404
        texts = nowhere.text.replace(path, ""), there.text.replace(address(personas.alice), "")
        assert without_token(texts[0]) == without_token(texts[1])


def test_the_browser_asks_each_time_and_is_told_when_it_has_it_already(personas, alice):
    send(alice, drawn())
    show(personas.alice, "members")
    bob, path = personas.browser(personas.bob), address(personas.alice)
    first = bob.get(path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in first.headers["Vary"]
    tag = {"If-None-Match": first.headers["ETag"]}
    again = bob.get(path, headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert bob.get(f"{path}?size=small", headers=tag).status_code == 200
    show(personas.alice, "nobody")
    assert bob.get(path, headers=tag).status_code == 404


def test_lists_show_it_in_the_small_size_to_those_who_may_see_it(personas, alice):
    send(alice, drawn())
    show(personas.alice, "networks")
    small = f"{address(personas.alice)}?size=small"
    for path in ("/people", "/networks/bygg", "/networks/bygg/members"):
        assert small in personas.browser(personas.mona).get(path).text
        assert "/photo/" not in personas.browser(personas.bob).get(path).text


def test_a_photo_is_two_queries(personas, alice, count_queries):
    send(alice, drawn())
    path = address(personas.alice)
    with count_queries() as count:
        assert alice.get(path).status_code == 200
    assert count.total <= 2

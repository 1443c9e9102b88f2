"""Pages by keyset: every row once, whatever is added at the top meanwhile."""

import base64
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.paging import Page, WrongCursor, decode, encode, instant, page_of

Row = tuple[int, str]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
KEYS = st.lists(st.integers(-(2**63) + 1, 2**63 - 1) | TEXTS | st.none(), min_size=1, max_size=4)


@given(KEYS)
def test_a_cursor_is_read_back_as_it_was_written(key: list[int | str | None]) -> None:
    assert decode(encode(*key), *map(type, key)) == key


@given(st.text(max_size=200))
def test_any_cursor_is_read_or_refused(cursor: str) -> None:
    with suppress(WrongCursor):
        key = decode(cursor, int, str)
        assert key is None or [type(part) for part in key] == [int, str]


@pytest.mark.parametrize("cursor", [None, ""])
def test_no_cursor_is_the_first_page(cursor: str | None) -> None:
    assert decode(cursor, int) is None


@pytest.mark.parametrize(
    "cursor",
    [
        "%%%",
        "!",
        encode("text"),
        encode(1, 2),
        encode(2**63),
        encode(-(2**63)),
        encode(None),
        base64.urlsafe_b64encode(b'{"a": 1}').decode(),
        base64.urlsafe_b64encode(b"7").decode(),
        base64.urlsafe_b64encode(b"[" * 5000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        "å",
    ],
)
def test_a_forged_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(WrongCursor):
        decode(cursor, int)


@pytest.mark.parametrize("key", [b"[true]", b"[1.5]", b"[1e999]", b"[NaN]"])
def test_only_a_whole_number_is_a_number(key: bytes) -> None:
    with pytest.raises(WrongCursor):
        decode(base64.urlsafe_b64encode(key).decode(), int)


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800"])
def test_a_text_that_no_database_takes_is_refused(text: str) -> None:
    with pytest.raises(WrongCursor):
        decode(encode(text), str)


@pytest.mark.parametrize(
    "written", ["", "x", "2026-01-01", "2026-13-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00"]
)
def test_an_instant_that_cannot_be_is_refused(written: str) -> None:
    with pytest.raises(WrongCursor):
        instant(written)


def test_an_instant_is_read_back() -> None:
    at = datetime(2026, 11, 23, 12, 30, 1, 5, tzinfo=UTC)
    assert instant(at.isoformat()) == at


@pytest.mark.parametrize(("many", "more"), [(0, False), (3, False), (4, True)])
def test_the_extra_row_says_that_more_follow(many: int, more: bool) -> None:
    page = page_of(range(many), lambda row: (row,), size=3)
    assert len(page.rows) == min(many, 3)
    assert (page.after is not None) is more
    assert not more or decode(page.after, int) == [2]


def fetch(table: list[Row], cursor: str | None, size: int) -> Page[Row]:
    """Read one page, newest first, as our queries do: beyond the cursor, one row more than asked."""
    key = decode(cursor, int, str)
    rows = sorted(table, reverse=True)
    beyond = [row for row in rows if key is None or row < (key[0], key[1])]
    return page_of(beyond[: size + 1], lambda row: row, size)


@given(
    rows=st.sets(st.tuples(st.integers(0, 50), st.text("ab", max_size=3)), max_size=60),
    arrivals=st.lists(st.integers(51, 99), max_size=30),
    size=st.integers(1, 9),
)
def test_each_row_is_visited_once_while_others_arrive(
    rows: set[Row], arrivals: list[int], size: int
) -> None:
    table, seen, cursor = list(rows), list[Row](), None
    while True:
        page = fetch(table, cursor, size)
        seen += page.rows
        if arrivals:
            table.append((arrivals.pop(), f"new{len(table)}"))
        if page.after is None:
            break
        cursor = page.after
    assert [row for row in seen if row in rows] == sorted(rows, reverse=True)
    assert len(seen) == len(set(seen))

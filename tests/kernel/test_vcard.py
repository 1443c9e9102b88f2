"""vCard 4.0: escaped, folded, and never more lines than were meant (RFC 6350)."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.vcard import Card, file_name, write_card

AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def lines(written: bytes) -> list[str]:
    """Unfold as RFC 6350 section 3.2 says."""
    assert written.endswith(b"\r\n")
    return written.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_a_whole_card():
    card = Card(
        uid="https://portal.example.com/people/abc",
        name="Åsa von Ek",
        changed_at=AT,
        url="https://portal.example.com/people/abc",
        title="Byggledare; projekt, drift",
        organisation="Norrbygg AB",
        place="Umeå",
        country="Sverige",
        emails=("asa@example.com",),
        phones=("+46 70 123 45 67",),
        links=("https://example.com/asa",),
        languages=("sv", "en"),
        note="Första raden\nandra raden",
    )
    assert lines(write_card(card)) == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        "UID:https://portal.example.com/people/abc",
        "FN:Åsa von Ek",
        "N:Ek;Åsa von;;;",
        "REV:20261123T120000Z",
        "TITLE:Byggledare\\; projekt\\, drift",
        "ORG:Norrbygg AB",
        "NOTE:Första raden\\nandra raden",
        "ADR:;;;Umeå;;;Sverige",
        "EMAIL:asa@example.com",
        "TEL;VALUE=text:+46 70 123 45 67",
        "LANG:sv",
        "LANG:en",
        "URL:https://portal.example.com/people/abc",
        "URL:https://example.com/asa",
        "END:VCARD",
    ]


def test_what_is_not_told_is_not_written():
    written = lines(write_card(Card("u", "Ek", AT)))
    assert [line.split(":")[0] for line in written[3:-1]] == ["UID", "FN", "N", "REV"]


@given(st.text(), st.text(), st.text())
def test_nothing_that_is_typed_begins_a_line_of_its_own(name, title, link):
    written = write_card(Card("u", name, AT, title=title, links=(link,)))
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    known = ("BEGIN:", "VERSION:", "KIND:", "UID:", "FN:", "N:", "REV:", "TITLE:", "URL:", "END:")
    assert all(line.startswith(known) for line in lines(written))
    assert len(lines(written)) <= 10


def test_the_file_gets_a_plain_name():
    assert file_name("Åsa Ek") == "Asa-Ek.vcf"
    assert file_name('../"\r\n') == "contact.vcf"

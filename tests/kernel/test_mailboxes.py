"""One mailbox has one spelling, and two mailboxes are never taken for one (CHECKS C10)."""

import unicodedata

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.mailboxes import LONGEST, fold_address, read_address

ALICE = "alice@example.com"
SAME = [
    "ALICE@EXAMPLE.COM",
    "Alice@Example.Com",
    "  alice@example.com\t",
    "alice@example.com.",
    "alice@example.com...",
    "ａｌｉｃｅ@ｅxample．com",
    "alice＠example。com",
    "alice@exam\u00adple.com",
    "al\u200bice@example.com",
    "\u202ealice@example.com",
    "alice@example.com\u200f",
    "alice@example.com\x00",
    "alice@EXAMPLE.COM\x01",
]
OTHERS = [
    "alıce@example.com",  # Turkish, without a dot
    "alİce@example.com",  # Turkish, with a dot
    "аlice@example.com",  # Cyrillic
    "alicé@example.com",
    "alice@exаmple.com",  # Cyrillic
    "alice+portal@example.com",
    "al.ice@example.com",
    "alice@example.co",
    "alice@mail.example.com",
    "alice@ехample.com",
]
LONG = ".".join(["e" * 63, "x" * 63, "a" * 63, "m" * 57])  # with b@ and .se, 254 characters
letters = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
labels = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäöüßéñıİçşğ", min_size=1, max_size=8)
addresses = st.builds("{}@{}.se".format, letters, labels)


@pytest.mark.parametrize("spelling", SAME)
def test_another_spelling_is_the_same_mailbox(spelling):
    assert fold_address(spelling) == ALICE


@pytest.mark.parametrize("other", OTHERS)
def test_a_look_alike_is_another_mailbox(other):
    assert fold_address(other) != ALICE


def test_a_domain_is_the_same_however_it_is_written():
    spellings = ["x@bågar.se", "x@BÅGAR.SE", "x@bågar.se", "x@xn--bgar-qoa.se"]
    assert {fold_address(one) for one in spellings} == {"x@xn--bgar-qoa.se"}
    assert fold_address("x@straße.de") == fold_address("x@xn--strae-oqa.de")
    assert fold_address("x@straße.de") != fold_address("x@strasse.de")


@given(st.text(max_size=40), st.text(max_size=40))
def test_folding_twice_changes_nothing(local, domain):
    folded = fold_address(f"{local}@{domain}")
    assert fold_address(folded) == folded


@given(
    addresses,
    st.sampled_from(
        [
            str.upper,
            str.title,
            lambda text: unicodedata.normalize("NFD", text),
            lambda text: unicodedata.normalize("NFKC", text),
            lambda text: text + ".",
            lambda text: f" {text}\n",
            lambda text: text.replace(".", "。"),
            lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
        ]
    ),
)
def test_case_width_dots_and_blanks_make_no_second_mailbox(address, respell):
    # The capital of ß is SS, that of ı is I: other letters, which no machine can tell apart again.
    if any(char in address for char in "ßıİ") and respell in (str.upper, str.title):
        return
    assert fold_address(respell(address)) == fold_address(address)


@given(addresses, addresses)
def test_two_addresses_that_mail_servers_tell_apart_stay_two(one, other):
    def as_servers_see(address):
        try:
            found = validate_email(address, check_deliverability=False)
        except EmailNotValidError:
            return None
        return (found.ascii_email or "").lower()

    seen = as_servers_see(one), as_servers_see(other)
    if None not in seen and seen[0] != seen[1]:
        assert fold_address(one) != fold_address(other)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Bo.Ek@Example.COM", "Bo.Ek@example.com"),
        ("bo@blåbär.se", "bo@xn--blbr-noae.se"),
        ("bö@example.com", None),  # not every mail server takes it
        ("bo@example", None),
        ("bo", None),
        ("", None),
        (f"b@{LONG}.se", f"b@{LONG}.se"),
        (f"bo@{LONG}.se", None),
    ],
)
def test_an_address_is_read_as_every_mail_server_takes_it(typed, address):
    assert read_address(typed) == address


def test_what_is_endless_is_not_read_to_its_end():
    assert len(fold_address("x" * 10_000_000)) <= LONGEST

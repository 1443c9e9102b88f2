"""Addresses: what is one, and one spelling for one mailbox however its address is written."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")  # controls, invisible marks, blanks
LONGEST = 500  # characters; what is longer is no address, and need not be read to its end


def read_address(typed: str) -> str | None:
    """Return an address as every mail server takes it, a domain with å as xn--; None if it is none.

    At most 254 characters (RFC 5321, 4.5.3.1.3 less the brackets).
    """
    try:
        read = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return read.ascii_email


def fold_address(address: str) -> str:
    """Fold an address so that one mailbox has one spelling: case, width, blanks, dots, IDNA.

    Two letters that only look alike, such as a Turkish dotless i, stay two: they may be two
    mailboxes, and who has the one must never be taken for who has the other.
    """
    local, at, domain = _seen(address[:LONGEST]).rpartition("@")
    return f"{_plain(local)}{at}{_plain(_ascii(domain))}"


def masked(address: str) -> str:
    """Return an address so that its owner knows it again and others do not: k…@example.com."""
    local, at, domain = address.rpartition("@")
    return f"{local[:1]}…{at}{domain}"


def _seen(text: str) -> str:
    """Return text without what can't be seen, and without the dots it ends with."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if unicodedata.category(c) not in UNSEEN).rstrip(".")


def _plain(text: str) -> str:
    """Return text without differences of case and width."""
    for _round in range(3):  # folding case may leave something to compose, and the other way round
        text = _seen(text.casefold())
    return text


def _ascii(domain: str) -> str:
    """Return a domain as mail servers write it, å as xn--; as it is when it can be no domain."""
    if domain.isascii():
        return domain
    try:
        found = validate_email(
            f"x@{domain}", check_deliverability=False, globally_deliverable=False
        )
    except EmailNotValidError:
        return domain
    return str(found.ascii_domain)

"""Forms: fields that clean what was typed, and rules whose words are ours."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import Field, StringField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError

from portal.kernel.mailboxes import read_address
from portal.kernel.text import Lazy, _l

__all__ = [
    "NO_DOMAIN",
    "DayField",
    "EmailField",
    "Filled",
    "Form",
    "LineField",
    "TextField",
    "at_most",
    "clean",
    "length",
    "mail_address",
    "mail_domain",
    "refuse",
    "required",
]

LONGEST_DOMAIN = 120  # characters
NO_DOMAIN = _l("That does not look like a mail domain. Write it like example.com.")


def clean(typed: str, *, lines: bool = False) -> str:
    """Normalise to NFC, drop control characters, trim; one line unless `lines`."""
    text = unicodedata.normalize("NFC", typed).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in text if char == "\n" or unicodedata.category(char) != "Cc")
    return kept.strip() if lines else " ".join(kept.split())


class Form(PlainForm):
    """A form of the portal, filled from what was sent."""

    def __init__(self, formdata: Any = None, **more: Any) -> None:
        super().__init__(formdata, **more)  # type: ignore[no-untyped-call]

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field; the errors stand at the fields."""
        return bool(super().validate(extra_validators))  # type: ignore[no-untyped-call]


class LineField(StringField):
    """One line of text."""

    def __init__(self, label: Lazy | str, validators: Sequence[Any] = (), **more: Any) -> None:
        super().__init__(label, validators, **more)  # type: ignore[no-untyped-call]

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = clean(valuelist[0]) if valuelist else self.data


class TextField(TextAreaField):
    """Several lines of text."""

    def __init__(self, label: Lazy | str, validators: Sequence[Any] = (), **more: Any) -> None:
        super().__init__(label, validators, **more)  # type: ignore[no-untyped-call]

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = clean(valuelist[0], lines=True) if valuelist else self.data


class EmailField(LineField):
    """An e-mail address; what can't be one is told in plain words."""

    def pre_validate(self, _form: Form) -> None:
        if self.data:
            self.data = mail_address(self.data)


class DayField(LineField):
    """A day; browsers without a calendar let it be typed."""

    def day(self) -> date | None:
        """Return the day, None when nothing or nonsense was written."""
        try:
            return date.fromisoformat(self.data or "")
        except ValueError:
            return None

    def pre_validate(self, _form: Form) -> None:
        if self.data and self.day() is None:
            raise ValidationError(_l("Write the day like 2026-11-23."))


def mail_address(typed: str) -> str:
    """Return the address that was typed, as mail servers spell it. Raises ValidationError."""
    address = read_address(typed)
    if address is None:
        raise ValidationError(
            _l("That does not look like an e-mail address. Write it like name@example.com.")
        )
    return address


def mail_domain(typed: str) -> str:
    """Return the mail domain in what was typed, a whole address, too, as mail servers spell it.

    Raises ValidationError when there is none.
    """
    address = read_address(f"post@{typed.rpartition('@')[2].strip().rstrip('.')}")
    domain = (address or "").rpartition("@")[2].casefold()
    if "." not in domain or len(domain) > LONGEST_DOMAIN:
        raise ValidationError(NO_DOMAIN)
    return domain


def required(message: Lazy) -> InputRequired:
    """Require an answer, and say what is missing."""
    return InputRequired(message)


def at_most(most: int) -> Length:
    """Require no more than so many characters, and say how many."""
    return Length(max=most, message=_l("Use at most %(max)d characters here."))


def length(least: int, most: int, message: Lazy) -> Length:
    """Require a length in characters; the message may use %(min)d and %(max)d."""
    return Length(least, most, message)


class Filled:
    """Require more than blanks."""

    def __init__(self, message: Lazy) -> None:
        self.message = message

    def __call__(self, _form: Form, field: Field) -> None:
        if not field.data:
            raise StopValidation(str(self.message))


def refuse(field: Field, reason: Lazy | None) -> None:
    """Say at a field why it can't be taken, when a rule has found out after the form."""
    field.errors = [reason]  # type: ignore[assignment]

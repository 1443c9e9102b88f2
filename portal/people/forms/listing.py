"""What is added to the lists of a profile: skills, languages, links, ways to be reached."""

import re
from urllib.parse import urlsplit

from wtforms import Field, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from portal.kernel.text import _, _l
from portal.people.models import CONTACT_KINDS, LANGUAGE_LEVELS
from portal.people.policy.profile import (
    LEVEL_NAMES,
    LONGEST_LABEL,
    LONGEST_SKILL,
    LONGEST_URL,
    LONGEST_WAY,
    WAY_NAMES,
    skill_key,
)
from portal.taxonomy.languages import languages
from portal.web.forms import Filled, Form, LineField, at_most, mail_address, required

HOST = re.compile(
    r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{4,24}[0-9]")
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)")


class SkillForm(Form):
    """Something one can."""

    skill = LineField(
        _l("A skill"),
        [
            Filled(_l("Write a skill.")),
            at_most(LONGEST_SKILL),
        ],
        description=_l("One at a time. Choose among the suggestions or write your own."),
    )

    def validate_skill(self, field: Field) -> None:
        """Refuse what has no letter in it."""
        if not any(char.isalnum() for char in skill_key(field.data or "")):
            raise ValidationError(_l("Write it with letters or digits."))


def _languages() -> list[SelectChoice]:
    known = [SelectChoice(code, name) for code, name in languages()]
    return [SelectChoice("", _("Choose a language")), *known]


class LanguageForm(Form):
    """A language one speaks."""

    code = SelectField(_l("Language"), [required(_l("Choose a language."))], choices=_languages)
    level = SelectField(
        _l("How well"),
        choices=lambda: [SelectChoice(one, str(LEVEL_NAMES[one])) for one in LANGUAGE_LEVELS],
        default="good",
    )


class LinkForm(Form):
    """An address elsewhere."""

    url = LineField(
        _l("Address"),
        [
            Filled(_l("Write the address.")),
            at_most(LONGEST_URL),
        ],
        description=_l("Such as https://example.com/you."),
    )
    label = LineField(
        _l("What it is"),
        [at_most(LONGEST_LABEL)],
        description=_l("Such as my portfolio."),
    )

    def validate_url(self, field: Field) -> None:
        """Take only https, to a host with a name; an address without a scheme gets it."""
        typed = field.data or ""
        whole = typed if SCHEME.match(typed) else f"https://{typed}"
        if not is_safe_link(whole):
            raise ValidationError(_l("That can't be a link. It should begin with https://."))
        field.data = whole


class WayForm(Form):
    """A way to be reached."""

    kind = SelectField(
        _l("Way"),
        choices=lambda: [SelectChoice(one, str(WAY_NAMES[one])) for one in CONTACT_KINDS],
    )
    value = LineField(
        _l("Address or number"),
        [
            Filled(_l("Write the address or the number.")),
            at_most(LONGEST_WAY),
        ],
    )

    def validate_value(self, field: Field) -> None:
        """Take what fits the kind."""
        typed = field.data or ""
        if self.kind.data == "email":
            field.data = mail_address(typed)
        if self.kind.data == "phone" and not PHONE.fullmatch(typed):
            raise ValidationError(
                _l("Write a telephone number with digits, like +46 70 123 45 67.")
            )


def is_safe_link(address: str) -> bool:
    """Say whether this is an https address of a named host, and shows where it leads."""
    try:
        url = urlsplit(address)
        host = (url.hostname or "").encode("idna").decode()
        port = url.port
    except (ValueError, UnicodeError):
        return False
    plain = not any(char.isspace() or char in "\\\"'<>`{}|^" for char in address)
    return bool(
        url.scheme == "https" and plain and "@" not in url.netloc and HOST.fullmatch(host)
    ) and (port is None or port > 0)

"""Where one has worked, and between which months."""

import re
from datetime import date

from wtforms import Field
from wtforms.validators import ValidationError

from portal.kernel import clock
from portal.kernel.text import _l
from portal.people.models import Work
from portal.people.policy.profile import (
    FIRST_MONTH,
    LONGEST_TITLE,
    LONGEST_WORK_TEXT,
    LONGEST_WORKPLACE,
    YEARS_AHEAD,
    Workplace,
)
from portal.web.forms import Filled, Form, LineField, TextField, at_most

YEAR_FIRST = re.compile(r"(\d{4})[-/. ]?(\d{1,2})(?:[-/. ]\d{1,2})?")
MONTH_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{4})")


class MonthField(LineField):
    """A month; browsers that have no choosing of months let it be typed."""

    def month(self) -> date | None:
        """Return the first day of the month, None when nothing was written."""
        return read_month(self.data or "")

    def pre_validate(self, _form: Form) -> None:
        try:
            month = self.month()
        except ValueError as error:
            raise ValidationError(_l("Write the month like 2019-08.")) from error
        last = clock.now().date().replace(month=12, day=1)
        if month and not FIRST_MONTH <= month <= last.replace(year=last.year + YEARS_AHEAD):
            raise ValidationError(_l("Check the year: it is too far away."))


class WorkForm(Form):
    """A time at a workplace."""

    workplace = LineField(
        _l("Workplace"),
        [
            Filled(_l("Write where it was.")),
            at_most(LONGEST_WORKPLACE),
        ],
    )
    title = LineField(
        _l("What you did there"),
        [at_most(LONGEST_TITLE)],
        description=_l("Such as project manager."),
    )
    began = MonthField(
        _l("From month"),
        [Filled(_l("Write when it began."))],
        description=_l("Like 2019-08."),
    )
    ended = MonthField(_l("To month"), description=_l("Leave it empty if you still work there."))
    text = TextField(
        _l("More about it"),
        [at_most(LONGEST_WORK_TEXT)],
    )

    def validate_ended(self, field: Field) -> None:
        """Refuse an end before the beginning."""
        began, ended = _known(self.began), _known(self.ended)
        if began and ended and ended < began:
            raise ValidationError(_l("It can't end before it began."))
        assert field is self.ended

    def told(self) -> Workplace:
        """Return what was filled in."""
        began = self.began.month()
        assert began is not None
        return Workplace(
            self.workplace.data or "",
            self.title.data or "",
            self.text.data or "",
            began,
            self.ended.month(),
        )


def work_form(work: Work) -> WorkForm:
    """Return the form with what has been told of a workplace."""
    return WorkForm(
        workplace=work.workplace,
        title=work.title,
        began=f"{work.began_on:%Y-%m}",
        ended=f"{work.ended_on:%Y-%m}" if work.ended_on else "",
        text=work.text,
    )


def read_month(written: str) -> date | None:
    """Read a month: 2019-08, 201908, 8/2019. ValueError if it is none."""
    typed = written.strip()
    if not typed:
        return None
    if found := YEAR_FIRST.fullmatch(typed):
        return date(int(found[1]), int(found[2]), 1)
    if found := MONTH_FIRST.fullmatch(typed):
        return date(int(found[2]), int(found[1]), 1)
    raise ValueError(written)


def _known(field: MonthField) -> date | None:
    try:
        return field.month()
    except ValueError:
        return None

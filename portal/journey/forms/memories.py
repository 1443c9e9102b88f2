"""A memory: when it was as far as one knows, what it was, and who may read it."""

from wtforms import RadioField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice

from portal.journey.models import MEMORY_AUDIENCES, Memory
from portal.journey.policy import FIRST_YEAR, LONGEST_MEMORY, MEMORY_SHOWN, When, when
from portal.kernel import clock
from portal.kernel.text import _, _l, language
from portal.web.dates import MONTHS, local
from portal.web.forms import Filled, Form, LineField, TextField, length, required


class MemoryForm(Form):
    """A memory: when it was as far as one knows, what it was, and who may read it."""

    year = LineField(_l("Year"), [Filled(_l("Write the year, with four digits."))])
    month = SelectField(_l("Month"), choices=[])
    day = LineField(_l("Day"))
    text = TextField(
        _l("What do you remember?"),
        [
            Filled(_l("Write what you remember.")),
            length(1, LONGEST_MEMORY, _l("Use at most %(max)d characters for a memory.")),
        ],
        description=_l("An empty line makes a new paragraph, **stars** make bold."),
    )
    shown = RadioField(
        _l("Who may read it"),
        [required(_l("Choose who may read it."))],
        choices=lambda: [SelectChoice(one, str(MEMORY_SHOWN[one])) for one in MEMORY_AUDIENCES],
        default="nobody",
    )

    def offer(self) -> None:
        """Offer the months."""
        self.month.choices = [SelectChoice("", _("Not sure"))]
        self.month.choices += [SelectChoice(str(n), name) for n, name in MONTHS[language()].items()]

    def validate_year(self, field: LineField) -> None:
        this_year = local(clock.now()).year
        year = _number(field.data)
        if year is None or not FIRST_YEAR <= year <= this_year:
            raise ValidationError(
                _("Write a year between %(first)d and %(last)d.", first=FIRST_YEAR, last=this_year)
            )

    def validate_month(self, field: SelectField) -> None:
        if self.when() is None and field.data and not self.day.data and not self.year.errors:
            raise ValidationError(_("That month has not been yet."))

    def validate_day(self, field: LineField) -> None:
        if not field.data or self.year.errors:
            return
        if not self.month.data:
            raise ValidationError(_("Choose the month too, or leave the day out."))
        if self.when() is None:
            raise ValidationError(_("There is no such day, or it has not been yet."))

    def when(self) -> When | None:
        """Return when it was; None when there is no such day or it has not been yet."""
        year, month = _number(self.year.data), _number(self.month.data)
        day = _number(self.day.data) if self.day.data else None
        if year is None or (self.day.data and day is None):
            return None
        try:
            told = when(year, month, day)
        except ValueError:
            return None
        return told if told.began_on <= local(clock.now()).date() else None


def memory_form(memory: Memory | None = None, year: int | None = None) -> MemoryForm:
    """Return the form with what a memory says so far, or a new one."""
    if memory is None:
        form = MemoryForm(year=str(year) if year else "")
    else:
        on = memory.began_on
        form = MemoryForm(
            year=str(on.year),
            month="" if memory.precision == "year" else str(on.month),
            day=str(on.day) if memory.precision == "day" else "",
            text=memory.text,
            shown=memory.shown,
        )
    form.offer()
    return form


def _number(typed: str | None) -> int | None:
    """Read a number of at most four digits."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) <= 4 else None

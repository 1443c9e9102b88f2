"""Who one is: name, headline, municipality, a few words."""

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from portal.kernel.text import _, _l
from portal.people.models import Person
from portal.people.policy import LONGEST_ABOUT, LONGEST_HEADLINE, LONGEST_NAME, Profile
from portal.taxonomy import places
from portal.web.forms import Filled, Form, LineField, TextField, at_most, length


def _municipalities() -> list[SelectChoice]:
    known = [SelectChoice(one.code, one.name) for one in places.municipalities()]
    return [SelectChoice("", _("Rather not say")), *known]


class ProfileForm(Form):
    """What one tells about oneself first."""

    name = LineField(
        _l("Your name"),
        [
            Filled(_l("Write your name.")),
            length(1, LONGEST_NAME, _l("Use at most %(max)d characters for the name.")),
        ],
        description=_l("As you want colleagues to know you."),
    )
    headline = LineField(
        _l("What you do"),
        [at_most(LONGEST_HEADLINE)],
        description=_l("One line, such as your occupation and where you work."),
    )
    municipality = SelectField(_l("Municipality"), choices=_municipalities)
    about = TextField(
        _l("About you"),
        [at_most(LONGEST_ABOUT)],
        description=_l(
            "Write as you talk. An empty line makes a new paragraph, **stars** make bold."
        ),
    )

    def profile(self) -> Profile:
        """Return what was filled in."""
        return Profile(
            name=self.name.data or "",
            headline=self.headline.data or "",
            municipality=self.municipality.data or None,
            about=self.about.data or "",
        )


def profile_form(person: Person) -> ProfileForm:
    """Return the form with what the person has told so far."""
    return ProfileForm(
        name=person.name,
        headline=person.headline,
        municipality=person.municipality or "",
        about=person.about,
    )

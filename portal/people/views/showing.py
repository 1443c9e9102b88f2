"""One's own profile: the page, and what its sections need."""

from typing import Any

from flask import Response

from portal.people import forms, queries
from portal.people.policy import seen_by
from portal.people.policy.profile import FIELD_NAMES, LEVEL_NAMES, WAY_NAMES
from portal.people.views.blueprint import profile
from portal.web.forms import Form
from portal.web.guards import signed_in
from portal.web.rendering import actor, announced, fragment, is_partial, notice, page, redirect

PAGE = "people/profile.html"
PATH = "/journey/profile"


@profile.get(PATH)
@signed_in
def show() -> Response:
    """Show what one tells about oneself, each part with its form."""
    return page(PAGE, "journey", **context())


def context(focus: str = "", **filled: Form) -> dict[str, Any]:
    """Return what the page and each of its sections need; `filled` are forms that were sent.

    `focus` is the id of what is looked at when the section comes back from an act.
    """
    person = queries.myself(actor())
    empty: dict[str, Form] = {
        "basics": forms.profile_form(person),
        "photo": forms.PhotoForm(),
        "skill": forms.SkillForm(),
        "language": forms.LanguageForm(),
        "link": forms.LinkForm(),
        "way": forms.WayForm(),
    }
    return {
        **{f"{name}_form": form for name, form in (empty | filled).items()},
        "person": person,
        "told": queries.told_by(person.id),
        "seen_by": seen_by(person),
        "names": FIELD_NAMES,
        "levels": LEVEL_NAMES,
        "ways": WAY_NAMES,
        "focus": focus,
    }


def answer(section: str, words: str, *, adding: bool = False) -> Response:
    """Show a section as it is after an act, and say what was done.

    With htmx the focus goes to the section's head, or to its form when somebody adds things.
    """
    if is_partial():
        focus = f"{section}-form" if adding else section
        return announced(fragment(f"people/_{section}.html", **context(focus)), words)
    notice(words)
    return redirect(f"{PATH}#{section}")

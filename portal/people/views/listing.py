"""Add to the lists of one's profile, and take away: skills, languages, links, ways to be reached."""

from collections.abc import Callable

from flask import Response, request

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.kernel.decisions import NotAllowed
from portal.kernel.text import _
from portal.people import actions, forms, queries
from portal.people.views.blueprint import possible, profile
from portal.people.views.showing import PAGE, answer, context
from portal.taxonomy import skills
from portal.web.forms import Form, refuse
from portal.web.guards import signed_in
from portal.web.rendering import actor, fragment, is_partial, page, refusal


@profile.get("/journey/profile/skills")
@signed_in
def suggest_skills() -> Response:
    """Suggest skills that begin as typed; without htmx, on the whole page."""
    form = forms.SkillForm(request.args)
    told = queries.told_by(actor().own_id, ("skills",))
    mine = frozenset(one.key for one in told.skills)
    found = skills.suggested(form.skill.data or "", but=mine)
    if is_partial():
        return fragment("people/_suggested.html", suggested=found)
    return page(PAGE, "journey", suggested=found, **context(skill=form))


@profile.post("/journey/profile/skills")
@signed_in
def add_skill() -> Response:
    """Add a skill."""
    form = forms.SkillForm(request.form)

    def add() -> None:
        actions.add_skill(actor(), form.skill.data or "", clock.now())

    return _added("skills", "skill", form, add, _("The skill is added."))


@profile.post("/journey/profile/skills/removal")
@signed_in
def remove_skill() -> Response:
    """Take a skill away."""
    with unit_of_work():
        actions.remove_skill(actor(), request.form.get("key", ""), clock.now())
    return answer("skills", _("The skill is taken away."))


@profile.post("/journey/profile/languages")
@signed_in
def add_language() -> Response:
    """Add a language, or tell anew how well one speaks it."""
    form = forms.LanguageForm(request.form)

    def add() -> None:
        actions.add_language(actor(), form.code.data, form.level.data, clock.now())

    return _added("languages", "language", form, add, _("The language is added."))


@profile.post("/journey/profile/languages/removal")
@signed_in
def remove_language() -> Response:
    """Take a language away."""
    with unit_of_work():
        actions.remove_language(actor(), request.form.get("code", ""), clock.now())
    return answer("languages", _("The language is taken away."))


@profile.post("/journey/profile/links")
@signed_in
def add_link() -> Response:
    """Add a link."""
    form = forms.LinkForm(request.form)

    def add() -> None:
        actions.add_link(actor(), form.url.data or "", form.label.data or "", clock.now())

    return _added("links", "link", form, add, _("The link is added."))


@profile.post("/journey/profile/links/<int:number>/removal")
@signed_in
def remove_link(number: int) -> Response:
    """Take a link away."""
    with unit_of_work():
        actions.remove_link(actor(), possible(number), clock.now())
    return answer("links", _("The link is taken away."))


@profile.post("/journey/profile/contact")
@signed_in
def add_way() -> Response:
    """Add a way to be reached."""
    form = forms.WayForm(request.form)

    def add() -> None:
        actions.add_way(actor(), form.kind.data, form.value.data or "", clock.now())

    return _added("contact", "way", form, add, _("The way to reach you is added."))


@profile.post("/journey/profile/contact/<int:number>/removal")
@signed_in
def remove_way(number: int) -> Response:
    """Take a way to be reached away."""
    with unit_of_work():
        actions.remove_way(actor(), possible(number), clock.now())
    return answer("contact", _("The way to reach you is taken away."))


def _added(section: str, name: str, form: Form, add: Callable[[], None], words: str) -> Response:
    """Add what was filled in, or say at its field why not."""
    if form.validate():
        try:
            with unit_of_work():
                add()
            return answer(section, words, adding=True)
        except NotAllowed as full:
            refuse(next(iter(form)), full.reason)
    filled = context(f"{section}-form", **{name: form})
    return refusal(PAGE, f"people/_{section}.html", "journey", **filled)

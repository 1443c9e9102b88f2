"""Suggest skills to look for, while one is typed; the words are the list's, never a person's."""

from flask import Response, request

from portal.directory import forms
from portal.directory.views.blueprint import directory
from portal.taxonomy import skills
from portal.web.guards import signed_in
from portal.web.rendering import fragment, is_partial, redirect


@directory.get("/people/skills")
@signed_in
def suggest_skills() -> Response:
    """Suggest skills that begin as typed; without htmx, look for what was typed."""
    form = forms.FilterForm(request.args)
    if not is_partial():
        return redirect(forms.address(form.wished()))
    found = skills.suggested(form.skill.data or "")
    return fragment("directory/_skills.html", suggested=found)

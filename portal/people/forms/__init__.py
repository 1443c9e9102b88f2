"""What people fill in about themselves."""

from portal.people.forms.basics import ProfileForm, profile_form
from portal.people.forms.listing import LanguageForm, LinkForm, SkillForm, WayForm
from portal.people.forms.photo import PhotoForm
from portal.people.forms.visibility import EveryFieldForm, VisibilityForm, visibility_form
from portal.people.forms.work import WorkForm, work_form

__all__ = [
    "EveryFieldForm",
    "LanguageForm",
    "LinkForm",
    "PhotoForm",
    "ProfileForm",
    "SkillForm",
    "VisibilityForm",
    "WayForm",
    "WorkForm",
    "profile_form",
    "visibility_form",
    "work_form",
]

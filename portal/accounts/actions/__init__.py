"""Sign in, sign up, sign out; choose a language and a password."""

from portal.accounts.actions.asking import ask_to_sign_in, code_of, link_secret_of
from portal.accounts.actions.entering import (
    Entrance,
    enter_as,
    enter_by_code,
    enter_by_link,
    enter_by_password,
    open_account,
)
from portal.accounts.actions.passwords import (
    change_password,
    hash_password,
    password_fits,
    remove_password,
)
from portal.accounts.actions.sessions import (
    choose_language,
    end_session,
    end_sessions,
    end_visit,
)

__all__ = [
    "Entrance",
    "ask_to_sign_in",
    "change_password",
    "choose_language",
    "code_of",
    "end_session",
    "end_sessions",
    "end_visit",
    "enter_as",
    "enter_by_code",
    "enter_by_link",
    "enter_by_password",
    "hash_password",
    "link_secret_of",
    "open_account",
    "password_fits",
    "remove_password",
]

"""Sign in, sign up, sign out; choose a language, a password, addresses; show again who one is."""

from portal.accounts.actions.addresses import (
    add_address_by_code,
    add_address_by_link,
    ask_to_add_address,
    give_up_address,
)
from portal.accounts.actions.app_codes import secret_of
from portal.accounts.actions.asking import ask_to_sign_in, note_refusal
from portal.accounts.actions.by_passkey import enter_by_passkey, prove_by_passkey
from portal.accounts.actions.by_second_step import take_second_step
from portal.accounts.actions.challenges import ask_device
from portal.accounts.actions.changing import (
    ask_to_change_primary,
    confirm_change,
    confirmation_secret,
    side_of,
    withdraw_change,
)
from portal.accounts.actions.devices import (
    Made,
    Shown,
    credential_in,
    options_to_make,
    options_to_show,
    read_made,
    read_shown,
)
from portal.accounts.actions.entering import (
    Entrance,
    enter_as,
    enter_by_code,
    enter_by_link,
    enter_by_password,
)
from portal.accounts.actions.mailed import code_of, link_secret_of
from portal.accounts.actions.oidc import enter_from, link_identity, unlink_identity
from portal.accounts.actions.passkeys import (
    add_passkey,
    remove_passkey,
    rename_passkey,
    user_key_for,
)
from portal.accounts.actions.passwords import (
    change_password,
    hash_password,
    password_fits,
    remove_password,
)
from portal.accounts.actions.printed_codes import print_codes_anew
from portal.accounts.actions.providers import ProviderFault, claims_for, forget_providers, way_there
from portal.accounts.actions.proving import ask_for_proof, prove, prove_by_code
from portal.accounts.actions.reaching import (
    allow_news,
    mark_dead,
    mark_unwanted,
)
from portal.accounts.actions.second_step import (
    begin_second_step,
    forget_second_step,
    turn_off_second_step,
    turn_on_second_step,
)
from portal.accounts.actions.sessions import (
    choose_language,
    choose_zone,
    end_session,
    end_sessions,
    end_visit,
    open_account,
    sign_out_everywhere,
)
from portal.accounts.actions.undoing import undo_change, undo_secret

__all__ = [
    "Entrance",
    "Made",
    "ProviderFault",
    "Shown",
    "add_address_by_code",
    "add_address_by_link",
    "add_passkey",
    "allow_news",
    "ask_device",
    "ask_for_proof",
    "ask_to_add_address",
    "ask_to_change_primary",
    "ask_to_sign_in",
    "begin_second_step",
    "change_password",
    "choose_language",
    "choose_zone",
    "claims_for",
    "code_of",
    "confirm_change",
    "confirmation_secret",
    "credential_in",
    "end_session",
    "end_sessions",
    "end_visit",
    "enter_as",
    "enter_by_code",
    "enter_by_link",
    "enter_by_passkey",
    "enter_by_password",
    "enter_from",
    "forget_providers",
    "forget_second_step",
    "give_up_address",
    "hash_password",
    "link_identity",
    "link_secret_of",
    "mark_dead",
    "mark_unwanted",
    "note_refusal",
    "open_account",
    "options_to_make",
    "options_to_show",
    "password_fits",
    "print_codes_anew",
    "prove",
    "prove_by_code",
    "prove_by_passkey",
    "read_made",
    "read_shown",
    "remove_passkey",
    "remove_password",
    "rename_passkey",
    "secret_of",
    "side_of",
    "sign_out_everywhere",
    "take_second_step",
    "turn_off_second_step",
    "turn_on_second_step",
    "undo_change",
    "undo_secret",
    "unlink_identity",
    "user_key_for",
    "way_there",
    "withdraw_change",
]

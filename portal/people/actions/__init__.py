"""People arrive, tell about themselves, belong to organisations and get duties."""

from portal.people.actions.affiliations import renew_affiliations
from portal.people.actions.arriving import confirm_address, receive_person
from portal.people.actions.profile import change_profile, choose_name_shown
from portal.people.actions.relations import begin_relation, host_named
from portal.people.actions.roles import appoint_administrator

__all__ = [
    "appoint_administrator",
    "begin_relation",
    "change_profile",
    "choose_name_shown",
    "confirm_address",
    "host_named",
    "receive_person",
    "renew_affiliations",
]

"""People arrive, tell about themselves, belong to organisations and get duties."""

from portal.people.actions.addresses import confirm_address, make_primary, remove_address
from portal.people.actions.affiliations import renew_affiliations
from portal.people.actions.arriving import receive_person
from portal.people.actions.audiences import choose_audiences
from portal.people.actions.door import (
    close_door,
    keep_door,
    mark_asked,
    pause_door,
    question_secret,
    resume_door,
    set_door,
)
from portal.people.actions.freshness import confirm_profile
from portal.people.actions.kinds import (
    add_kind,
    describe_kind,
    rename_kind,
    restore_kind,
    retire_kind,
)
from portal.people.actions.listing import (
    add_language,
    add_link,
    add_skill,
    add_way,
    new_skill,
    remove_language,
    remove_link,
    remove_skill,
    remove_way,
)
from portal.people.actions.merging import Preview, merge_people, preview_merge
from portal.people.actions.organisations import (
    add_organisation,
    change_organisation,
    host_named,
    new_organisation,
)
from portal.people.actions.photo import change_photo, remove_photo
from portal.people.actions.profile import change_profile
from portal.people.actions.relations import (
    begin_relation,
    correct_relation,
    end_relation,
    record_relation,
    withdraw_relation,
)
from portal.people.actions.roles import appoint_administrator, give_role, take_role
from portal.people.actions.suspending import lift_suspension, suspend_person
from portal.people.actions.uniting import unite_addresses, unite_doors, unite_relations
from portal.people.actions.work import add_work, change_work, remove_work

__all__ = [
    "Preview",
    "add_kind",
    "add_language",
    "add_link",
    "add_organisation",
    "add_skill",
    "add_way",
    "add_work",
    "appoint_administrator",
    "begin_relation",
    "change_organisation",
    "change_photo",
    "change_profile",
    "change_work",
    "choose_audiences",
    "close_door",
    "confirm_address",
    "confirm_profile",
    "correct_relation",
    "describe_kind",
    "end_relation",
    "give_role",
    "host_named",
    "keep_door",
    "lift_suspension",
    "make_primary",
    "mark_asked",
    "merge_people",
    "new_organisation",
    "new_skill",
    "pause_door",
    "preview_merge",
    "question_secret",
    "receive_person",
    "record_relation",
    "remove_address",
    "remove_language",
    "remove_link",
    "remove_photo",
    "remove_skill",
    "remove_way",
    "remove_work",
    "rename_kind",
    "renew_affiliations",
    "restore_kind",
    "resume_door",
    "retire_kind",
    "set_door",
    "suspend_person",
    "take_role",
    "unite_addresses",
    "unite_doors",
    "unite_relations",
    "withdraw_relation",
]

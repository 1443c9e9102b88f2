"""What a merge does, in words: a line for each kind of row."""

from collections.abc import Iterable
from dataclasses import dataclass

from portal.kernel.merging import Step
from portal.kernel.text import Lazy, _l

# By table and column; what nobody needs to know of is None: it is made anew, or waits for minutes.
ROWS: dict[tuple[str, str], Lazy | None] = {
    ("account", "person_id"): _l("Account"),
    ("address_request", "person_id"): None,
    ("affiliation", "person_id"): None,
    ("choice", "person_id"): _l("Choices of what to be told"),
    ("contact_way", "person_id"): _l("Ways to be reached"),
    ("correction", "answered_by_id"): _l("Answers given about journeys"),
    ("correction", "person_id"): _l("Wishes to have something put right"),
    ("door", "person_id"): _l("The door"),
    ("door_exclusion", "person_id"): _l("Organisations and domains shut out"),
    ("email_address", "person_id"): _l("E-mail addresses"),
    ("event", "organiser_id"): _l("Events they organise"),
    ("first_step", "person_id"): None,
    ("former_id", "person_id"): _l("Addresses of earlier pages"),
    ("hidden_entry", "person_id"): _l("Entries hidden in the journey"),
    ("identity", "person_id"): _l("Sign-ins from other organisations"),
    ("link", "person_id"): _l("Links of the profile"),
    ("list_link", "person_id"): None,
    ("mail", "person_id"): _l("Mails"),
    ("membership", "decided_by_id"): _l("Answers given to requests"),
    ("membership", "person_id"): _l("Memberships"),
    ("memory", "person_id"): _l("Memories"),
    ("muted_network", "person_id"): _l("Networks they hear nothing of"),
    ("name_word", "person_id"): None,
    ("notice", "person_id"): _l("Notices"),
    ("notice_item", "person_id"): None,
    ("passkey", "person_id"): _l("Passkeys"),
    ("passkey_challenge", "person_id"): None,
    ("passkey_user", "person_id"): None,
    ("primary_change", "person_id"): None,
    ("printed_code", "person_id"): _l("Printed codes"),
    ("proof_request", "person_id"): None,
    ("registration", "person_id"): _l("Places at events"),
    ("relation", "owner_id"): _l("Relations they look after"),
    ("relation", "person_id"): _l("Relations to organisations"),
    ("rhythm", "person_id"): _l("When they are written to"),
    ("role", "person_id"): _l("Roles"),
    ("saved_opening", "person_id"): _l("Saved openings"),
    ("second_step", "person_id"): _l("App for codes"),
    ("skill", "person_id"): _l("Skills of the profile"),
    ("spoken_language", "person_id"): _l("Languages of the profile"),
    ("suspension", "by_id"): _l("Suspensions they decided"),
    ("suspension", "person_id"): _l("Times of suspension"),
    ("user_session", "person_id"): _l("Browsers signed in"),
    ("work", "person_id"): _l("Workplaces of the profile"),
}

# What a person shows or hides, as staff speak of it.
FIELD_WORDS: dict[str, Lazy] = {
    "name": _l("the name"),
    "photo": _l("the photo"),
    "headline": _l("what they do"),
    "municipality": _l("the municipality"),
    "about": _l("the text about them"),
    "work": _l("the workplaces"),
    "skills": _l("the skills"),
    "languages": _l("the languages"),
    "links": _l("the links"),
    "contact": _l("the ways to be reached"),
    "relations": _l("the relations to us"),
    "journey": _l("the journey"),
}
# Whom they show it to, as staff speak of it.
AUDIENCE_WORDS: dict[str, Lazy] = {
    "nobody": _l("nobody"),
    "networks": _l("members of their networks"),
    "members": _l("everyone who is signed in"),
}


@dataclass(frozen=True)
class Line:
    """What becomes of the rows of one kind."""

    what: Lazy | str
    moved: int
    united: int
    ended: int
    words: tuple[Lazy, ...]


def lines(steps: Iterable[Step]) -> list[Line]:
    """Return what a reader should know of the steps, in the order of the table."""
    told = [(ROWS.get((one.table, one.column), one.table), one) for one in steps if one]
    return [Line(what, one.moved, one.united, one.ended, one.words) for what, one in told if what]

"""Two rows about one person become one: previewed, then done in one transaction or not at all."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from portal.kernel import files, merging
from portal.kernel.actors import Actor
from portal.kernel.db import session
from portal.kernel.decisions import NotAllowed, require
from portal.kernel.facts import record
from portal.kernel.merging import Merge, Step
from portal.kernel.text import Lazy, _l
from portal.people import queries
from portal.people.actions.affiliations import renew_affiliations
from portal.people.actions.roles import as_held, held_roles
from portal.people.facts import PersonsMerged
from portal.people.models import FormerId, Person
from portal.people.policy.duties import may_merge
from portal.people.policy.merging import audiences, filled_in

GONE = _l("One of the two is not there any more: they may have been merged already.")
CHANGED = _l("Something about them has changed meanwhile. Look again at what happens.")


@dataclass(frozen=True)
class Preview:
    """What a merge would do: to the person's own row, and to every row about them."""

    kept: Person
    gone: Person
    steps: Sequence[Step]
    values: Mapping[str, Any]

    @property
    def filled_in(self) -> Mapping[str, Any]:
        """What the one who goes tells and the one who stays does not."""
        return filled_in(self.kept, self.gone)

    @property
    def seen(self) -> str:
        """A digest of all that is said here: the act does this or nothing."""
        said = [
            (one.table, one.column, one.moved, one.united, one.ended, _spelled(one.words))
            for one in self.steps
        ]
        told = sorted((name, repr(value)) for name, value in self.values.items())
        whole = repr((self.kept.id, self.gone.id, said, told))
        return hashlib.sha256(whole.encode()).hexdigest()[:32]


def preview_merge(kept: Person, gone: Person, chose: frozenset[int], at: datetime) -> Preview:
    """Say what merging the two would do; `chose` are those of them who have ever signed in."""
    merge = Merge(kept.id, gone.id, at)
    return Preview(kept, gone, merging.plan(merge), _values(kept, gone, chose))


def merge_people(
    actor: Actor, kept_id: int, gone_id: int, seen: str, chose: frozenset[int], at: datetime
) -> Person:
    """Make one of two, as the preview with the digest `seen` said. NotAllowed when it no longer would.

    Every row about the one who goes becomes the other's; their public id leads to the other.
    """
    actor = as_held(actor, held_roles())
    kept, gone = _held(kept_id, gone_id)
    walled = any(queries.sees_no_candidacy(actor, one.id, at.date()) for one in (kept, gone))
    require(may_merge(actor, kept, gone, walled=walled))
    merge = Merge(kept.id, gone.id, at, hold=True)
    found = Preview(kept, gone, merging.plan(merge), _values(kept, gone, chose))
    if found.seen != seen:
        raise NotAllowed(CHANGED)
    _unite(merge, found)
    renew_affiliations(kept.id)
    record(PersonsMerged(kept.id, actor.person_id), at)
    session().refresh(kept)
    return kept


def _held(kept_id: int, gone_id: int) -> tuple[Person, Person]:
    """Hold both rows, always in one order: nothing can be added about them until this is over."""
    both = select(Person).where(Person.id.in_((kept_id, gone_id))).order_by(Person.id)
    query = both.with_for_update().execution_options(populate_existing=True)
    found = {person.id: person for person in session().scalars(query)}
    if not {kept_id, gone_id} <= found.keys():
        raise NotAllowed(GONE)
    return found[kept_id], found[gone_id]


def _unite(merge: Merge, found: Preview) -> None:
    """Do what the preview says, and leave of the one who goes their public id alone."""
    kept, gone = found.kept, found.gone
    former = FormerId(public_id=gone.public_id, person_id=kept.id, merged_at=merge.at)
    if gone.photo and "photo" not in found.values:
        files.remove_later(gone.photo)
    merging.do(merge, found.steps)
    if found.values:
        session().execute(update(Person).where(Person.id == kept.id).values(**found.values))
    session().execute(delete(Person).where(Person.id == gone.id))
    session().expunge(gone)
    session().add(former)
    session().flush()


def _spelled(words: Sequence[Lazy]) -> list[tuple[str, str]]:
    """Write words down in no language, to be compared."""
    return [(one.msgid, repr(one.values)) for one in words]


def _values(kept: Person, gone: Person, chose: frozenset[int]) -> dict[str, Any]:
    """Return what changes in the row of the one who stays."""
    shown = audiences(kept, gone, kept_chose=kept.id in chose, gone_chose=gone.id in chose)
    wanted = {
        **filled_in(kept, gone),
        **{f"{field}_shown": audience for field, audience in shown.items()},
        "arrived_at": min(kept.arrived_at, gone.arrived_at),
        "suspended_at": kept.suspended_at or gone.suspended_at,
        "confirmed_at": kept.confirmed_at or gone.confirmed_at,
    }
    return {name: value for name, value in wanted.items() if value != getattr(kept, name)}

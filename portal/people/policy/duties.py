"""Rules about roles, suspensions and merging: never the last administrator, never by oneself alone."""

from datetime import datetime
from typing import Protocol

from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import _l

SHORTEST_SUSPENSION_REASON, LONGEST_SUSPENSION_REASON = 5, 500  # characters
_LAST = _l(
    "There would be no administrator left. Make somebody else administrator before you do this."
)
WALLED = _l(
    "What concerns looking for work is hidden from you here: colleagues never see it of each "
    "other, nor do those whom the person has shut out."
)


class Somebody(Protocol):
    """A person, as far as the rules look at them."""

    @property
    def id(self) -> int: ...
    @property
    def suspended_at(self) -> datetime | None: ...


def may_give_role(actor: Actor, person: Somebody, *, has_it: bool) -> Decision:
    """Say whether the actor may make a person administrator."""
    if not actor.is_administrator:
        return deny(_l("Only administrators make others administrators."))
    if has_it:
        return deny(_l("They are administrator already."))
    if person.suspended_at is not None:
        return deny(_l("They are suspended. Lift the suspension first."))
    return ALLOW


def may_take_role(actor: Actor, *, has_it: bool, others: bool) -> Decision:
    """Say whether the actor may end somebody's duty; `others` says that somebody else has it, too."""
    if not actor.is_administrator:
        return deny(_l("Only administrators take this role away."))
    if not has_it:
        return deny(_l("They are not administrator any more."))
    return ALLOW if others else deny(_LAST)


def may_suspend(actor: Actor, person: Somebody, *, leads: bool, others: bool) -> Decision:
    """Say whether the actor may keep a person out.

    `leads` says that they are administrator, `others` that somebody else is, too.
    """
    if not actor.is_administrator:
        return deny(_l("Only administrators suspend people."))
    if person.id == actor.person_id:
        return deny(_l("You can't suspend yourself."))
    if person.suspended_at is not None:
        return deny(_l("They are suspended already."))
    return deny(_LAST) if leads and not others else ALLOW


def may_lift(actor: Actor, person: Somebody) -> Decision:
    """Say whether the actor may let a person in again."""
    if not actor.is_administrator:
        return deny(_l("Only administrators lift suspensions."))
    if person.suspended_at is None:
        return deny(_l("They are not suspended any more."))
    return ALLOW


def may_merge(actor: Actor, kept: Somebody, gone: Somebody, *, walled: bool) -> Decision:
    """Say whether the actor may make one of two: not of themselves, and not what they may not see."""
    if not actor.is_administrator:
        return deny(_l("Only administrators merge people."))
    if kept.id == gone.id:
        return deny(_l("That is one and the same. Choose the other one of the two."))
    if actor.person_id in (kept.id, gone.id):
        return deny(_l("This is about yourself. Ask another administrator to do it."))
    if walled:
        return deny(
            _l(
                "You may not see everything about them, since you are colleagues or they have "
                "shut you out. Ask another administrator to do it."
            )
        )
    return ALLOW

"""Answers that a person gets stand among their notices, too, beside the mail that always goes."""

from datetime import datetime

from portal.kernel import clock
from portal.kernel.facts import on
from portal.networks.facts import MembershipApproved, MembershipDeclined
from portal.notifications.actions.telling import News, tell
from portal.people.facts import RoleGiven, RoleTaken


@on(MembershipApproved)
def show_approval(fact: MembershipApproved, _at: datetime) -> None:
    """Tell the person who has been let in."""
    show_answer(fact.person_id, "MembershipApproved", fact.membership_id, fact.network_id)


@on(MembershipDeclined)
def show_refusal(fact: MembershipDeclined, _at: datetime) -> None:
    """Tell the person who has not been let in."""
    show_answer(fact.person_id, "MembershipDeclined", fact.membership_id, fact.network_id)


@on(RoleGiven)
def show_role_given(fact: RoleGiven, _at: datetime) -> None:
    """Tell somebody that they are administrator; not by their own doing."""
    if fact.by_id != fact.person_id:
        show_answer(fact.person_id, "RoleGiven", fact.role_id)


@on(RoleTaken)
def show_role_taken(fact: RoleTaken, _at: datetime) -> None:
    """Tell somebody that their duty has ended; not by their own doing."""
    if fact.by_id != fact.person_id:
        show_answer(fact.person_id, "RoleTaken", fact.role_id)


def show_answer(person_id: int, fact: str, subject_id: int, network_id: int | None = None) -> None:
    """Tell one person an answer; each stands by itself, and rolls up with nothing."""
    news = News("answers", fact, subject_id, f"{fact}:{subject_id}", network_id)
    tell([person_id], news, clock.now())

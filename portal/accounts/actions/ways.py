"""See to it that nobody gives up their last way in."""

from collections.abc import Collection

from sqlalchemy import select

from portal.accounts import queries
from portal.accounts.models import Account
from portal.accounts.policy import Way, may_give_up
from portal.kernel.db import session
from portal.kernel.decisions import require


def require_another_way(way: Way, person_id: int, issuers: Collection[str]) -> None:
    """Go on only if the person keeps a way in; two who remove one each wait for each other."""
    session().execute(
        select(Account.person_id).where(Account.person_id == person_id).with_for_update()
    )
    require(may_give_up(way, queries.ways_of(person_id, issuers)))

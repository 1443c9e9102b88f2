"""Tell people something that has happened: each once, and what repeats rolls up until it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from portal.kernel import keys
from portal.kernel.db import insert_into, insert_new, session
from portal.notifications.actions.counting import count_unread, hold
from portal.notifications.actions.rhythm import ask_for_mail, set_next
from portal.notifications.models import Notice, NoticeItem
from portal.notifications.models.notices import UNREAD
from portal.notifications.policy import Told
from portal.notifications.queries.choices import wishes_of
from portal.people.models import Person


@dataclass(frozen=True)
class News:
    """Something that has happened, as it is told; news of one kind `about` the same roll up."""

    kind: str
    fact: str
    subject_id: int
    about: str
    network_id: int | None = None


def tell(people: Iterable[int], news: News, at: datetime, *, by_mail: bool = True) -> None:
    """Tell people of it as they want to be told: in the portal, and by mail in their rhythm.

    Nobody is told twice, however many facts say it, nor anybody who is suspended or has no account:
    who has never signed in has not asked to hear of anything.
    """
    new = _yet_untold(hold(people), news)
    wishes = wishes_of(new) if new else {}
    ways = {one: wishes[one].about(news.kind, news.network_id) for one in new}
    ways = {one: way for one, way in ways.items() if way.in_portal or way.cadence != "never"}
    if not ways:
        return
    notices = _rolled_up(ways, news, at)
    items = [
        {
            "person_id": person_id,
            "fact": news.fact,
            "subject_id": news.subject_id,
            "notice_id": notices[person_id],
            "at": at,
            "settled_at": None if by_mail and way.cadence != "never" else at,
        }
        for person_id, way in ways.items()
    ]
    session().execute(insert_new(NoticeItem.__table__), items)  # type: ignore[arg-type]
    count_unread(ways)
    if by_mail:
        _ask_for_mails(ways, at)


def _ask_for_mails(ways: Mapping[int, Told], at: datetime) -> None:
    asked: dict[str, list[int]] = {}
    for person_id, way in ways.items():
        asked.setdefault(way.cadence, []).append(person_id)
    ask_for_mail(asked.get("now", ()), at)
    set_next(asked.get("daily", ()), at)
    set_next(asked.get("weekly", ()), at, "weekly")


def _yet_untold(people: list[int], news: News) -> list[int]:
    """Return who has not heard of it, and is welcome here; asked after they are held."""
    heard = (
        select(NoticeItem.person_id)
        .where(
            NoticeItem.person_id == Person.id,
            NoticeItem.fact == news.fact,
            NoticeItem.subject_id == news.subject_id,
        )
        .exists()
    )
    query = select(Person.id).where(Person.id.in_(people), Person.suspended_at.is_(None), ~heard)
    return list(session().scalars(query.order_by(Person.id))) if people else []


def _rolled_up(ways: Mapping[int, Told], news: News, at: datetime) -> dict[int, int]:
    """Add it to each one's unread notice about the same, or begin one; return the notices' ids."""
    rows = [
        {
            "public_id": keys.public_id(),
            "person_id": person_id,
            "kind": news.kind,
            "network_id": news.network_id,
            "about": news.about,
            "count": 1,
            "began_at": at,
            "at": at,
            "in_portal": way.in_portal,
        }
        for person_id, way in ways.items()
    ]
    begun = insert_into(Notice.__table__)  # type: ignore[arg-type]
    rolled = begun.on_conflict_do_update(
        index_elements=["person_id", "kind", "about", "in_portal"],
        index_where=UNREAD,
        set_={"count": Notice.count + 1, "at": begun.excluded.at},
    ).returning(Notice.person_id, Notice.id)
    return {row[0]: row[1] for row in session().execute(rolled, rows)}

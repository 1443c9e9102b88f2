"""Lists and the way out of them: a random word for each person's place on each list."""

from datetime import datetime

from sqlalchemy import select

from portal.kernel import keys
from portal.kernel.db import session
from portal.kernel.facts import record
from portal.kernel.mail import MailingList, withdraw
from portal.notifications.actions.choosing import put
from portal.notifications.actions.holding import hold, set_rhythm
from portal.notifications.actions.rhythm import replan
from portal.notifications.facts import ListLeft, ListRejoined
from portal.notifications.models import Cadence, ListLink
from portal.notifications.policy import Told, chosen, id_of, name_of, read_list
from portal.notifications.queries import Place, network_of, place_called, wishes_of


def mailing_list(person_id: int, written: str, at: datetime) -> MailingList:
    """Return somebody's place on a list, named in the language now spoken; made when there is none."""
    meant = read_list(written)
    network, is_known = network_of(meant.network_id, person_id)
    known = select(ListLink.token).where(ListLink.person_id == person_id, ListLink.list == written)
    token = session().scalar(known.order_by(ListLink.created_at, ListLink.token).limit(1))
    if token is None:
        token = keys.token()
        session().add(ListLink(token=token, person_id=person_id, list=written, created_at=at))
        session().flush()
    list_id = id_of(written, network.slug if network else None)
    name = name_of(meant, network.name if network and is_known else None)
    return MailingList(list_id, name, f"/mail/lists/{token}")


def held_place(token: str) -> Place | None:
    """Find the place that a link leads to, and let nobody else choose for its person meanwhile."""
    person_id = session().scalar(select(ListLink.person_id).where(ListLink.token == token))
    if person_id is None:
        return None
    hold(person_id)
    return place_called(token)


def leave_list(place: Place, at: datetime) -> None:
    """Switch off exactly this list, and take back its mails that have not left; once is enough."""
    if place.is_left:
        return
    link = place.link
    link.left_at, link.before = at, None
    if place.meant.gathering:
        set_rhythm(link.person_id, **{f"{place.meant.gathering}_off_at": at})
    else:
        link.before = place.choice.cadence if place.choice else None
        _choose(place, "never", at)
    withdraw(link.person_id, at, [place.id])
    record(ListLeft(link.person_id), at)
    replan(link.person_id, at)


def rejoin_list(place: Place, at: datetime) -> bool:
    """Undo it: as it was before; False when something else has been chosen since."""
    if not place.may_rejoin:
        return False
    link = place.link
    if place.meant.gathering:
        set_rhythm(link.person_id, **{f"{place.meant.gathering}_off_at": None})
    elif link.before is not None:
        _choose(place, link.before, at)
    elif place.choice is not None:
        place.choice.ended_at = at
    link.left_at, link.before = None, None
    record(ListRejoined(link.person_id), at)
    replan(link.person_id, at)
    return True


def _choose(place: Place, cadence: Cadence, at: datetime) -> None:
    """Let the kind of a list come this often from now on; in the portal it stands as it stood."""
    kind, person_id = place.meant.kind, place.link.person_id
    assert kind is not None
    choices = wishes_of([person_id])[person_id].choices
    in_portal = chosen(kind, place.meant.network_id, choices).in_portal
    of = (person_id, kind.code, place.meant.network_id)
    put(place.choice, of, Told(in_portal, cadence), at)

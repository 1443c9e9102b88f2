"""From the cookie to the person: what Flask-Login asks for on each request."""

from flask import session
from flask_login import AnonymousUserMixin, LoginManager, UserMixin, current_user

from portal.accounts import queries
from portal.accounts.policy import idle_life, is_recent, is_staff, session_life
from portal.kernel import clock
from portal.kernel.actors import VISITOR
from portal.kernel.settings import settings
from portal.web.dates import follow
from portal.web.guards import is_unattended

SEEN_EVERY = 600  # seconds between renewals of the cookie's stamp


class Visitor(AnonymousUserMixin):
    """Somebody we do not know."""

    actor = VISITOR


class User(UserMixin):
    """Somebody signed in, as Flask-Login wants to see them."""

    def __init__(self, token: str, signed_in: queries.SignedIn) -> None:
        self.token = token
        self.signed_in = signed_in
        self.actor = signed_in.actor
        self.unread = signed_in.unread

    @property
    def is_proved(self) -> bool:
        """Say whether they have shown lately who they are."""
        return is_recent(self.signed_in.proved_at, clock.now())

    @property
    def lacks_second_step(self) -> bool:
        """Say whether they must have a second step, and have none."""
        required = settings().staff_second_step and is_staff(self.actor)
        return bool(required) and not queries.has_second_step(self.actor.own_id)

    def get_id(self) -> str:
        return self.token


def me() -> int:
    """Return the id of who is signed in; behind `@signed_in` only."""
    return here().actor.own_id


def here() -> queries.SignedIn:
    """Return the signed-in session of this request; behind `@signed_in` only."""
    found: queries.SignedIn = current_user.signed_in  # type: ignore[attr-defined]
    return found


login_manager = LoginManager()
login_manager.anonymous_user = Visitor
# Flask-Login's own protection hashes a header that anybody can forge.
login_manager.session_protection = None  # type: ignore[assignment]


@login_manager.user_loader  # type: ignore[untyped-decorator]
def load(token: str) -> User | None:
    """Find who holds the token, unless the session has lasted or rested too long."""
    found = queries.signed_in(token)
    if found is None:
        return None
    if clock.now() >= found.began_at + session_life(found.actor):
        return None
    now, seen = int(clock.now().timestamp()), session.get("seen")
    if not isinstance(seen, int) or now - seen > idle_life(found.actor).total_seconds():
        return None
    if now - seen > SEEN_EVERY and not is_unattended():
        session["seen"] = now
    follow(found.zone)
    return User(token, found)

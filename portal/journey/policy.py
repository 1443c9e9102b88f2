"""How facts are told to the person they are about."""

from dataclasses import dataclass
from typing import Literal

from portal.kernel.text import Lazy, _l

Thing = Literal["network", "event", "opening", "relation"]


@dataclass(frozen=True)
class Telling:
    """A fact in words; `%(name)s` is the thing it is about, as it is called now."""

    words: Lazy
    about: Thing | None = None


TELLINGS: dict[str, Telling] = {
    "PersonArrived": Telling(_l("You came here for the first time")),
    "AccountOpened": Telling(_l("You got an account")),
    "PasswordChanged": Telling(_l("Your password was changed")),
    "ProfileChanged": Telling(_l("You changed your profile")),
    "AudienceChosen": Telling(_l("You chose who sees your name")),
    "RelationBegan": Telling(_l("A relation to %(name)s began"), "relation"),
    "MembershipAsked": Telling(_l("You asked to join %(name)s"), "network"),
    "MembershipApproved": Telling(_l("You got a yes from %(name)s"), "network"),
    "MembershipDeclined": Telling(_l("You got a no from %(name)s this time"), "network"),
    "RequestWithdrawn": Telling(_l("You took back your request to %(name)s"), "network"),
    "NetworkJoined": Telling(_l("You joined %(name)s"), "network"),
    "NetworkLeft": Telling(_l("You left %(name)s"), "network"),
    "OpeningSaved": Telling(_l("You saved the opening %(name)s"), "opening"),
    "PlaceTaken": Telling(_l("You took a place at %(name)s"), "event"),
    "PlaceGivenBack": Telling(_l("You gave back your place at %(name)s"), "event"),
}
RELATION_WORDS: dict[str, Lazy] = {
    "candidate": _l("You became a candidate at %(name)s"),
    "employee": _l("You became an employee at %(name)s"),
    "consultant": _l("You became a consultant at %(name)s"),
    "alumnus": _l("You became an alumnus of %(name)s"),
    "customer_contact": _l("You became our contact at %(name)s"),
}
# What is said of a thing that is gone or that the person may no longer see.
UNSEEN: dict[Thing, Lazy] = {
    "network": _l("a network that you no longer see"),
    "event": _l("an event that you no longer see"),
    "opening": _l("an opening that you no longer see"),
    "relation": _l("an organisation that is gone"),
}

"""Every kind of fact about a person, in words: this table is who may see which kind.

A kind without words for staff is the person's alone; one without words for the network stays
between the person and us. A new kind is added to `around` or to `account`.
"""

from portal.journey.policy.account import ACCOUNT
from portal.journey.policy.around import AROUND, RELATION_WORDS
from portal.journey.policy.telling import Group, Sight, Telling, Thing
from portal.kernel.text import Lazy, _l

TELLINGS: dict[str, Telling] = AROUND | ACCOUNT
# What is said of a thing that is gone or that the person may no longer see.
UNSEEN: dict[Thing, Lazy] = {
    "network": _l("a network that you no longer see"),
    "event": _l("an event that you no longer see"),
    "opening": _l("an opening that you no longer see"),
    "relation": _l("an organisation that is gone"),
    "memory": _l("a memory that is gone"),
    "correction": _l("something that is gone"),
}


def names_told(sight: Sight, group: Group | None = None) -> tuple[str, ...]:
    """Return the kinds of facts that have a line of their own for a reader, all or of one group."""
    order: tuple[Sight, ...] = ("me", "staff", "network")
    return tuple(
        name
        for name, telling in TELLINGS.items()
        if order.index(telling.seen_by) >= order.index(sight)
        and telling.told_with is None
        and group in (None, telling.group)
    )


def words_of(name: str, variant: str | None, sight: Sight) -> Lazy:
    """Return the words of a fact; `variant` is the kind of the relation it is about, if it is."""
    special = RELATION_WORDS.get((name, variant)) if variant else None
    if special is None:
        return TELLINGS[name].words(sight)
    return special.mine if sight == "me" else special.others

"""What happens between a person and others: relations, networks, events, openings, memories."""

from portal.journey.policy.telling import Telling, Words
from portal.kernel.text import _l

AROUND: dict[str, Telling] = {
    # Relations; those of somebody who looks for work are never told to the network.
    "RelationBegan": Telling(
        _l("Your time as %(kind)s at %(name)s began"),
        "relation",
        _l("The time as %(kind)s at %(name)s began"),
        _l("The time as %(kind)s at %(name)s began"),
        "relations",
    ),
    "RelationEnded": Telling(
        _l("Your time as %(kind)s at %(name)s ended"),
        "relation",
        _l("The time as %(kind)s at %(name)s ended"),
        _l("The time as %(kind)s at %(name)s ended"),
        "relations",
    ),
    "RelationCorrected": Telling(
        _l("What stood about your time as %(kind)s at %(name)s was put right"),
        "relation",
        _l("What stood about the time as %(kind)s at %(name)s was put right"),
        None,
        "relations",
    ),
    "RelationWithdrawn": Telling(
        _l("Your time as %(kind)s at %(name)s was taken away: it had come in by mistake"),
        "relation",
        _l("The time as %(kind)s at %(name)s was taken away: it had come in by mistake"),
        None,
        "relations",
    ),
    # Networks.
    "MembershipAsked": Telling(
        _l("You asked to join %(name)s"), "network", _l("Asked to join %(name)s"), None, "networks"
    ),
    "MembershipApproved": Telling(
        _l("You got a yes from %(name)s"),
        "network",
        _l("Got a yes from %(name)s"),
        None,
        "networks",
        told_with="NetworkJoined",
    ),
    "MembershipDeclined": Telling(
        _l("You got a no from %(name)s this time"),
        "network",
        _l("Got a no from %(name)s this time"),
        None,
        "networks",
    ),
    "RequestWithdrawn": Telling(
        _l("You took back your request to %(name)s"),
        "network",
        _l("Took back a request to %(name)s"),
        None,
        "networks",
    ),
    "NetworkJoined": Telling(
        _l("You joined %(name)s"),
        "network",
        _l("Joined %(name)s"),
        _l("Joined %(name)s"),
        "networks",
    ),
    "NetworkLeft": Telling(
        _l("You left %(name)s"), "network", _l("Left %(name)s"), None, "networks"
    ),
    # Events.
    "PlaceTaken": Telling(
        _l("You took a place at %(name)s"),
        "event",
        _l("Took a place at %(name)s"),
        _l("Took a place at %(name)s"),
        "events",
    ),
    "PlaceGivenBack": Telling(
        _l("You gave back your place at %(name)s"),
        "event",
        _l("Gave back a place at %(name)s"),
        None,
        "events",
    ),
    # Openings: what somebody thinks of doing next is theirs alone.
    "OpeningSaved": Telling(_l("You saved the opening %(name)s"), "opening", group="openings"),
    # Memories: each says itself whether the networks may read it.
    "MemoryAdded": Telling(
        _l("A memory of yours"), "memory", _l("A memory"), _l("A memory"), "memories"
    ),
}
# How the kinds of relations that we brought along begin; others take the words of the table.
RELATION_WORDS: dict[tuple[str, str], Words] = {
    ("RelationBegan", "candidate"): Words(
        _l("You became a candidate at %(name)s"), _l("Became a candidate at %(name)s")
    ),
    ("RelationBegan", "employee"): Words(
        _l("You became an employee at %(name)s"), _l("Became an employee at %(name)s")
    ),
    ("RelationBegan", "consultant"): Words(
        _l("You became a consultant at %(name)s"), _l("Became a consultant at %(name)s")
    ),
    ("RelationBegan", "alumnus"): Words(
        _l("You became an alumnus of %(name)s"), _l("Became an alumnus of %(name)s")
    ),
    ("RelationBegan", "customer_contact"): Words(
        _l("You became our contact at %(name)s"), _l("Became a customer contact at %(name)s")
    ),
}

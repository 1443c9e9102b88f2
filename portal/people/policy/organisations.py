"""Rules about organisations: what they may be called, and which mail domain is theirs alone."""

from dataclasses import dataclass

from portal.kernel.actors import Actor
from portal.kernel.decisions import ALLOW, Decision, deny
from portal.kernel.text import Lazy, _l
from portal.people.policy.belonging import PUBLIC_MAIL, SHARED_SECOND_LEVELS

LONGEST_ORGANISATION_NAME = 120  # characters
ORGANISATION_KINDS: dict[str, Lazy] = {
    "customer": _l("Customer"),
    "employer": _l("Other employer"),
    "host": _l("Us"),
}


@dataclass(frozen=True)
class ToldOrganisation:
    """What is written of an organisation; the domain in letters that mail servers take."""

    name: str
    kind: str
    domain: str | None = None
    industry: str | None = None


def may_keep_organisations(actor: Actor) -> Decision:
    """Say whether the actor writes down organisations."""
    if not actor.is_administrator:
        return deny(_l("Only administrators write down organisations."))
    return ALLOW


def may_own_domain(domain: str) -> Decision:
    """Say whether a mail domain can be one organisation's own: not a provider's, not a whole ending."""
    labels = domain.split(".")
    shared = len(labels) < 2 or (len(labels) == 2 and labels[0] in SHARED_SECOND_LEVELS)
    if domain in PUBLIC_MAIL or shared:
        return deny(_l("Anybody may have an address there, so it says nothing of where they work."))
    return ALLOW

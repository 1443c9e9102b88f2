"""How many see a door, said in a sentence."""

from dataclasses import dataclass

from portal.kernel.text import _, _n

MOST_COUNTED = 1000
MOST_NAMED = 3


@dataclass(frozen=True)
class Effect:
    """How many see the door, each counted once: members up to MOST_COUNTED + 1."""

    coordinators: int = 0
    administrators: int = 0
    members: int = 0

    @property
    def total(self) -> int:
        return self.coordinators + self.administrators + self.members

    def sentence(self, shut_out: list[str]) -> str:
        """Say who sees it, and that nobody does at the places that are shut out."""
        if not self.total:
            return _("Nobody can see this.")
        who = _listed(self._counted())
        who = who[:1].upper() + who[1:]
        if not shut_out:
            return _("%(who)s can see this.", who=who)
        named = shut_out[:MOST_NAMED]
        if more := len(shut_out) - len(named):
            named.append(_n("%(num)d more place", "%(num)d more places", more))
        places = _listed(named, _("or"))
        return _("%(who)s can see this, nobody at %(places)s.", who=who, places=places)

    def _counted(self) -> list[str]:
        counted = []
        if self.coordinators:
            counted.append(_n("%(num)d coordinator", "%(num)d coordinators", self.coordinators))
        if self.administrators:
            counted.append(
                _n("%(num)d administrator", "%(num)d administrators", self.administrators)
            )
        if self.members > MOST_COUNTED:
            counted.append(_("more than a thousand members"))
        elif self.members:
            counted.append(_n("%(num)d member", "%(num)d members", self.members))
        return counted


def _listed(words: list[str], last: str | None = None) -> str:
    """Write a list as one does: a, b and c."""
    if len(words) == 1:
        return words[0]
    joining = last or _("and")
    return f"{', '.join(words[:-1])} {joining} {words[-1]}"

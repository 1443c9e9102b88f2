"""What is told of corrections: to administrators that one waits, to the person what was answered."""

from portal.kernel.text import _, _l, _n
from portal.notifications.policy import Kind, register
from portal.notifications.policy.telling import SAID, SAID_OF_MANY
from portal.notifications.policy.words import Line, Thing, Where

CORRECTIONS = "corrections"
LIST = "/journey/corrections"


def wish(thing: Thing) -> Line:
    """Say that somebody wants something put right."""
    text = _("%(person)s wants something put right", person=thing.who)
    return Line(text, f"{LIST}/{thing.slug}", button=_("Read and answer"))


def many_wishes(_where: Where, num: int, shown: str) -> Line:
    """Say how many want something put right."""
    text = _n(
        "%(shown)s person wants something put right",
        "%(shown)s people want something put right",
        num,
        shown=shown,
    )
    return Line(text, LIST)


def answer(_thing: Thing) -> Line:
    """Say that there is an answer; it stands where the person asked."""
    text = _("An answer about what you wanted put right")
    return Line(text, "/journey#corrections", button=_("Read the answer"))


register(
    Kind(
        CORRECTIONS,
        _l("Corrections that wait"),
        _l("Somebody wants something about them put right, and waits for an administrator."),
        "administrators",
        "now",
        by_network=False,
    )
)
SAID |= {"CorrectionAsked": wish, "CorrectionAnswered": answer}
SAID_OF_MANY[CORRECTIONS] = many_wishes

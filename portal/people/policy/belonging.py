"""Who counts as whose colleague: keys of organisations, mail domains and workplaces."""

from contextlib import suppress

from portal.kernel.mailboxes import fold_address
from portal.people.models.spelling import name_key

# Everybody may have an address here, so that sharing one says nothing.
PUBLIC_MAIL = frozenset(
    """gmail.com googlemail.com hotmail.com hotmail.se outlook.com outlook.se live.com live.se
    msn.com icloud.com me.com mac.com yahoo.com yahoo.se ymail.com proton.me protonmail.com pm.me
    telia.com bredband.net bredband2.com comhem.se tele2.se spray.se passagen.se bahnhof.se
    glocalnet.net swipnet.se home.se tre.se ownit.se gmx.com gmx.net gmx.de web.de aol.com mail.com
    zoho.com fastmail.com hey.com tutanota.com tuta.io tuta.com posteo.net yandex.com
    example.com example.org example.net
    kundidat.example posthuset.example brevhuset.example""".split()  # the last three: the demo world
)
# Second levels under which anybody may register, such as nordbygg.co.uk.
SHARED_SECOND_LEVELS = frozenset("ac co com edu gov net org pp tm press parti brand".split())
# What people write when they have no workplace to name.
NO_WORKPLACES = frozenset(
    name_key(name)
    for name in """egen firma/egenföretagare/egna företag/eget företag/eget/egen/frilans/frilansare/
    freelance/freelancer/self employed/konsult/consultant/student/studerande/arbetssökande/
    arbetslös/unemployed/pensionär/retired/föräldraledig/tjänstledig/hemma/privat/private/diverse/
    konfidentiellt/confidential/hemligt/ingen/inget/none""".split("/")
)


def organisation_keys(number: int, name: str, domain: str | None) -> list[str]:
    """Return the keys by which an organisation's people are known."""
    keys = [f"org:{number}", workplace_key(name)]
    levels = domain_keys(domain or "")
    if levels and not says_nothing(levels[0]):
        keys.append(levels[-1])
        if len(levels) == 1:
            keys.append(workplace_of_domain(levels[0].removeprefix("domain:")))
    return list(dict.fromkeys(key for key in keys if key))


def domain_keys(domain: str) -> list[str]:
    """Return a mail domain and those above it, the shortest that can be one owner's first.

    None for what is nobody's own, such as se or co.uk.
    """
    labels = plain_domain(domain).split(".")
    is_shared = len(labels) > 1 and labels[-2] in SHARED_SECOND_LEVELS and len(labels[-1]) == 2
    shortest = 3 if is_shared else 2
    return ["domain:" + ".".join(labels[-n:]) for n in range(shortest, len(labels) + 1)]


def plain_domain(domain: str) -> str:
    """Return a domain as mail servers write it: no capitals, å as xn--."""
    return fold_address(f"x@{domain.strip().strip('.')}").rpartition("@")[2]


def workplace_key(name: str) -> str:
    """Return one spelling of a workplace: Nordbygg AB and NORDBYGG are the same; may be empty."""
    key = name_key(name)
    return f"name:{key}" if key and key not in NO_WORKPLACES else ""


def workplace_of_domain(domain: str) -> str:
    """Return the workplace that a mail domain is called by: Nordbygg of mail.nordbygg.se."""
    levels = domain_keys(domain)
    if not levels or says_nothing(levels[0]):
        return ""
    label = levels[0].removeprefix("domain:").partition(".")[0]
    with suppress(UnicodeError):
        label = label.encode().decode("idna")
    return workplace_key(label)


def says_nothing(key: str) -> bool:
    """Say whether anybody may have an address there: two people who do need not know each other."""
    kind, _colon, domain = key.partition(":")
    labels = domain.split(".")
    above = (".".join(labels[n:]) for n in range(len(labels) - 1))
    return kind == "domain" and any(one in PUBLIC_MAIL for one in above)


def joins(key: str, shared: set[str]) -> bool:
    """Say whether two people with this key are colleagues.

    `shared` are the host's own keys: all of us would be colleagues there.
    """
    kind, _colon, value = key.partition(":")
    if kind == "domain":
        ours = {*domain_keys(value), workplace_of_domain(value)}
        return not (ours & shared or says_nothing(key))
    return key not in shared

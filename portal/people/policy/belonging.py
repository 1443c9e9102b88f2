"""Who counts as whose colleague: keys of organisations, mail domains and workplaces."""

from portal.kernel.search.analysis import words

# Everybody may have an address here, so that sharing one says nothing.
PUBLIC_MAIL = frozenset(
    """gmail.com googlemail.com hotmail.com hotmail.se outlook.com outlook.se live.com live.se
    msn.com icloud.com me.com mac.com yahoo.com yahoo.se proton.me protonmail.com pm.me telia.com
    bredband.net comhem.se tele2.se spray.se passagen.se bahnhof.se glocalnet.net swipnet.se
    home.se gmx.com gmx.net gmx.de aol.com mail.com zoho.com fastmail.com hey.com tutanota.com
    tuta.io posteo.net yandex.com example.com example.org example.net""".split()
)
# Second levels under which anybody may register, such as nordbygg.co.uk.
SHARED_SECOND_LEVELS = frozenset("ac co com edu gov net org pp tm press parti brand".split())
COMPANY_FORMS = frozenset("ab hb kb ek as asa oy oyj aps inc ltd llc gmbh publ group".split())


def organisation_keys(number: int, name: str, domain: str | None) -> list[str]:
    """Return the keys by which an organisation's people are known."""
    keys = [f"org:{number}", workplace_key(name), *(domain_keys(domain)[-1:] if domain else ())]
    return [key for key in keys if key]


def domain_keys(domain: str) -> list[str]:
    """Return a mail domain and those above it, the shortest that can be one owner's first."""
    labels = domain.strip().strip(".").casefold().split(".")
    shortest = 3 if len(labels) > 2 and labels[-2] in SHARED_SECOND_LEVELS else 2
    return ["domain:" + ".".join(labels[-n:]) for n in range(shortest, len(labels) + 1)]


def workplace_key(name: str) -> str:
    """Return one spelling of a workplace: Nordbygg AB and NORDBYGG are the same; may be empty."""
    told = [word for word in words(name) if word not in COMPANY_FORMS]
    return f"name:{' '.join(told)}"[:140] if told else ""


def joins(key: str, shared: set[str]) -> bool:
    """Say whether two people with this key are colleagues.

    `shared` are the host's own keys: all of us would be colleagues there.
    """
    return key not in shared and key.removeprefix("domain:") not in PUBLIC_MAIL

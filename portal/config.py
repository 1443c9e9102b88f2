"""Settings from the environment, checked at start: every wrong key is named at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

KNOWN = {
    "PORTAL_ENV": "development, or production (stricter checks)",
    "PORTAL_BASE_URL": "the address people use, such as https://natverk.example.com",
    "PORTAL_BRAND": "the portal's name",
    "PORTAL_LOGO": "path of an SVG or PNG logo",
    "PORTAL_ACCENT": "accent colour, #rrggbb, dark enough for white text (4.5:1)",
    "PORTAL_HTMX": "cdn (default) or local",
    "PORTAL_SMTP_URL": "smtp://, smtp+starttls:// or smtps://user:password@host:port",
    "PORTAL_MAIL_FROM": "sender address of all mail",
    "PORTAL_INSTANCE": "folder for the database, files and the generated secret",
    "PORTAL_TRUSTED_HOSTS": "host names to answer to, separated by commas",
    "PORTAL_PROXIES": "number of reverse proxies in front (0)",
    "PORTAL_HSTS": "1 sends Strict-Transport-Security",
    "PORTAL_NAMES_PER_HOUR": "how many names a member is shown in the list of people in an hour (2000)",
    "PORTAL_PROFILES_PER_HOUR": "how many people's pages a member may open in an hour (300)",
    "PORTAL_DEMO": "1 shows demo sign-ins on the sign-in page; never with real people",
    "PORTAL_STAFF_SECOND_STEP": "optional (default), or required of administrators and coordinators",
    "PORTAL_OIDC": "short names of organisations whose sign-in is taken, separated by commas",
}
# Of each organisation named in PORTAL_OIDC, as PORTAL_OIDC_<NAME>_<PART>.
OIDC_PARTS = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME")
OIDC_KEY = re.compile(r"[a-z][a-z0-9]{0,19}")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3


def folder(name: str) -> Path:
    """Find `templates`, `static` or `migrations`: inside an installed package, else at top level."""
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


class WrongSettings(Exception):
    """Some settings can't be used; the message names each one."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("These settings must be mended:\n" + "\n".join(f"  - {f}" for f in faults))


@dataclass(frozen=True)
class Provider:
    """An organisation whose own sign-in opens the portal too (OpenID Connect)."""

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Settings:
    """Everything that can be set; read once, never changed."""

    secret_key: str
    database_url: str
    production: bool = False
    base_url: str = "http://127.0.0.1:5000"
    brand: str = "Kundidat"
    logo: Path | None = None
    accent: str | None = None
    htmx: str = "cdn"
    smtp_url: str | None = None
    mail_from: str = "portal@localhost"
    instance: Path = Path("instance")
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    hsts: bool = False
    names_per_hour: int = 2000
    profiles_per_hour: int = 300
    demo: bool = False
    staff_second_step: bool = False
    providers: tuple[Provider, ...] = ()

    @property
    def https(self) -> bool:
        return self.base_url.startswith("https://")


def read(environment: Mapping[str, str], instance: Path) -> Settings:
    """Read the settings; raises WrongSettings with every fault at once."""
    reader = _Reader(environment)
    production = reader.choice("PORTAL_ENV", ("development", "production")) == "production"
    folder = Path(environment.get("PORTAL_INSTANCE") or instance)
    settings = Settings(
        secret_key=reader.secret(folder, production),
        database_url=reader.database(folder, production),
        production=production,
        base_url=reader.base_url(production),
        brand=environment.get("PORTAL_BRAND") or Settings.brand,
        logo=reader.logo(),
        accent=reader.accent(),
        htmx=reader.choice("PORTAL_HTMX", ("cdn", "local")),
        smtp_url=reader.smtp(production),
        mail_from=reader.mail_from(production),
        instance=folder,
        trusted_hosts=reader.hosts(production),
        proxies=reader.number("PORTAL_PROXIES", 0, 5),
        hsts=reader.flag("PORTAL_HSTS"),
        names_per_hour=reader.number("PORTAL_NAMES_PER_HOUR", 20, 10**6, Settings.names_per_hour),
        profiles_per_hour=reader.number(
            "PORTAL_PROFILES_PER_HOUR", 1, 10**6, Settings.profiles_per_hour
        ),
        demo=reader.demo(production),
        staff_second_step=reader.choice("PORTAL_STAFF_SECOND_STEP", ("optional", "required"))
        == "required",
        providers=reader.providers(production),
    )
    if reader.faults:
        raise WrongSettings(reader.faults)
    return settings


class _Reader:
    """Reads one key after another and remembers what was wrong."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        known = KNOWN.keys() | {
            f"PORTAL_OIDC_{name.upper()}_{part}" for name in self.oidc() for part in OIDC_PARTS
        }
        self.faults = [
            f"{key} is not a setting of this portal."
            for key in sorted(environment)
            if key.startswith("PORTAL_") and key not in known
        ]

    def get(self, key: str) -> str:
        return self.environment.get(key, "").strip()

    def wrong(self, key: str, why: str) -> None:
        self.faults.append(f"{key} {why}")

    def checked(self, key: str, fits: Callable[[str], object], why: str) -> str | None:
        value = self.get(key)
        if value and not fits(value):
            self.wrong(key, why)
            return None
        return value or None

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        why = f"must be one of: {', '.join(allowed)}."
        return self.checked(key, lambda value: value in allowed, why) or allowed[0]

    def flag(self, key: str) -> bool:
        return self.checked(key, lambda value: value in ("0", "1"), "must be 0 or 1.") == "1"

    def demo(self, production: bool) -> bool:
        if production and self.get("PORTAL_DEMO") == "1":
            self.wrong("PORTAL_DEMO", "lets anybody sign in as anybody: never in production.")
        return self.flag("PORTAL_DEMO")

    def number(self, key: str, least: int, most: int, usual: int = 0) -> int:
        why = f"must be a whole number from {least} to {most}."
        fits = lambda value: value.isdecimal() and least <= int(value) <= most  # noqa: E731
        return int(self.checked(key, fits, why) or usual)

    def secret(self, folder: Path, production: bool) -> str:
        value = self.get("SECRET_KEY")
        kept = folder / "secret_key"
        if not value and not production and kept.is_file():
            value = kept.read_text().strip()
        if len(value) < 32:
            self.wrong("SECRET_KEY", "must be set, at least 32 random characters long.")
        return value

    def database(self, folder: Path, production: bool) -> str:
        value = self.get("DATABASE_URL") or f"sqlite:///{(folder / 'portal.db').resolve()}"
        if value.startswith("postgres://"):
            value = "postgresql://" + value.removeprefix("postgres://")
        if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            self.wrong("DATABASE_URL", "must begin with sqlite:/// or postgresql://.")
        return value

    def base_url(self, production: bool) -> str:
        value = self.get("PORTAL_BASE_URL").rstrip("/")
        url = urlsplit(value)
        if value and (url.scheme not in ("http", "https") or not url.hostname or url.path):
            self.wrong("PORTAL_BASE_URL", "must be like https://natverk.example.com, with no path.")
        elif production and url.scheme != "https":
            self.wrong("PORTAL_BASE_URL", "must be set in production, and begin with https://.")
        return value or Settings.base_url

    def logo(self) -> Path | None:
        why = "must be the path of an existing .svg or .png file."
        fits = lambda value: Path(value).suffix in (".svg", ".png") and Path(value).is_file()  # noqa: E731
        value = self.checked("PORTAL_LOGO", fits, why)
        return Path(value) if value else None

    def accent(self) -> str | None:
        value = self.checked("PORTAL_ACCENT", COLOUR.fullmatch, "must be a colour like #1f5d4c.")
        if value and contrast(value, "#ffffff") < LEAST_CONTRAST:
            ratio = f"{contrast(value, '#ffffff'):.1f}"
            self.wrong("PORTAL_ACCENT", f"gives {ratio}:1 against white; text needs 4.5:1.")
        return value

    def smtp(self, production: bool) -> str | None:
        why = "must be smtp://, smtp+starttls:// or smtps:// and a host."
        value = self.checked("PORTAL_SMTP_URL", _is_smtp_url, why)
        if production and not self.get("PORTAL_SMTP_URL"):
            self.wrong("PORTAL_SMTP_URL", "must be set in production: people sign in by mail.")
        return value

    def mail_from(self, production: bool) -> str:
        fits = re.compile(r"[^@\s]+@[^@\s]+").fullmatch
        value = self.checked("PORTAL_MAIL_FROM", fits, "must be an e-mail address.")
        if production and not self.get("PORTAL_MAIL_FROM"):
            self.wrong("PORTAL_MAIL_FROM", "must be set in production.")
        return value or Settings.mail_from

    def hosts(self, production: bool) -> tuple[str, ...]:
        named = tuple(host.strip() for host in self.get("PORTAL_TRUSTED_HOSTS").split(",") if host)
        if not named and production:
            named = (urlsplit(self.get("PORTAL_BASE_URL")).hostname or "",)
        return named

    def oidc(self) -> list[str]:
        return [name.strip() for name in self.get("PORTAL_OIDC").split(",") if name.strip()]

    def providers(self, production: bool) -> tuple[Provider, ...]:
        names = self.oidc()
        if len(names) != len(set(names)) or not all(map(OIDC_KEY.fullmatch, names)):
            self.wrong("PORTAL_OIDC", "must be different short names such as acme, a-z and 0-9.")
            return ()
        if names and find_spec("authlib") is None:
            self.wrong("PORTAL_OIDC", "needs packages that are not installed: kundidat[oidc].")
        found = tuple(self.provider(name, production) for name in names)
        if len({one.issuer for one in found}) < len(found):
            self.wrong("PORTAL_OIDC", "names the same issuer twice.")
        return found

    def provider(self, name: str, production: bool) -> Provider:
        start = f"PORTAL_OIDC_{name.upper()}"
        issuer = self.get(f"{start}_ISSUER")
        if not _is_issuer(issuer, production):
            self.wrong(f"{start}_ISSUER", "must be the https:// address that the sign-in goes by.")
        for part in ("CLIENT_ID", "CLIENT_SECRET"):
            if not self.get(f"{start}_{part}"):
                self.wrong(f"{start}_{part}", "must be set, as the organisation gave it.")
        return Provider(
            key=name,
            name=self.get(f"{start}_NAME") or name.capitalize(),
            issuer=issuer,
            client_id=self.get(f"{start}_CLIENT_ID"),
            client_secret=self.get(f"{start}_CLIENT_SECRET"),
        )


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #rrggbb colours (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _is_smtp_url(value: str) -> bool:
    url = urlsplit(value)
    return url.scheme in ("smtp", "smtp+starttls", "smtps") and bool(url.hostname)


def _is_issuer(value: str, production: bool) -> bool:
    """Say whether this can be an issuer: https, or a sign-in on this machine while developing."""
    try:
        url = urlsplit(value)
    except ValueError:
        return False
    plain = url.scheme == "http" and url.hostname in ("127.0.0.1", "localhost") and not production
    whole = bool(url.hostname) and not url.query and not url.fragment and not url.username
    return whole and (url.scheme == "https" or plain)


def lightened(colour: str) -> str:
    """Lighten a colour until it can be read on the dark background (7:1 on #16201c)."""
    parts = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    while contrast("#{:02x}{:02x}{:02x}".format(*parts), "#16201c") < 7:
        parts = [min(255, part + max(1, (255 - part) // 12)) for part in parts]
    return "#{:02x}{:02x}{:02x}".format(*parts)

"""Reads the settings from the environment: every wrong key is named at once."""

import re
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from portal.config.colours import contrast
from portal.config.settings import KNOWN, Provider, Settings

# Of each organisation named in PORTAL_OIDC, as PORTAL_OIDC_<NAME>_<PART>.
OIDC_PARTS = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME")
OIDC_KEY = re.compile(r"[a-z][a-z0-9]{0,19}")
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
SELECTOR = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3


class WrongSettings(Exception):
    """Some settings can't be used; the message names each one."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("These settings must be mended:\n" + "\n".join(f"  - {f}" for f in faults))


def read(environment: Mapping[str, str], instance: Path) -> Settings:
    """Read the settings; raises WrongSettings with every fault at once."""
    reader = _Reader(environment)
    production = reader.choice("PORTAL_ENV", ("development", "production")) == "production"
    folder = Path(reader.get("PORTAL_INSTANCE") or instance)
    settings = Settings(
        secret_key=reader.secret(folder, production),
        database_url=reader.database(folder, production),
        production=production,
        base_url=reader.base_url(production),
        brand=reader.get("PORTAL_BRAND") or Settings.brand,
        logo=reader.logo(),
        accent=reader.accent(),
        htmx=reader.choice("PORTAL_HTMX", ("cdn", "local")),
        smtp_url=reader.smtp(production),
        mail_from=reader.address("PORTAL_MAIL_FROM", production) or Settings.mail_from,
        bounce_address=reader.address("PORTAL_BOUNCE_ADDRESS"),
        bounce_secret=reader.bounce_secret(),
        mails_per_hour=reader.number("PORTAL_MAILS_PER_HOUR", 0, 10**6),
        dkim_selector=reader.dkim_selector(),
        dkim_key=reader.dkim_key(),
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

    def address(self, key: str, required: bool = False) -> str | None:
        if required and not self.get(key):
            self.wrong(key, "must be set in production.")
        return self.checked(key, ADDRESS.fullmatch, "must be an e-mail address.")

    def bounce_secret(self) -> str | None:
        fits = re.compile(r"[!-~]{32,}").fullmatch
        why = "must be at least 32 random characters long, without blanks."
        return self.checked("PORTAL_BOUNCE_SECRET", fits, why)

    def dkim_selector(self) -> str | None:
        value = self.checked("PORTAL_DKIM_SELECTOR", SELECTOR.fullmatch, "must be like mail2026.")
        if bool(self.get("PORTAL_DKIM_SELECTOR")) != bool(self.get("PORTAL_DKIM_KEY")):
            self.wrong("PORTAL_DKIM_SELECTOR", "and PORTAL_DKIM_KEY must be set together.")
        if value and find_spec("dkim") is None:
            self.wrong(
                "PORTAL_DKIM_SELECTOR", "needs packages that are not installed: kundidat[dkim]."
            )
        return value

    def dkim_key(self) -> Path | None:
        value = self.get("PORTAL_DKIM_KEY")
        if value and not _holds_a_key(Path(value)):
            self.wrong("PORTAL_DKIM_KEY", "must be the path of a private RSA key in PEM.")
        return Path(value) if value else None

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


def _holds_a_key(path: Path) -> bool:
    try:
        return "PRIVATE KEY-----" in path.read_text("ascii")
    except (OSError, ValueError):
        return False

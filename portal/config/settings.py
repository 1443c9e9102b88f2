"""Everything that can be set, and where the portal's folders are."""

from dataclasses import dataclass
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
    "PORTAL_MAILS_PER_HOUR": "how many mails may leave in an hour, those of safety apart (0: no limit)",
    "PORTAL_BOUNCE_ADDRESS": "where mails that can't be delivered come back to",
    "PORTAL_BOUNCE_SECRET": "what whoever posts bounces to /mail/bounces shows (none: nobody may)",
    "PORTAL_DKIM_SELECTOR": "name of the key that mails are signed with (DKIM)",
    "PORTAL_DKIM_KEY": "path of that key, an RSA one in PEM",
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


def folder(name: str) -> Path:
    """Find `templates`, `static` or `migrations`: inside an installed package, else at top level."""
    package = Path(__file__).resolve().parents[1]
    inside = package / name
    return inside if inside.is_dir() else package.parent / name


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
    bounce_address: str | None = None
    bounce_secret: str | None = None
    mails_per_hour: int = 0
    dkim_selector: str | None = None
    dkim_key: Path | None = None
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

    @property
    def host(self) -> str:
        """Return the portal's name among hosts, for the ids of mails and lists."""
        return urlsplit(self.base_url).hostname or "localhost"

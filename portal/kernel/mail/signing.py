"""A message as bytes, signed with the portal's key when it has one (DKIM, RFC 6376)."""

from email.message import EmailMessage

from portal.config import Settings
from portal.kernel.mail.outcomes import Step, Unreachable

# RFC 8058, 4: the signature covers both list headers. From stands twice, so that nobody adds another.
SIGNED = (
    *("From", "From", "To", "Subject", "Date", "Message-ID", "List-Id"),
    *("List-Unsubscribe", "List-Unsubscribe-Post", "Auto-Submitted"),
    *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
)


def is_signing(settings: Settings) -> bool:
    """Say whether mails are signed."""
    return bool(settings.dkim_selector and settings.dkim_key)


def as_bytes(message: EmailMessage, settings: Settings) -> bytes:
    """Write a message as it goes over the line, signed if there is a key. Unreachable when it can't be."""
    raw = message.as_bytes()
    if settings.dkim_selector is None or settings.dkim_key is None:
        return raw
    # Only who signs has the package: kundidat[dkim].
    import dkim  # type: ignore[import-untyped]

    try:
        signature: bytes = dkim.sign(
            raw,
            settings.dkim_selector.encode(),
            settings.mail_from.rpartition("@")[2].encode(),
            settings.dkim_key.read_bytes(),
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name.lower().encode() for name in SIGNED],
        )
    except (OSError, dkim.DKIMException) as error:
        raise Unreachable(Step.SIGNED, f"{type(error).__name__}: {error}") from error
    return signature + raw

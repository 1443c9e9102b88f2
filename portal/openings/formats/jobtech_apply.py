"""Finds the way to apply in a JobTech ad, and leaves its contact persons alone."""

from portal.openings.formats.fields import dig, email_address, line, web_address


def way_to_apply(record: object) -> tuple[str | None, str | None, str | None]:
    """Return address, e-mail and free text; the text only where there is no other way.

    "other" and "information" often name a contact person, who is not asked before being shown.
    """
    details = dig(record, "application_details")
    other = line(details, "other")
    url = web_address(line(details, "url"))
    email = email_address(line(details, "email")) or email_address(other)
    if url or email:
        return url, email, None
    said = [one for one in (other, line(details, "information")) if one]
    return None, None, "\n".join(said) or None

"""What Teamtailor's words mean in ours."""

import re

from portal.openings.formats.record import Remote

# "temporary" dates from the pandemic: the workplace is on site. So is one with a new, unknown word.
REMOTE: dict[str, Remote] = {"none": "none", "temporary": "none", "hybrid": "hybrid"}
REMOTE |= {"fully": "full"}
JOB_PAGE = re.compile(r"https?://[^/?#]+/(?:[^?#]*/)?jobs/\d+[^/?#]*")


def apply_address(url: str) -> str:
    """Return the address of the application form behind the page of a job."""
    return f"{url}/applications/new" if JOB_PAGE.fullmatch(url) else url

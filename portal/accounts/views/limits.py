"""How often a code may be asked for, and tried: counted alike wherever it is done."""

from portal.kernel.mailboxes import fold_address
from portal.web.throttle import count_try


def count_code(address: str) -> None:
    """Count a code that is to be mailed to an address, for whatever purpose; 429 past five an hour."""
    count_try("5/hour", "code by mail", fold_address(address))


def count_second_code(person_id: int) -> None:
    """Count a try of somebody's app or printed codes, wherever one is asked for; 429 past twenty."""
    count_try("20/hour", "second step", str(person_id))

"""A passkey and the sign-in of an organisation, under ids that the walk over all routes knows."""

from portal.accounts.models import Identity, Passkey
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.people.models import Person


def give_ways_in(person: Person) -> None:
    """Give a person a passkey, and the sign-in of an organisation."""
    mine = {"person_id": person.id}
    told = {"issuer": "https://acme.example", "subject": "kim", "label": "kim@acme.example"}
    kept = {"credential_id": "a", "public_key": b"", "sign_count": 0}
    with unit_of_work() as work:
        work.add(Identity(public_id="i-admin", linked_at=clock.now(), **mine, **told))
        synced = {"may_sync": True, "is_synced": True, "added_at": clock.now()}
        work.add(Passkey(public_id="k-admin", name="Min telefon", **mine, **kept, **synced))

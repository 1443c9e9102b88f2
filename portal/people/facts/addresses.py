"""What happens to people's addresses."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class AddressAdded(Fact):
    """A further address was proved to reach a person."""

    person_id: int
    address_id: int


@dataclass(frozen=True)
class AddressRemoved(Fact):
    """A person gave up an address."""

    person_id: int
    address_id: int


@dataclass(frozen=True)
class PrimaryAddressChanged(Fact):
    """Mails to a person go to another of their addresses."""

    person_id: int
    address_id: int

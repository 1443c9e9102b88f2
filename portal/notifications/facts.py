"""What people decide about being told. No part of anybody's journey: `account_id` is whose it is."""

from dataclasses import dataclass

from portal.kernel.facts import Fact


@dataclass(frozen=True)
class ListLeft(Fact):
    """A list was left through the link in a mail, by whoever had the mail."""

    account_id: int


@dataclass(frozen=True)
class ListRejoined(Fact):
    """A list that had been left comes again: undone through the link, or turned on."""

    account_id: int


@dataclass(frozen=True)
class NetworkMuted(Fact):
    """A person wants to hear nothing of a network."""

    account_id: int
    network_id: int


@dataclass(frozen=True)
class NetworkUnmuted(Fact):
    """A person wants to hear of a network again."""

    account_id: int
    network_id: int


@dataclass(frozen=True)
class NoticesPaused(Fact):
    """A person wants no mails of what they chose for a while, or for another while than before."""

    account_id: int


@dataclass(frozen=True)
class NoticesResumed(Fact):
    """A pause was ended by hand."""

    account_id: int

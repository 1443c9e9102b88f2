"""What follows, after a while, from what has changed about people and organisations."""

from portal.people.jobs.belonging import renew_belonging

__all__ = ["renew_belonging"]

"""What people fill in to find somebody."""

from portal.directory.forms.finding import FilterForm, address

__all__ = ["FilterForm", "address"]

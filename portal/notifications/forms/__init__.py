"""What people fill in to choose what they are told, and when."""

from portal.notifications.forms.network import NetworkForm
from portal.notifications.forms.pausing import PauseForm
from portal.notifications.forms.wishes import WishesForm

__all__ = ["NetworkForm", "PauseForm", "WishesForm"]

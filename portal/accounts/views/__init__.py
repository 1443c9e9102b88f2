"""Pages for signing in and for one's account."""

from portal.accounts.views.blueprint import accounts
from portal.accounts.views import language, signing_in, signing_out, yours  # noqa: F401, I001

__all__ = ["accounts"]

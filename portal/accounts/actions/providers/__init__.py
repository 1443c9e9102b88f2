"""Talk to an organisation's own sign-in (OpenID Connect)."""

from portal.accounts.actions.providers.faults import ProviderFault
from portal.accounts.actions.providers.flow import claims_for, way_there
from portal.accounts.actions.providers.known import forget_providers

__all__ = ["ProviderFault", "claims_for", "forget_providers", "way_there"]

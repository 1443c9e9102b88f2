"""Alice at her browser, and what she signs in with."""

import pytest

from tests.accounts.device import Device
from tests.accounts.passkeys import add
from tests.accounts.second_steps import turned_on


@pytest.fixture
def alice(personas):
    """Alice's browser."""
    return personas.browser(personas.alice)


@pytest.fixture
def printed(alice):
    """Alice's printed codes; her second step is on."""
    return turned_on(alice)


@pytest.fixture
def device(alice):
    """Alice's phone, with a passkey of hers."""
    device = Device()
    assert add(alice, device).status_code == 303
    return device

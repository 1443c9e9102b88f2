"""Kim at work, and two rows that are one person."""

import pytest


@pytest.fixture
def kim(personas, make):
    """Kim's browser, where the portal has its host."""
    make.host()
    return personas.browser(personas.kim)


@pytest.fixture
def alice(make):
    """The one who stays."""
    return make.person("Alice Åkerlund", address="alice@example.com", about="")


@pytest.fixture
def double(make):
    """The one who is the same person: came again, with another address."""
    return make.person("Alice Akerlund", address="alice@home.example.net", about="Bygger hus.")

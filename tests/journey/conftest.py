"""Alice at her own journey."""

import pytest


@pytest.fixture
def alice(personas):
    return personas.browser(personas.alice)

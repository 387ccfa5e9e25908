from __future__ import annotations

import pytest
from django.core.cache import cache

from designer.services.cache import DESIGNS, WIRE


@pytest.fixture(autouse=True)
def with_accounts(settings):
    """There is more than one person, nothing of another test is remembered, and nobody has said too much yet."""
    settings.WHOLEKEY_LOCAL = False
    settings.WHOLEKEY_BACKGROUND = False
    DESIGNS.clear()
    WIRE.clear()
    cache.clear()

from __future__ import annotations

import pytest

from designer.services import touching
from designer.services.cache import DESIGNS, WIRE
from tests.accounts import People, people


@pytest.fixture(autouse=True)
def in_the_foreground(settings):
    """Background work is done at once, so that a test sees what it did; nothing is remembered from another test."""
    settings.WHOLEKEY_BACKGROUND = False
    settings.WHOLEKEY_LOCAL = False
    DESIGNS.clear()
    WIRE.clear()
    touching.forget()


@pytest.fixture
def everybody(db) -> People:
    return people()

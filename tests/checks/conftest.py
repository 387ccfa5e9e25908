from __future__ import annotations

import pytest

from designer.services.cache import DESIGNS, WIRE
from tests.accounts import People, people


@pytest.fixture(autouse=True)
def in_the_foreground(settings):
    """Jobs are done at once, so that a test sees what they did."""
    settings.WHOLEKEY_BACKGROUND = False
    DESIGNS.clear()
    WIRE.clear()


@pytest.fixture
def everybody(db) -> People:
    return people()


@pytest.fixture(autouse=True)
def with_accounts(settings, tmp_path):
    """The checks are about people; files of one test are not those of another."""
    settings.WHOLEKEY_LOCAL = False
    settings.VAR_DIR = tmp_path

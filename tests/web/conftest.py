from __future__ import annotations

import pytest

from designer.services.cache import DESIGNS, WIRE
from tests.accounts import People, people


@pytest.fixture(autouse=True)
def in_the_foreground(settings):
    """Background work is done at once, so that a test sees what it did."""
    settings.WHOLEKEY_BACKGROUND = False
    DESIGNS.clear()
    WIRE.clear()


@pytest.fixture(autouse=True)
def own_uploads(settings, tmp_path):
    """Uploads of one test are not those of another that runs beside it."""
    settings.VAR_DIR = tmp_path


@pytest.fixture
def everybody(db) -> People:
    return people()


@pytest.fixture(autouse=True)
def with_accounts(settings):
    """Most tests are about people; those of local mode turn it on again."""
    settings.WHOLEKEY_LOCAL = False

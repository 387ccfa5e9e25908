from __future__ import annotations

import pytest

from designer.services.cache import DESIGNS, WIRE
from tests.accounts import People, people
from tests.cli.conftest import wholekey

__all__ = ["wholekey"]


@pytest.fixture
def everybody(db, settings, tmp_path) -> People:
    """The people of a workspace; jobs are done at once, uploads lie in a folder of the test."""
    settings.WHOLEKEY_BACKGROUND = False
    settings.VAR_DIR = tmp_path
    DESIGNS.clear()
    WIRE.clear()
    return people()

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache

from designer.services.cache import DESIGNS, WIRE
from tests.accounts import People, people


@pytest.fixture(autouse=True)
def with_accounts(settings):
    """These tests are about several people on a server; its passwords are hashed cheaply."""
    settings.WHOLEKEY_LOCAL = False
    settings.WHOLEKEY_BACKGROUND = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHOLEKEY_EMAIL_URL = "smtp://mail.example.org"
    DESIGNS.clear()
    WIRE.clear()
    cache.clear()


@pytest.fixture
def everybody(db) -> People:
    made = people()
    for user in get_user_model()._default_manager.all():
        user.email = f"{user.get_username()}@example.org"
        user.save()
    return made

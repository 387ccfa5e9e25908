"""A server with accounts, quick passwords, and nothing counted yet."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core.cache import cache

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def with_accounts(settings):
    settings.WHOLEKEY_LOCAL = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def with_mail(settings):
    """A server that sends mail, into the outbox of the tests."""
    settings.WHOLEKEY_EMAIL_URL = "smtp://mail.example.org"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_PREVENT_ENUMERATION = True
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False


@pytest.fixture
def ann(db) -> User:
    """Somebody with an account whose address is proven."""
    user = User.objects.create_user("ann", "ann@example.org", PASSWORD, first_name="Ann")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user

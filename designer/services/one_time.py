"""Addresses that let in whoever opens them first, once. Of their tokens only the hashes are kept."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser, User
from django.db.models import Q, QuerySet
from django.utils import timezone

from designer.models import OneTimeLogin
from designer.services import tokens
from designer.services.permissions import key_of

TO_OPEN = timedelta(days=7)
"""How long the address that a start prints may wait to be opened."""
TO_SET_UP = timedelta(days=1)
"""How long the address of a new or forgotten account may wait."""


def issue(user: AbstractBaseUser, lasts: timedelta) -> str:
    """Return a new token for a user. Those that are used or too old are forgotten."""
    OneTimeLogin.objects.filter(Q(used__isnull=False) | Q(expires__lt=timezone.now())).delete()
    token, kept = tokens.fresh()
    expires = timezone.now() + lasts
    OneTimeLogin.objects.create(user_id=key_of(user), token_hash=kept, expires=expires)
    return token


def whose(token: str) -> User | None:
    """Return the user whom a token would let in, without using it up."""
    found = _unused(token).select_related("user").first()
    return found.user if found else None


def spend(token: str) -> User | None:
    """Use a token up and return its user; None where another was first, or it is too old, or none of ours."""
    user = whose(token)
    return user if user is not None and _unused(token).update(used=timezone.now()) else None


def _unused(token: str) -> QuerySet[OneTimeLogin]:
    return OneTimeLogin.objects.filter(
        token_hash=tokens.hashed(token), used=None, expires__gt=timezone.now(), user__is_active=True
    )

"""Accounts and workspaces where there is more than one person."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from designer.models import Membership, Role, Workspace


def ensure_workspace(user: AbstractBaseUser) -> None:
    """Give a user without any workspace one of his own."""
    with transaction.atomic():
        if not Membership.objects.filter(user_id=user.pk).exists():
            workspace = Workspace.objects.create(name=f"Designs of {user.get_username()}"[:200])
            Membership.objects.create(workspace=workspace, user_id=user.pk, role=Role.OWNER)

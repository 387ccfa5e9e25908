"""Accounts and workspaces where there is more than one person."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from designer.models import Membership, ProjectRole, Role, Workspace


def ensure_workspace(user: AbstractBaseUser) -> None:
    """Give a user without any workspace one of his own, unless somebody gave him a role in a project."""
    with transaction.atomic():
        if not belongs_somewhere(user):
            workspace = Workspace.objects.create(name=f"Designs of {user.get_username()}"[:200])
            Membership.objects.create(workspace=workspace, user_id=user.pk, role=Role.OWNER)


def belongs_somewhere(user: AbstractBaseUser) -> bool:
    """Say whether somebody has a role in any workspace or project."""
    held = (Membership.objects.filter(user_id=user.pk), ProjectRole.objects.filter(user_id=user.pk))
    return any(each.exists() for each in held)

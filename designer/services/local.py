"""One person on one computer: a user, a workspace and a demo project, made on first use."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from designer.demo import demo_design
from designer.models import Branch, Membership, Role, Workspace
from designer.services import projects

USERNAME = "local"
DEMO_NAME = "Demo: an online shop"
DEMO_DESCRIPTION = "Customers, products, orders, payments and stock, in three levels. Change anything, or delete it."


def local_user() -> AbstractBaseUser:
    """Return the user of local mode, with a workspace and, the first time only, the demo project."""
    users = get_user_model()._default_manager
    known = users.filter(username=USERNAME).first()
    return known if known is not None else users.get(pk=prepare())


def prepare() -> int:
    """Make what is missing and return the local user's key. Done again it does nothing: a deleted demo stays so."""
    with transaction.atomic():
        user, _ = get_user_model()._default_manager.get_or_create(
            username=USERNAME, defaults={"first_name": "You", "password": "!"}
        )
        if not Membership.objects.filter(user=user).exists():
            workspace = Workspace.objects.create(name="My designs")
            Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
            ensure_demo(user, workspace)
    return int(user.pk)


def ensure_demo(user: AbstractBaseUser, workspace: Workspace) -> Branch:
    """Put the demo project into a workspace."""
    return projects.create(user, DEMO_NAME, DEMO_DESCRIPTION, demo_design(), "The demo design", workspace)

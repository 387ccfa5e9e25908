"""The people of the tests: an owner, an administrator, an editor, a reviewer, a viewer of one workspace, and a stranger with his own."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser

from designer.models import Branch, Membership, Role, Workspace
from designer.schema import Column, Design, Diagram, Key, Model, Placement, Table
from designer.services import projects


@dataclass
class People:
    owner: AbstractBaseUser
    admin: AbstractBaseUser
    editor: AbstractBaseUser
    reviewer: AbstractBaseUser
    viewer: AbstractBaseUser
    stranger: AbstractBaseUser
    branch: Branch


def two_tables() -> Design:
    """A model with `users (id, email)` and `posts (id)` on a diagram."""
    return Design(
        [
            Model(id="model", name="Blog", level="physical", target="postgresql"),
            Diagram(id="diagram", parent="model", name="All"),
            Table(id="users", parent="model", name="users", order="A"),
            Column(id="users1", parent="users", name="id", type="bigint", nullable=False, order="A"),
            Column(id="users2", parent="users", name="email", type="text", order="B"),
            Key(id="userspk", parent="users", primary=True, columns=("users1",)),
            Table(id="posts", parent="model", name="posts", order="B"),
            Column(id="posts1", parent="posts", name="id", type="bigint", nullable=False, order="A"),
            Placement(id="place1", parent="diagram", element="users"),
            Placement(id="place2", parent="diagram", element="posts", x=400),
        ]
    )


def people() -> People:
    """Make everybody, and a project of the owner's workspace."""
    users = get_user_model()._default_manager
    workspace = Workspace.objects.create(name="Team")
    made = {}
    for role in (Role.OWNER, Role.ADMIN, Role.EDITOR, Role.REVIEWER, Role.VIEWER):
        made[role.value] = users.create(username=role.value)
        Membership.objects.create(workspace=workspace, user=made[role.value], role=role)
    stranger = users.create(username="stranger")
    Membership.objects.create(workspace=Workspace.objects.create(name="Other"), user=stranger, role=Role.OWNER)
    branch = projects.create(made["owner"], "Blog", design=two_tables(), workspace=workspace)
    return People(**made, stranger=stranger, branch=branch)

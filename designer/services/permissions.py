"""Who may do what. The one place that decides it; every use case asks here first."""

from __future__ import annotations

from enum import IntEnum

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from designer.models import Branch, Membership, Project, Role, Workspace
from designer.services.errors import Denied, NotFound

AnyUser = AbstractBaseUser | AnonymousUser


class Right(IntEnum):
    """What somebody wants to do, the greater including the smaller."""

    VIEW = 1
    COMMENT = 2
    EDIT = 3
    MANAGE = 4
    OWN = 5


RIGHTS: dict[str, Right] = {
    Role.VIEWER: Right.VIEW,
    Role.REVIEWER: Right.COMMENT,
    Role.EDITOR: Right.EDIT,
    Role.ADMIN: Right.MANAGE,
    Role.OWNER: Right.OWN,
}

_NEEDS = {
    Right.VIEW: "a member of the workspace",
    Right.COMMENT: "a reviewer",
    Right.EDIT: "an editor",
    Right.MANAGE: "an administrator",
    Right.OWN: "the owner",
}


def key_of(user: AnyUser) -> int:
    """Return the key of a user; 0, which nobody has, for somebody who is not logged in."""
    return int(user.pk or 0)


def right_of(user: AnyUser, workspace_id: int) -> Right | None:
    """Return the greatest right of a user in a workspace, or None for a stranger."""
    if not user.is_authenticated:
        return None
    role = (
        Membership.objects.filter(user_id=key_of(user), workspace_id=workspace_id)
        .values_list("role", flat=True)
        .first()
    )
    return RIGHTS[role] if role else None


def require(user: AnyUser, workspace_id: int, right: Right, what: str) -> Right:
    """Return the user's right if it is enough. A stranger is told that there is no such thing; he may know no more."""
    held = right_of(user, workspace_id)
    if held is None:
        raise NotFound(f"There is no such {what}, or it is not shared with you.")
    if held < right:
        raise Denied(f"You may look at this {what}; to do that you must be {_NEEDS[right]}.")
    return held


def branch(user: AnyUser, public_id: str, right: Right = Right.VIEW) -> Branch:
    """Return the branch with this public id if the user has the right."""
    found = Branch.objects.select_related("project", "project__workspace").filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such design, or it is not shared with you.")
    require(user, found.project.workspace_id, right, "design")
    return found


def project(user: AnyUser, public_id: str, right: Right = Right.VIEW) -> Project:
    """Return the project with this public id if the user has the right."""
    found = Project.objects.select_related("workspace").filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such project, or it is not shared with you.")
    require(user, found.workspace_id, right, "project")
    return found


def may_edit(user: AnyUser, of: Branch) -> bool:
    """Say whether the user may change the design on this branch."""
    held = right_of(user, of.project.workspace_id)
    return held is not None and held >= Right.EDIT and not of.protected and not of.archived


def editing(user: AnyUser, of: Branch) -> None:
    """Raise unless the user may change the design on this branch; the sentence says what can be done instead."""
    require(user, of.project.workspace_id, Right.EDIT, "design")
    if of.archived:
        raise Denied(f"The branch {of.name} is archived; take it out of the archive to edit it.")
    if of.protected:
        raise Denied(f"The branch {of.name} is protected; make a branch of it and merge that.")


def workspaces(user: AnyUser, right: Right = Right.VIEW) -> list[Workspace]:
    """Return the workspaces in which the user has the right, oldest first."""
    roles = [role for role, held in RIGHTS.items() if held >= right]
    return list(Workspace.objects.filter(memberships__user_id=key_of(user), memberships__role__in=roles).order_by("pk"))

"""Who may do what. The one place that decides it; every use case asks here first."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from designer.models import Branch, Membership, Project, ProjectRole, Role, ShareLink, Workspace
from designer.services.errors import Denied, NotFound

AnyUser = AbstractBaseUser | AnonymousUser


class Right(IntEnum):
    """What somebody wants to do, the greater including the smaller."""

    VIEW = 1
    COMMENT = 2
    EDIT = 3
    MANAGE = 4
    OWN = 5


class Grant(NamedTuple):
    """That a visitor came in by a link: its key, the version of its password that was said, and the name given."""

    link: int
    secret: int
    name: str


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


def carry(user: AnyUser, grants: Iterable[Grant]) -> None:
    """Let a visitor carry what links granted. Whether a link still holds is asked of the database each time."""
    user.grants = tuple(grants)  # type: ignore[union-attr]


def grants_of(user: AnyUser) -> tuple[Grant, ...]:
    """Return what links granted to a visitor, whether they hold or not."""
    return getattr(user, "grants", ())


def right_of(user: AnyUser, project: Project) -> Right | None:
    """Return the greatest right of a visitor in a project, by role or by link, or None for a stranger."""
    held = [each for each in (by_role(user, project), _by_link(user, project)) if each is not None]
    return max(held, default=None)


def by_role(user: AnyUser, project: Project) -> Right | None:
    """Return the right of a user in a project by his role there or in its workspace, or None."""
    if not user.is_authenticated:
        return None
    here = right_in(user, project.workspace_id)
    if here == Right.OWN:
        return here
    own = ProjectRole.objects.filter(user_id=key_of(user), project=project).values_list("role", flat=True).first()
    return _holding(here, own)


def _holding(here: Right | None, own: str | None) -> Right | None:
    """Return the right that holds in a project: the role given there, but owners of the workspace are never lowered."""
    return here if own is None or here == Right.OWN else RIGHTS.get(own)


def _by_link(user: AnyUser, project: Project) -> Right | None:
    carried = {each.link: each.secret for each in grants_of(user)}
    if not carried:
        return None
    held = [
        Right.COMMENT if link.may_comment else Right.VIEW
        for link in links_that_hold().filter(pk__in=carried, project=project)
        if link.secret_version == carried[link.pk]
    ]
    return max(held, default=None)


def links_that_hold() -> QuerySet[ShareLink]:
    """Return the links that are neither revoked nor expired."""
    return ShareLink.objects.filter(Q(expires=None) | Q(expires__gt=timezone.now()), revoked=None)


def right_in(user: AnyUser, workspace_id: int) -> Right | None:
    """Return the right of a user in a workspace by his role there, or None for a stranger."""
    if not user.is_authenticated:
        return None
    roles = Membership.objects.filter(user_id=key_of(user), workspace_id=workspace_id)
    role = roles.values_list("role", flat=True).first()
    return RIGHTS[role] if role else None


def require(user: AnyUser, project: Project, right: Right, what: str) -> Right:
    """Return the user's right if it is enough. A stranger is told that there is no such thing; he may know no more."""
    return _enough(right_of(user, project), right, what)


def require_in(user: AnyUser, workspace: Workspace, right: Right) -> Right:
    """Return the user's right in a workspace if it is enough."""
    return _enough(right_in(user, workspace.pk), right, "workspace")


def require_role(user: AnyUser, project: Project, right: Right, what: str) -> Right:
    """Return the right that a user has by his role, if it is enough: for what nobody may do by a link."""
    if right_of(user, project) is None:
        raise NotFound(f"There is no such {what}, or it is not shared with you.")
    held = by_role(user, project)
    if held is None:
        raise Denied("Links for guests do not open this; ask for a role in the project.")
    return _enough(held, right, what)


def _enough(held: Right | None, right: Right, what: str) -> Right:
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
    require(user, found.project, right, "design")
    return found


def project(user: AnyUser, public_id: str, right: Right = Right.VIEW) -> Project:
    """Return the project with this public id if the user has the right."""
    found = Project.objects.select_related("workspace").filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such project, or it is not shared with you.")
    require(user, found, right, "project")
    return found


def workspace(user: AnyUser, slug: str, right: Right = Right.VIEW) -> Workspace:
    """Return the workspace with this slug if the user has the right."""
    found = Workspace.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound("There is no such workspace, or it is not shared with you.")
    require_in(user, found, right)
    return found


def may_edit(user: AnyUser, of: Branch) -> bool:
    """Say whether the user may change the design on this branch."""
    held = right_of(user, of.project)
    return held is not None and held >= Right.EDIT and not of.protected and not of.archived


def editing(user: AnyUser, of: Branch) -> None:
    """Raise unless the user may change the design on this branch; the sentence says what can be done instead."""
    require(user, of.project, Right.EDIT, "design")
    if of.archived:
        raise Denied(f"The branch {of.name} is archived; take it out of the archive to edit it.")
    if of.protected:
        raise Denied(f"The branch {of.name} is protected; make a branch of it and merge that.")


def workspaces(user: AnyUser, right: Right = Right.VIEW) -> list[Workspace]:
    """Return the workspaces in which the user has the right, oldest first."""
    roles = [role for role, held in RIGHTS.items() if held >= right]
    return list(Workspace.objects.filter(memberships__user_id=key_of(user), memberships__role__in=roles).order_by("pk"))


def projects(user: AnyUser) -> list[tuple[Project, Right]]:
    """Return every project that a visitor may look at, with his right in it."""
    reached = (
        Q(workspace__memberships__user_id=key_of(user))
        | Q(roles__user_id=key_of(user))
        | Q(links__pk__in=[each.link for each in grants_of(user)])
    )
    found = Project.objects.filter(reached).distinct().select_related("workspace").prefetch_related("branches")
    rights = ((each, right_of(user, each)) for each in found.order_by("pk"))
    return [(each, right) for each, right in rights if right is not None]


def people(of: Project, right: Right) -> list[AbstractBaseUser]:
    """Return the users who have a right in a project by their roles, in the order in which they came."""
    everybody = get_user_model()._default_manager.filter(
        Q(memberships__workspace_id=of.workspace_id) | Q(project_roles__project=of), is_active=True
    )
    in_team = dict(Membership.objects.filter(workspace_id=of.workspace_id).values_list("user_id", "role"))
    own = dict(ProjectRole.objects.filter(project=of).values_list("user_id", "role"))
    held = {key: _holding(RIGHTS.get(in_team.get(key, "")), own.get(key)) or 0 for key in {*in_team, *own}}
    return [each for each in everybody.distinct().order_by("pk") if held.get(each.pk, 0) >= right]

"""Workspaces and the people in them.

Administrators give every role but that of an owner and touch no owner; only owners make owners. Nobody can raise
himself, because nobody gives more than he has. A workspace always has an owner.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from designer.models import Membership, Project, ProjectRole, Role, Workspace
from designer.services import permissions
from designer.services.branches import display_name
from designer.services.errors import Denied, Invalid, NotFound
from designer.services.permissions import RIGHTS, AnyUser, Right, key_of
from designer.services.short_names import short_name

LONGEST_NAME = 200
MOST_OWNED = 50
"""How many workspaces one person may own."""
ROLE_WORDS = {
    Role.OWNER: "Owner",
    Role.ADMIN: "Administrator",
    Role.EDITOR: "Editor",
    Role.REVIEWER: "Reviewer",
    Role.VIEWER: "Viewer",
}


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a workspace as somebody else sees him. `may_give` are the roles that this one may give him."""

    key: int
    name: str
    email: str
    role: str
    me: bool
    may_give: tuple[str, ...]

    @property
    def called(self) -> str:
        """What the role is called."""
        return ROLE_WORDS[Role(self.role)]


def create(user: AnyUser, name: str) -> Workspace:
    """Make a workspace that belongs to the user."""
    if not user.is_authenticated:
        raise Denied("Log in to make a workspace.")
    if Membership.objects.filter(user_id=key_of(user), role=Role.OWNER).count() >= MOST_OWNED:
        raise Invalid(f"You own {MOST_OWNED} workspaces already; delete one of them first.", "name")
    with transaction.atomic():
        made = Workspace.objects.create(name=valid_name(name))
        Membership.objects.create(workspace=made, user_id=key_of(user), role=Role.OWNER)
    return made


def valid_name(name: str) -> str:
    """Return the name of a workspace as it is kept. Raises Invalid for an empty or endless one."""
    return short_name(name, LONGEST_NAME, f"Give the workspace a name of 1 to {LONGEST_NAME} characters.")


def rename(user: AnyUser, workspace: Workspace, name: str) -> None:
    """Give a workspace another name."""
    permissions.require_in(user, workspace, Right.MANAGE)
    workspace.name = valid_name(name)
    workspace.save(update_fields=["name"])


def delete(user: AnyUser, workspace: Workspace, said: str) -> None:
    """Delete a workspace with all its projects. `said` is its name, typed to show that it is meant."""
    permissions.require_in(user, workspace, Right.OWN)
    if " ".join(said.split()) != workspace.name:
        raise Invalid(f"Type the name of the workspace, {workspace.name}, to delete it.", "name")
    with transaction.atomic():
        for project in Project.objects.filter(workspace=workspace):
            project.delete()
        workspace.delete()


def members(user: AnyUser, workspace: Workspace) -> list[Member]:
    """Return who belongs to a workspace: owners first, then by role and name. Only administrators are told e-mails."""
    held = permissions.require_in(user, workspace, Right.VIEW)
    rows = list(Membership.objects.filter(workspace=workspace).select_related("user"))
    owners = sum(each.role == Role.OWNER for each in rows)
    found = [_member(user, held, each, owners) for each in rows]
    return sorted(found, key=lambda each: (-RIGHTS[each.role], each.name.casefold(), each.key))


def _member(user: AnyUser, held: Right, row: Membership, owners: int) -> Member:
    mine = row.user_id == key_of(user)
    last = row.role == Role.OWNER and owners == 1
    return Member(
        row.user_id, display_name(row.user), row.user.email if held >= Right.MANAGE or mine else "", row.role, mine,
        () if last else _may_give(held, RIGHTS[row.role]),
    )  # fmt: skip


def _may_give(held: Right, to: Right) -> tuple[str, ...]:
    if held < Right.MANAGE or to > held:
        return ()
    return tuple(role for role, right in RIGHTS.items() if right <= held)


def roles_to_give(held: Right) -> list[tuple[str, str]]:
    """Return the roles that somebody with a right may give to a newcomer, in words, the least first."""
    return [(role, ROLE_WORDS[Role(role)]) for role, right in RIGHTS.items() if right <= held]


def change_role(user: AnyUser, workspace: Workspace, member: int, role: str) -> None:
    """Give a member another role."""
    with _locked(workspace):
        held = permissions.require_in(user, workspace, Right.MANAGE)
        if role not in RIGHTS:
            raise Invalid("Choose a role from the list.", "role")
        row = _row(workspace, member)
        _may_touch(held, row)
        if RIGHTS[role] > held:
            raise Denied("Only an owner makes somebody an owner.")
        if role != Role.OWNER:
            _not_the_last_owner(row)
        Membership.objects.filter(pk=row.pk).update(role=role)


def remove(user: AnyUser, workspace: Workspace, member: int) -> None:
    """Take a member out of a workspace and of all its projects."""
    with _locked(workspace):
        held = permissions.require_in(user, workspace, Right.MANAGE)
        row = _row(workspace, member)
        _may_touch(held, row)
        _take_out(row)


def leave(user: AnyUser, workspace: Workspace) -> None:
    """Take the user out of a workspace and of all its projects."""
    with _locked(workspace):
        permissions.require_in(user, workspace, Right.VIEW)
        _take_out(_row(workspace, key_of(user)))


@contextmanager
def _locked(workspace: Workspace) -> Iterator[None]:
    """Let nobody else change the members meanwhile: two owners who leave at once would leave none."""
    with transaction.atomic():
        list(Workspace.objects.select_for_update().filter(pk=workspace.pk))
        yield


def _row(workspace: Workspace, member: int) -> Membership:
    found = Membership.objects.filter(workspace=workspace, user_id=member).select_related("user").first()
    if found is None:
        raise NotFound("Whoever that was is no member of this workspace any more.")
    return found


def _may_touch(held: Right, row: Membership) -> None:
    if RIGHTS[row.role] > held:
        raise Denied("Only an owner changes what an owner may do.")


def _not_the_last_owner(row: Membership) -> None:
    if row.role == Role.OWNER and Membership.objects.filter(workspace=row.workspace_id, role=Role.OWNER).count() == 1:
        raise Invalid(f"{display_name(row.user)} is the last owner; make somebody else an owner first.")


def _take_out(row: Membership) -> None:
    _not_the_last_owner(row)
    ProjectRole.objects.filter(workspace=row.workspace_id, user_id=row.user_id).delete()
    row.delete()

"""Who may do what in one project: the roles of its workspace, and those that are given for this project alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from designer.models import Membership, Project, ProjectRole, Role
from designer.services import permissions
from designer.services.branches import display_name
from designer.services.errors import Denied, Invalid, NotFound
from designer.services.permissions import RIGHTS, AnyUser, Right, key_of
from designer.services.teams import ROLE_WORDS

NONE = ProjectRole.NONE
WORDS: dict[str, str] = {**{role.value: word for role, word in ROLE_WORDS.items()}, NONE: "No access"}
GIVEN = (Role.VIEWER.value, Role.REVIEWER.value, Role.EDITOR.value, Role.ADMIN.value)
"""The roles that can be given for one project, the least first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody may do in a project, and where that comes from.

    `of_team` is the role in the workspace, empty for somebody from outside; `own` the one given for this project.
    """

    key: int
    name: str
    email: str
    me: bool
    of_team: str
    own: str
    may_change: bool

    @property
    def role(self) -> str:
        """The role that holds. An owner of the workspace is never lowered."""
        return self.of_team if self.of_team == Role.OWNER else self.own or self.of_team

    @property
    def called(self) -> str:
        """What the role that holds is called."""
        return WORDS[self.role]

    @property
    def source(self) -> str:
        """Where the role comes from, in words."""
        if self.role == self.of_team and not self.own:
            return "as in the workspace"
        if self.of_team:
            return f"for this project; {WORDS[self.of_team].lower()} in the workspace"
        return "for this project only"


def people(user: AnyUser, project: Project) -> list[Standing]:
    """Return everybody who has a role in a project or is shut out of it. Only administrators are told e-mails."""
    held = permissions.require_role(user, project, Right.VIEW, "project")
    of_team = dict(Membership.objects.filter(workspace=project.workspace_id).values_list("user_id", "role"))
    own = dict(ProjectRole.objects.filter(project=project).values_list("user_id", "role"))
    users = get_user_model()._default_manager.filter(pk__in={*of_team, *own})
    strong = (permissions.right_in(user, project.workspace_id) or 0) >= Right.MANAGE
    found = [_standing(user, held, strong, each, of_team.get(each.pk, ""), own.get(each.pk, "")) for each in users]
    return sorted(found, key=lambda each: (-RIGHTS.get(each.role, 0), each.name.casefold(), each.key))


def _standing(
    user: AnyUser, held: Right, strong: bool, about: AbstractBaseUser, of_team: str, own: str
) -> Standing:  # fmt: skip
    manages = held >= Right.MANAGE
    may_change = manages and of_team != Role.OWNER and (strong or of_team != Role.ADMIN)
    email = str(getattr(about, "email", "")) if manages or about.pk == key_of(user) else ""
    return Standing(about.pk, display_name(about), email, about.pk == key_of(user), of_team, own, may_change)


def give(user: AnyUser, project: Project, person: int, role: str) -> None:
    """Give somebody who is here already a role for this project; `none` shuts a member of the workspace out.

    An administrator of the project cannot raise himself: there is no greater role to give. Owners of the workspace
    keep all rights, and its administrators are lowered by one of theirs only.
    """
    with transaction.atomic():
        about, of_team = _found(user, project, person)
        if role not in (*GIVEN, NONE):
            raise Invalid("Choose a role from the list.", "role")
        if role == NONE and not of_team:
            raise Invalid(f"{display_name(about)} has no role in the workspace; take the role back instead.", "role")
        ProjectRole.objects.update_or_create(project=project, user_id=about.pk, defaults={"role": role})


def take_back(user: AnyUser, project: Project, person: int) -> None:
    """Take back what was given for this project alone; the role in the workspace holds again, where there is one."""
    with transaction.atomic():
        about, _ = _found(user, project, person)
        ProjectRole.objects.filter(project=project, user_id=about.pk).delete()


def _found(user: AnyUser, project: Project, person: int) -> tuple[AbstractBaseUser, str]:
    """Return somebody who is here, with his role in the workspace, if the user may change what he may do."""
    list(Project.objects.select_for_update().filter(pk=project.pk))
    permissions.require_role(user, project, Right.MANAGE, "project")
    here = Q(memberships__workspace_id=project.workspace_id) | Q(project_roles__project=project)
    about = get_user_model()._default_manager.filter(here, pk=person).first()
    if about is None:
        raise NotFound("Whoever that was is no member any more; send an invitation.")
    rows = Membership.objects.filter(workspace=project.workspace_id, user_id=person)
    of_team = rows.values_list("role", flat=True).first() or ""
    if of_team == Role.OWNER:
        raise Denied(f"{display_name(about)} owns the workspace and may do everything in its projects.")
    if of_team == Role.ADMIN and (permissions.right_in(user, project.workspace_id) or 0) < Right.MANAGE:
        raise Denied("An administrator of the workspace is lowered by another one of the workspace only.")
    return about, of_team

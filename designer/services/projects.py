"""Projects: make, rename, copy, delete; and what the list of them shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from designer.change import diff
from designer.models import Branch, Project, Workspace, public_id
from designer.schema import Design, Diagram, Model, new_id
from designer.schema.order import sequence
from designer.services import branches, permissions
from designer.services.errors import Denied
from designer.services.permissions import AnyUser, Right
from designer.services.short_names import seen, short_name
from designer.services.words import ago

NAME_LIMIT = 200
CONCEPTUAL = "conceptual"
"""What stands in place of a database where a project starts with concepts."""


@dataclass(frozen=True, slots=True)
class Card:
    """A project as the list shows it."""

    project: Project
    branch: Branch
    edited: str
    may_edit: bool
    may_manage: bool
    by_link: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The projects of one workspace of a user; without a workspace, those that others share with him."""

    workspace: Workspace | None
    cards: list[Card]


def cards(user: AnyUser) -> list[Card]:
    """Return the projects a user may see, the last edited first."""
    found = []
    for project, held in permissions.projects(user):
        branch = min(project.branches.all(), key=lambda each: each.pk)
        by_link = permissions.by_role(user, project) is None
        found.append(Card(project, branch, ago(branch.edited), held >= Right.EDIT, held >= Right.MANAGE, by_link))
    return sorted(found, key=lambda card: card.branch.edited, reverse=True)


def grouped(user: AnyUser) -> list[Group]:
    """Return the projects a user may see by workspace, his own workspaces first, then what is shared with him."""
    own = permissions.workspaces(user)
    keys = {each.pk for each in own}
    found = cards(user)
    groups = [Group(each, [card for card in found if card.project.workspace_id == each.pk]) for each in own]
    shared = [card for card in found if card.project.workspace_id not in keys]
    return [*groups, Group(None, shared)] if shared else groups


def main_branch(project: Project) -> Branch:
    """Return the branch that a project opens on."""
    return project.branches.select_related("project", "project__workspace").order_by("pk")[0]


def create(
    user: AnyUser, name: str, description: str = "", design: Design | None = None, label: str = "New design",
    workspace: Workspace | None = None, target: str = "postgresql",
) -> Branch:  # fmt: skip
    """Make a project and return its branch. Without a design it starts with an empty physical model."""
    where = workspace or _home(user)
    permissions.require_in(user, where, Right.EDIT)
    start = design if design is not None else empty_design(target)
    with transaction.atomic():
        project = Project.objects.create(workspace=where, name=valid_name(name), description=description[:4000])
        branch = Branch.objects.create(project=project)
        branches.commit(user, branch, 0, diff(Design(), start), label, public_id())
    return branch


def home_of(user: AnyUser, slug: str) -> Workspace | None:
    """Return the workspace that a form says new projects go to; None where it does not say."""
    return permissions.workspace(user, slug, Right.EDIT) if slug else None


def _home(user: AnyUser) -> Workspace:
    found = permissions.workspaces(user, Right.EDIT)
    if not found:
        raise Denied("You are not an editor of any workspace; ask an administrator to make you one.")
    return found[0]


def empty_design(target: str) -> Design:
    """Return a design with one model and one diagram, ready to draw on: tables of a database, or concepts."""
    model_order, diagram_order = sequence(2)
    if target == CONCEPTUAL:
        model = Model(id=new_id(), name="Concepts", order=model_order, level="conceptual")
        diagram = Diagram(id=new_id(), parent=model.id, name="All concepts", order=diagram_order, notation="chen")
    else:
        model = Model(id=new_id(), name="Database", order=model_order, level="physical", target=target)
        diagram = Diagram(id=new_id(), parent=model.id, name="All tables", order=diagram_order)
    return Design([model, diagram])


def valid_name(name: str) -> str:
    """Return the name of a project as it is kept. Raises Invalid for an empty or endless one."""
    length = len(" ".join(name.split()))
    long = f"A project's name may have {NAME_LIMIT} characters, this one has {length}."
    return short_name(name, NAME_LIMIT, long if length else "Give the project a name.")


def rename(user: AnyUser, public: str, name: str, description: str | None = None) -> Project:
    """Give a project another name and, unless it is None, another description."""
    project = permissions.project(user, public, Right.EDIT)
    project.name = valid_name(name)
    if description is not None:
        project.description = description[:4000]
    project.save(update_fields=["name", "description"])
    return project


def delete(user: AnyUser, public: str) -> str:
    """Delete a project with all its history. Returns the name that it had."""
    project = permissions.project(user, public, Right.MANAGE)
    name = project.name
    project.delete()
    return name


def duplicate(user: AnyUser, public: str) -> Branch:
    """Copy a project as it is now, without its history, under a name that is free.

    Whoever is an editor of this project alone gets the copy in a workspace of his own.
    """
    project = permissions.project(user, public, Right.EDIT)
    design, version = branches.load(main_branch(project))
    label = f"Copy of {project.name} at version {version}"
    name = _free_name(project)
    in_team = (permissions.right_in(user, project.workspace_id) or 0) >= Right.EDIT
    where = project.workspace if in_team else None
    return create(user, name, project.description, design, label[: branches.LABEL_LIMIT], where)


def free_name(name: str, taken: set[str]) -> str:
    """Return the name, with a number behind it where it is taken."""
    return next(each for n in range(1, len(taken) + 2) if (each := name if n == 1 else f"{name} {n}") not in taken)


def _free_name(project: Project) -> str:
    taken = set(Project.objects.filter(workspace=project.workspace_id).values_list("name", flat=True))
    stem = seen(project.name)[: NAME_LIMIT - 12]
    return next(
        name for n in range(1, len(taken) + 2) if (name := f"{stem} (copy{'' if n == 1 else f' {n}'})") not in taken
    )

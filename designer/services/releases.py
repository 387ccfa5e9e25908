"""Releases: versions with a name, what each brought, its files, and going back to a version."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from designer.change import diff
from designer.models import Branch, Deployment, NamedVersion
from designer.schema import Design, Model, models
from designer.services import branches, branching, exports, permissions, versions
from designer.services.errors import Denied, Invalid, NotFound
from designer.services.exports import Download, safe_name
from designer.services.leveling_words import Group, groups
from designer.services.permissions import AnyUser, Right
from designer.services.short_names import seen
from designer.services.states import design_at
from designer.services.touching import lineage
from exporters import registry
from exporters.contract import ExportProblem, Options

FILES = {"design": "json", "ddl": "ddl"}
"""What can be taken out of a version, by exporter: the file of the design, and the statements of its models."""
_FREE_NAMES = 1000


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of going back: `branch` has the state now. `made`: it is a branch that was made for it."""

    branch: Branch
    made: bool


def find(branch: Branch, wanted: str) -> NamedVersion:
    """Return a release by its name, else by its key. Raises NotFound where there is none."""
    rows = NamedVersion.objects.filter(branch=branch).select_related("branch", "branch__project")
    found = rows.filter(name=wanted).first()
    if found is None and wanted.isascii() and wanted.isdecimal() and len(wanted) < 18:
        found = rows.filter(pk=int(wanted)).first()
    if found is None:
        raise NotFound("There is no such release; somebody may have taken its name away.")
    return found


def address_of(named: NamedVersion) -> str:
    """Return what names a release in an address: its name, or its key where a name would not survive there."""
    awkward = named.name.strip(".") == "" or "/" in named.name or named.name.isdecimal()
    return str(named.pk) if awkward else named.name


def of_project(branch: Branch) -> list[NamedVersion]:
    """Return the releases of all branches of a project, the newest first."""
    rows = NamedVersion.objects.filter(branch__project=branch.project).select_related("branch", "branch__project")
    return list(rows.order_by("-created", "-pk"))


def previous(named: NamedVersion) -> NamedVersion | None:
    """Return the release before one, on its branch or on those that the branch came from."""
    for at, first, last in lineage(named.branch, named.version - 1):
        rows = NamedVersion.objects.filter(branch=at, version__gt=first, version__lte=last)
        found = rows.select_related("branch", "branch__project").order_by("-version").first()
        if found is not None:
            return found
    return None


def brought(named: NamedVersion, before: NamedVersion | None) -> list[Group]:
    """Return what a release changed since the one before it, in words."""
    old = design_at(before.branch, before.version) if before else Design()
    return groups(old, diff(old, design_at(named.branch, named.version)))


def physical_models(named: NamedVersion) -> list[Model]:
    """Return the physical models of a release; each has a migration of its own."""
    return [each for each in models(design_at(named.branch, named.version)) if each.level == "physical"]


def runs_on(named: NamedVersion) -> list[tuple[Deployment, bool]]:
    """Return where a release was said to run, the newest first, and whether it runs there still."""
    now = {place.name: place.named.pk for place in versions.places(named.branch)}
    seen: dict[str, Deployment] = {}
    for each in named.deployments.order_by("-created", "-pk"):
        seen.setdefault(each.place, each)
    return [(each, now.get(each.place) == named.pk) for each in seen.values()]


def edit_note(user: AnyUser, named: NamedVersion, note: str) -> None:
    """Write the notes of a release anew."""
    permissions.require(user, named.branch.project, Right.EDIT, "design")
    if len(note) > versions.LONGEST_NOTE:
        raise Invalid(f"A note has at most {versions.LONGEST_NOTE:,} characters.")
    named.note = note.strip()
    named.save(update_fields=["note"])


def file(branch: Branch, version: int, what: str, model: str = "") -> Download:
    """Return a version as a file: `design` or `ddl`. Raises Invalid where it cannot be written."""
    if what not in FILES:
        raise Invalid("Choose what to take out: the design, or its DDL.")
    design, at = branches.load(branch, version)
    exporter = registry.get(FILES[what])
    try:
        made = exporter.export(design, Options(model=model if model in design else None))
    except ExportProblem as problem:
        raise Invalid(branches.sentence(str(problem.args[0]))) from None
    download = exports.download(branch, exporter, made)
    ending = download.name.removeprefix(safe_name(branch.project.name))
    title = NamedVersion.objects.filter(branch=branch, version=at).values_list("name", flat=True).first()
    stem = safe_name(f"{branch.project.name}-{title or f'version-{at}'}")
    return Download(stem + ending, download.media_type, download.content)


# Going back


def title_of(branch: Branch, version: int) -> str:
    """Return what people call a version: its name, or its number."""
    named = NamedVersion.objects.filter(branch=branch, version=version).values_list("name", flat=True).first()
    return f"{named} (version {version})" if named else f"version {version}"


def restore(user: AnyUser, branch: Branch, version: int) -> Restored:
    """Make the head equal to a version by an edit on top; nothing that came since leaves the log.

    A protected branch takes no edits: there a branch is made that has the edit, to be asked for in a change request.
    Raises Invalid where the head is that state already, or where there is no such version.
    """
    permissions.require(user, branch.project, Right.EDIT, "design")
    if branch.archived:
        raise Denied(f"The branch {branch.name} is archived; take it out of the archive first.")
    with transaction.atomic():
        Branch.objects.select_for_update().filter(pk=branch.pk).first()
        now, head = branches.load(branch)
        then, _ = branches.load(branch, version)
        change = diff(now, then)
        title = title_of(branch, version)
        if not change:
            raise Invalid(f"{branch.name} is as it was at {title}; there is nothing to restore.")
        on = branching.create(user, branch, free_name(branch, f"Restore {title}"), head) if branch.protected else branch
        branches.commit(user, on, head, change, f"Restore {title}", branches.new_key())
    return Restored(on, branch.protected)


def free_name(branch: Branch, wanted: str) -> str:
    """Return a name for a new branch that is not taken yet."""
    stem = seen(wanted)[: branching.LONGEST_NAME - 5]
    taken = set(Branch.objects.filter(project=branch.project, name__startswith=stem).values_list("name", flat=True))
    return next(each for n in range(1, _FREE_NAMES) if (each := stem if n == 1 else f"{stem} {n}") not in taken)

"""Sample designs: what the gallery shows, and a project made of one."""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404

from designer.demo.samples import SAMPLES, Sample
from designer.models import Branch, Project, Workspace
from designer.schema import Design, Diagram, models
from designer.services import permissions, projects
from designer.services.permissions import AnyUser, Right
from exporters.contract import Options
from exporters.registry import get as exporter


def all_samples() -> tuple[Sample, ...]:
    """Return the samples in the order of the gallery."""
    return SAMPLES


def sample(slug: str) -> Sample:
    """Return a sample by its name in addresses. Raises Http404 where there is none."""
    found = next((each for each in SAMPLES if each.slug == slug), None)
    if found is None:
        raise Http404("There is no such sample.")
    return found


@lru_cache(maxsize=2 * len(SAMPLES))
def picture(slug: str, theme: str) -> str:
    """Return the drawing of the first diagram of a sample's last model, as SVG; the same for everybody."""
    design = sample(slug).make()
    return (
        exporter("svg").export(design, Options(diagram=_shown(design).id, theme=theme, background="transparent")).text
    )


def _shown(design: Design) -> Diagram:
    return design.of(Diagram, models(design)[-1].id)[0]


def start(user: AnyUser, slug: str, workspace: Workspace | None = None) -> Branch:
    """Make a project of a sample, under a name that the person's workspaces do not have yet."""
    chosen = sample(slug)
    held = [workspace.pk for workspace in permissions.workspaces(user, Right.EDIT)]
    taken = set(Project.objects.filter(workspace__in=held).values_list("name", flat=True))
    name = projects.free_name(chosen.name, taken)
    return projects.create(user, name, chosen.about, chosen.make(), "The sample design", workspace)

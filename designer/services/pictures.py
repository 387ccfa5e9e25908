"""Pictures of a design: of a diagram, a selection or what is in view, as SVG, PNG or PDF."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Annotated, Literal

import msgspec
from django.conf import settings

from designer.models import Branch
from designer.schema import Diagram, Id, Model
from designer.services import branches, exports
from designer.services.errors import Invalid, ServiceError
from designer.services.picture_worker import Task
from exporters.contract import Options
from exporters.pdf import PAPERS
from exporters.pictures import MEDIA_TYPES
from exporters.raster import MOST_SIDE, largest_scale, size_of

SECONDS = 240
MEMORY = 3 * 1024**3
MOST_PIXELS = 134_217_728
"""Half of 16,384 × 16,384: a gigabyte while it is rendered."""
AT_ONCE = 2
_TURNS = BoundedSemaphore(AT_ONCE)
_WAIT = 60

Sheets = Annotated[int, msgspec.Meta(ge=1, le=99)]
Coordinate = Annotated[float, msgspec.Meta(ge=-1e7, le=1e7)]


class Wanted(msgspec.Struct, forbid_unknown_fields=True):
    """What the page asks for. `part` is a diagram or a model; what is absent is as the exporter has it."""

    part: Id = ""
    format: Literal["svg", "png", "pdf"] = "png"
    elements: Annotated[list[str], msgspec.Meta(max_length=20_000)] | None = None
    region: tuple[Coordinate, Coordinate, Coordinate, Coordinate] | None = None
    theme: Literal["light", "dark"] = "light"
    background: Literal["theme", "white", "transparent"] = "theme"
    detail: Literal["", "all", "keys", "names"] = ""
    notation: str = ""
    title: bool = False
    legend: bool = False
    links: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    scale: Annotated[float, msgspec.Meta(ge=0.01, le=20)] | None = None
    width: Annotated[int, msgspec.Meta(ge=1)] | None = None
    paper: Literal["", "A4", "A3", "letter"] = ""
    landscape: bool = False
    tiles: bool | tuple[Sheets, Sheets] = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its name, and the size of the drawing in pixels at scale 1."""

    download: exports.Download
    width: float
    height: float
    largest_scale: float  # up to which it can be a PNG


class Busy(ServiceError):
    """All turns are taken."""

    status = 503


def papers() -> list[str]:
    """Return the paper that a PDF can be fitted to."""
    return list(PAPERS)


def draw(branch: Branch, wanted: Wanted) -> Picture:
    """Return the picture. Raises Invalid with a sentence where it cannot be made, and Busy."""
    design, _ = branches.load(branch)
    shown = design.get(wanted.part)
    model = design.model_of(shown) if isinstance(shown, Diagram | Model) else None
    _, made = exports.made(branch, "svg", _options(wanted, shown, model))
    svg = made.text
    size = size_of(svg)
    name = shown.name if isinstance(shown, Diagram) else ""
    content = svg.encode() if wanted.format == "svg" else _rendered(svg, _task(wanted, name or branch.project.name))
    download = exports.Download(_file_name(branch, name, wanted.format), MEDIA_TYPES[wanted.format], content)
    return Picture(download, *size, min(20.0, largest_scale(size, MOST_PIXELS)))


def _options(wanted: Wanted, shown: object, model: Model | None) -> Options:
    return Options(
        model=model.id if model else None,
        diagram=shown.id if isinstance(shown, Diagram) else None,
        notation=wanted.notation or None,
        theme=wanted.theme,
        elements=None if wanted.elements is None else tuple(wanted.elements),
        region=wanted.region,
        background=wanted.background,
        detail=wanted.detail or None,
        title=wanted.title,
        legend=wanted.legend,
        links=wanted.links or None,
    )


def _file_name(branch: Branch, diagram: str, suffix: str) -> str:
    words = f"{branch.project.name} {diagram}" if diagram else branch.project.name
    return f"{exports.safe_name(words)}.{suffix}"


def _task(wanted: Wanted, title: str) -> Task:
    return Task(
        format=wanted.format, seconds=SECONDS, memory=MEMORY, most_pixels=MOST_PIXELS, scale=wanted.scale,
        width=None if wanted.width is None else min(wanted.width, 100 * MOST_SIDE), paper=wanted.paper,
        landscape=wanted.landscape, tiles=wanted.tiles, title=title,
    )  # fmt: skip


def _rendered(svg: str, task: Task) -> bytes:
    if not _TURNS.acquire(timeout=_WAIT):
        raise Busy("The server is drawing other large pictures; try again in a minute, or export SVG.")
    try:
        return _from_worker(svg, task)
    finally:
        _TURNS.release()


def _from_worker(svg: str, task: Task) -> bytes:
    command = [sys.executable, "-m", "designer.services.picture_worker"]
    sent = msgspec.json.encode(task) + b"\n" + svg.encode()
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; what is drawn travels as data
            command, input=sent, cwd=settings.BASE_DIR, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Invalid(f"This picture takes more than {SECONDS} seconds; make it smaller, or export SVG.") from None
    head, _, content = done.stdout.partition(b"\n")
    words = msgspec.json.decode(head) if head else {}
    if "problem" in words:
        raise Invalid(branches.sentence(words["problem"]))
    if done.returncode or len(content) != words.get("size"):
        raise Invalid("This picture needs more memory or time than one may use; make it smaller, or export SVG.")
    return content

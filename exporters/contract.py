"""What an exporter takes and gives: a design in; files, and notes on what the target could not say, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from designer.schema.base import Id
from designer.schema.design import Design


@dataclass(frozen=True, slots=True)
class Options:
    """What to export and how. None means the exporter's own choice, which it documents."""

    dialect: str | None = None  # target dialect of SQL formats; None is the model's own
    model: Id | None = None  # None: the first physical model, else the first model
    diagram: Id | None = None  # limits drawings to one subject area; None is the whole model
    notation: str | None = None
    theme: str = "light"
    elements: tuple[Id, ...] | None = None  # of a drawing only these: tables, entities, areas, notes; None is all
    region: tuple[float, float, float, float] | None = None  # x, y, w, h: of a drawing only this part, cut at its edges
    background: str = "theme"  # theme, white, transparent
    detail: str | None = None  # all, keys, names; None is as the diagram has it
    title: bool = False  # a heading over the drawing
    legend: bool = False  # what the signs of the notation mean, under the drawing
    links: str | None = None  # address to which the id of an element is added, so that each table links to itself
    margin: int = 40  # pixels round a drawing
    marks: Mapping[Id, str] | None = None  # of a comparison: added, removed, changed; all else is faded


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the target cannot say, or says differently. `about` is the record it concerns."""

    message: str
    about: Id | None = None
    code: str = ""  # short and stable, for example `no-exclusion`
    place: str = ""  # what people call the record, where the message begins with it: `app.users.email`


@dataclass(slots=True)
class Export:
    """The result: file name -> content, the first file being the main one; and the notes."""

    files: dict[str, str | bytes]
    notes: list[Note] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The main file as text."""
        main = next(iter(self.files.values()))
        return main if isinstance(main, str) else main.decode("utf-8")


class Exporter(Protocol):
    """One format. Registered in `exporters.registry` by dotted path and imported on first use."""

    name: str  # as in `--to NAME`
    title: str  # as people know it
    extension: str  # with the dot
    media_type: str
    can: tuple[str, ...]  # what the format can say, in short phrases for `wholekey formats` and the docs
    cannot: tuple[str, ...]

    def export(self, design: Design, options: Options) -> Export:
        """Return the files. Raises ExportProblem where nothing can be exported at all."""
        ...


class ExportProblem(Exception):
    """Nothing can be exported: no such model, a dialect that the format does not know. Says what to do."""

"""Importing: an upload or a live database into a new project, or beside what a design holds already."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from designer.commands.contract import edit
from designer.dialects.registry import DIALECTS
from designer.importers.contract import Progress, model_name
from designer.layout.place import placements
from designer.models import Branch, Job, Workspace
from designer.schema import Design, Diagram, Model, Record, Table, View, first_physical, models, new_id
from designer.schema.codec import decode
from designer.services import branches, jobs, joining, permissions, projects
from designer.services.database_place import Place
from designer.services.drawn import NAME, with_diagrams
from designer.services.errors import Invalid, TooLarge
from designer.services.import_process import Reading
from designer.services.jobs import Watch
from designer.services.permissions import AnyUser, Right
from designer.services.short_names import seen

_MEBI = 1024 * 1024
_ENDINGS = (
    ".wholekey.json",
    ".json",
    ".sql",
    ".ddl",
    ".dump",
    ".psql",
    ".dbml",
    ".mmd",
    ".mermaid",
    ".csv",
    ".tsv",
    ".txt",
    ".db",
    ".sqlite",
    ".sqlite3",
)


@dataclass(frozen=True, slots=True)
class Source:
    """An upload: where its bytes wait, what the person called it, and the dialect that he chose or `auto`.

    `format` is an importer's name where only that will do; without it the text tells.
    """

    path: Path
    name: str
    dialect: str = "auto"
    format: str = ""

    @property
    def called(self) -> str:
        """What people see of it, at the start of a sentence."""
        return self.name or "The pasted text"


Origin = Source | Place
"""Where an import comes from. A Place has a password: it is kept for the run of the job, in memory alone."""


def receive(chunks: Iterable[bytes], name: str, dialect: str) -> Source:
    """Put an upload aside. Raises TooLarge as soon as it is, Invalid for a dialect that there is not."""
    if dialect != "auto" and dialect not in DIALECTS:
        raise Invalid("There is no such dialect; choose one of the list, or let it be detected.", "dialect")
    folder = _uploads()
    _sweep(folder)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="upload-", delete=False) as file:
        path = Path(file.name)
        try:
            _write(file, chunks)
        except TooLarge:
            path.unlink()
            raise
    return Source(path, name[:200], dialect)


def _write(file: Any, chunks: Iterable[bytes]) -> None:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > settings.WHOLEKEY_UPLOAD_LIMIT:
            limit = settings.WHOLEKEY_UPLOAD_LIMIT // _MEBI
            raise TooLarge(f"The file is larger than {limit} MB; export the schema without its data (pg_dump -s).")
        file.write(chunk)


def _uploads() -> Path:
    """Return the directory for what is read just now."""
    folder: Path = settings.VAR_DIR / "uploads"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def _sweep(folder: Path) -> None:
    """Remove what a killed server left behind."""
    for old in folder.glob("upload-*"):
        try:
            if time.time() - old.stat().st_mtime > 24 * 3600:
                old.unlink()
        except FileNotFoundError:  # another process was quicker
            continue


def into_new_project(user: AnyUser, source: Origin, project_name: str = "", workspace: Workspace | None = None) -> Job:
    """Start a job that makes a project of an upload or a live database."""
    name = projects.valid_name(project_name or _stem(source))
    if not permissions.workspaces(user, Right.EDIT):
        raise Invalid("You are not an editor of any workspace; ask an administrator to make you one.")

    def work(watch: Watch) -> tuple[Branch, dict[str, Any]]:
        design, result = read(source, watch, layout=True)
        watch(0.98, "Saving")
        called = name if project_name or not _is_nameless(source) else _own_name(design, name)
        branch = projects.create(user, called, "", design, _label(source), workspace)
        return branch, result

    return jobs.start(user, f"Import of {_subject(source)}", _with_cleanup(source, work))


def into_branch(user: AnyUser, branch: Branch, source: Origin, diagram: str = "", as_new_model: bool = False) -> Job:
    """Start a job that adds an upload to a design: to the model of a diagram, beside its tables, or as a new model."""
    permissions.require(user, branch.project, Right.EDIT, "design")

    def work(watch: Watch) -> tuple[Branch, dict[str, Any]]:
        imported, result = read(source, watch, layout=as_new_model)
        watch(0.7, "Placing it beside what is there")
        notes: list[str] = []

        def command(design: Design) -> Any:
            records, found = _additions(design, imported, "" if as_new_model else diagram, as_new_model)
            notes[:] = found
            return edit(design, _label(source), records)

        branches.run_command(user, branch, command)
        result["findings"] = [["warning", "Names", note, 0, 0, 1] for note in notes] + result["findings"]
        return branch, result

    return jobs.start(user, f"Import of {_subject(source)}", _with_cleanup(source, work))


def _additions(design: Design, imported: Design, diagram: str, as_new_model: bool) -> tuple[list[Record], list[str]]:
    shown = design.get(diagram)
    home = design.model_of(shown) if isinstance(shown, Diagram) else first_physical(design)
    model = None if as_new_model or not _alike(home, imported) else home
    joined = joining.beside(design, imported if model else with_diagrams(imported), model, new_id)
    if model is None:
        return joined.records, joined.notes
    target = shown if isinstance(shown, Diagram) else next(iter(design.of(Diagram, model.id)), None)
    new_diagram = [] if target else [Diagram(id=new_id(), parent=model.id, name=NAME)]
    after = design.changed((), [*joined.records, *new_diagram])
    boxes = [record.id for record in joined.records if isinstance(record, Table | View)]
    where = target.id if target else new_diagram[0].id
    return [*joined.records, *new_diagram, *placements(after, model.id, where, boxes)], joined.notes


def _alike(home: Model | None, imported: Design) -> bool:
    """Whether imported tables may join a model: both must be physical, and the file must hold one model only."""
    found = models(imported)
    return home is not None and home.level == "physical" and len(found) == 1 and found[0].level == "physical"


def _label(source: Origin) -> str:
    return f"Import {source.called}" if isinstance(source, Place) or source.name else "Import of pasted text"


def _subject(source: Origin) -> str:
    return source.called if isinstance(source, Place) or source.name else "pasted text"


def _stem(source: Origin) -> str:
    if isinstance(source, Place):
        return seen(source.database or source.host)[:190]
    stem = seen(Path(source.name).name)
    for ending in _ENDINGS:
        stem = stem.removesuffix(ending)
    return stem[:190] or "Imported design"


def _is_nameless(source: Origin) -> bool:
    return isinstance(source, Source) and not source.name


def _own_name(design: Design, otherwise: str) -> str:
    """Return the name that a pasted text gives its model: catalogs know that of their database."""
    found = seen(next((model.name for model in models(design)), ""))
    return projects.valid_name(found[:190]) if found and found != model_name("") else otherwise


def _with_cleanup(source: Origin, work: jobs.Work) -> jobs.Work:
    def cleaned(watch: Watch) -> tuple[Branch | None, dict[str, Any]]:
        try:
            return work(watch)
        finally:
            if isinstance(source, Source):
                source.path.unlink(missing_ok=True)

    return cleaned


def read(source: Origin, watch: Progress, layout: bool, target: str = "") -> tuple[Design, dict[str, Any]]:
    """Return the design in an upload or a live database, and its report. Raises Invalid with one sentence.

    With `target` its tables are for that database, whatever they were for.
    """
    handle, name = tempfile.mkstemp(dir=_uploads(), prefix="upload-", suffix=".out")
    os.close(handle)
    out = Path(name)
    task = {"out": name, "layout": layout, "target": target, **_asked(source)}
    too_long = "choose fewer schemas" if isinstance(source, Place) else "split it into parts"
    try:
        report = Reading(task, source.called, too_long).run(watch)
        return decode(out.read_bytes()), report
    finally:
        out.unlink(missing_ok=True)


def _asked(source: Origin) -> dict[str, Any]:
    """Return what the process that reads is told of an origin."""
    if isinstance(source, Place):
        return {"place": source, "hosts": settings.WHOLEKEY_DATABASE_HOSTS}
    return {"path": str(source.path), "name": source.name, "dialect": source.dialect, "format": source.format}

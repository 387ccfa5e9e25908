"""Importing: an uploaded text into a new project, or beside what a design holds already."""

from __future__ import annotations

import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import msgspec
from django.conf import settings

from designer.commands.contract import edit
from designer.dialects.registry import DIALECTS
from designer.importers.contract import Progress
from designer.layout.place import placements
from designer.models import Branch, Job
from designer.schema import Design, Diagram, Model, Record, Table, View, first_physical, models, new_id
from designer.schema.codec import decode
from designer.services import branches, jobs, joining, permissions, projects
from designer.services.drawn import NAME, with_diagrams
from designer.services.errors import Invalid, TooLarge
from designer.services.jobs import Watch
from designer.services.permissions import AnyUser, Right

_MEBI = 1024 * 1024
_TICK = 0.25
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
)


@dataclass(frozen=True, slots=True)
class Source:
    """An upload: where its bytes wait, what the person called it, and the dialect that he chose or `auto`."""

    path: Path
    name: str
    dialect: str = "auto"


def receive(chunks: Iterable[bytes], name: str, dialect: str) -> Source:
    """Put an upload aside. Raises TooLarge as soon as it is, Invalid for a dialect that there is not."""
    if dialect != "auto" and dialect not in DIALECTS:
        raise Invalid("There is no such dialect; choose one of the list, or let it be detected.", "dialect")
    folder = settings.VAR_DIR / "uploads"
    folder.mkdir(exist_ok=True, mode=0o700)
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


def _sweep(folder: Path) -> None:
    """Remove what a killed server left behind."""
    for old in folder.glob("upload-*"):
        try:
            if time.time() - old.stat().st_mtime > 24 * 3600:
                old.unlink()
        except FileNotFoundError:  # another process was quicker
            continue


def into_new_project(user: AnyUser, source: Source, project_name: str = "") -> Job:
    """Start a job that makes a project of an upload."""
    name = projects.valid_name(project_name or _stem(source.name))
    if not permissions.workspaces(user, Right.EDIT):
        raise Invalid("You are not an editor of any workspace; ask an administrator to make you one.")

    def work(watch: Watch) -> tuple[Branch, dict[str, Any]]:
        design, result = read(source, watch, layout=True)
        watch(0.98, "Saving")
        branch = projects.create(user, name, "", design, _label(source))
        return branch, result

    return jobs.start(user, f"Import of {source.name or 'pasted text'}", _with_cleanup(source, work))


def into_branch(user: AnyUser, branch: Branch, source: Source, diagram: str = "", as_new_model: bool = False) -> Job:
    """Start a job that adds an upload to a design: to the model of a diagram, beside its tables, or as a new model."""
    permissions.require(user, branch.project.workspace_id, Right.EDIT, "design")

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

    return jobs.start(user, f"Import of {source.name or 'pasted text'}", _with_cleanup(source, work))


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


def _label(source: Source) -> str:
    return f"Import {source.name}" if source.name else "Import of pasted text"


def _stem(name: str) -> str:
    stem = Path(name).name
    for ending in _ENDINGS:
        stem = stem.removesuffix(ending)
    return stem[:190] or "Imported design"


def _with_cleanup(source: Source, work: jobs.Work) -> jobs.Work:
    def cleaned(watch: Watch) -> tuple[Branch | None, dict[str, Any]]:
        try:
            return work(watch)
        finally:
            source.path.unlink(missing_ok=True)

    return cleaned


def read(source: Source, watch: Progress, layout: bool, target: str = "") -> tuple[Design, dict[str, Any]]:
    """Return the design in an upload and its report. Raises Invalid with one sentence that names the place.

    With `target` its tables are for that database, whatever the text is for.
    """
    out = source.path.with_suffix(".out")
    try:
        report = _Reader(source, out, layout, target).run(watch)
        return decode(out.read_bytes()), report
    finally:
        out.unlink(missing_ok=True)


class _Reader:
    """The process that reads an upload, seen from the server."""

    def __init__(self, source: Source, out: Path, layout: bool, target: str):
        self.source = source
        self.task = {
            "path": str(source.path), "name": source.name, "dialect": source.dialect, "out": str(out),
            "seconds": settings.WHOLEKEY_IMPORT_SECONDS, "memory": settings.WHOLEKEY_IMPORT_MEMORY, "layout": layout,
            "target": target,
        }  # fmt: skip

    def run(self, watch: Progress) -> dict[str, Any]:
        """Return the report. However it ends, the process is gone afterwards."""
        command = [sys.executable, "-m", "designer.services.import_worker"]
        process = subprocess.Popen(  # noqa: S603 - a fixed command; what is uploaded travels as data
            command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            return self._talk(process, watch)
        finally:
            process.kill()
            process.wait()

    def _talk(self, process: subprocess.Popen[bytes], watch: Progress) -> dict[str, Any]:
        assert process.stdin is not None and process.stdout is not None  # noqa: S101 - both are pipes
        with process.stdin, process.stdout:
            process.stdin.write(msgspec.json.encode(self.task) + b"\n")
            process.stdin.close()
            return self._listen(process.stdout, watch)

    def _listen(self, output: IO[bytes], watch: Progress) -> dict[str, Any]:
        deadline = time.monotonic() + settings.WHOLEKEY_IMPORT_SECONDS
        fraction, message = 0.0, "Reading the file"
        for line in _lines(output, deadline):
            if line is not None:
                words = msgspec.json.decode(line)
                if "done" in words:
                    return dict(words["done"])
                if "problem" in words:
                    raise Invalid(self._sentence(words["problem"], words["line"], words["column"]))
                fraction, message = words["fraction"], words["message"]
            watch(fraction, message)
        limit = settings.WHOLEKEY_IMPORT_SECONDS
        if time.monotonic() >= deadline:
            raise Invalid(f"Reading {self._called()} took more than {limit} seconds; split it into parts.")
        why = "it is nested too deeply or needs too much memory or time"
        raise Invalid(f"{self._called()} could not be read: {why}. Check that it is complete, or split it into parts.")

    def _called(self) -> str:
        return self.source.name or "The pasted text"

    def _sentence(self, problem: str, line: int, column: int) -> str:
        place = f":{line}:{column}" if line and column else f":{line}" if line else ""
        return f"{self._called()}{place}: {problem}."


def _lines(output: IO[bytes], deadline: float) -> Iterable[bytes | None]:
    """Yield whole lines as they come, and None each time nothing came for a moment, until the end or the deadline."""
    waiting = b""
    with selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while time.monotonic() < deadline:
            if not selector.select(_TICK):
                yield None
                continue
            chunk = output.read1(1 << 16)  # type: ignore[attr-defined]
            if not chunk:
                return
            *whole, waiting = (waiting + chunk).split(b"\n")
            yield from whole

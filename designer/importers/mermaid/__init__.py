"""Mermaid erDiagrams as tables."""

from __future__ import annotations

from designer.dialects.registry import get as dialect_of
from designer.importers.building import Build
from designer.importers.contract import ImportProblem, ImportResult, Progress, Report, model_name, no_progress
from designer.importers.mermaid.build import Builder
from designer.importers.mermaid.grammar import parse
from designer.importers.sql import prepared

TITLE = "Mermaid ER diagram"
EXTENSIONS = (".mmd", ".mermaid")


def read(text: str, file_name: str = "", dialect: str = "auto", progress: Progress = no_progress) -> ImportResult:
    """Return the design in an erDiagram. Raises ImportProblem with the place of the first thing that cannot be read."""
    progress(0.0, "reading Mermaid")
    document = parse(prepared(text))
    if not document.entities:
        raise ImportProblem("there is no entity in this erDiagram; write for example: users { int id PK }", 1, 1)
    target = dialect_of(dialect if dialect not in ("", "auto") else "postgresql")
    report = Report(file=file_name, dialect="mermaid")
    build = Build(document.title or model_name(file_name), target, text, report)
    Builder(build, document).run()
    progress(1.0, "done")
    return ImportResult(build.design(), report)

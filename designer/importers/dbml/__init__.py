"""DBML, the language of dbdiagram.io and its relatives."""

from __future__ import annotations

from msgspec.structs import replace

from designer.dialects.registry import get as dialect_of
from designer.importers.building import Build
from designer.importers.contract import ImportProblem, ImportResult, Progress, Report, model_name, no_progress
from designer.importers.dbml.build import Builder, database_of
from designer.importers.dbml.grammar import parse
from designer.importers.sql import prepared

TITLE = "DBML"
EXTENSIONS = (".dbml",)


def read(text: str, file_name: str = "", dialect: str = "auto", progress: Progress = no_progress) -> ImportResult:
    """Return the design in a DBML text. Raises ImportProblem with the place of the first thing that cannot be read.

    The database is the one asked for, else the one that the project names, else PostgreSQL.
    """
    progress(0.0, "reading DBML")
    document = parse(prepared(text))
    if not document.tables and not document.enums:
        raise ImportProblem("there is no Table in this DBML text; write for example: Table users { id int [pk] }", 1, 1)
    target = dialect_of(dialect if dialect not in ("", "auto") else database_of(document) or "postgresql")
    report = Report(file=file_name, dialect="dbml")
    build = Build(document.project or model_name(file_name), target, text, report)
    if document.note:
        build.put(replace(build.model, comment=document.note))
    progress(0.3, "making tables")
    Builder(build, document).run()
    progress(1.0, "done")
    return ImportResult(build.design(), report)

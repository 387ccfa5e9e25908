"""The importers by name, and the choice of one from a file's name and content."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from designer.importers.contract import ImportProblem, ImportResult, Progress, no_progress
from designer.importers.guess import seems
from designer.importers.live.pasted import is_snapshot

Read = Callable[[str, str, str, Progress], ImportResult]
"""read(text, file_name, dialect, progress)"""

FORMATS: dict[str, str] = {
    "sql": "designer.importers.sql",
    "json": "designer.importers.json_file",
    "dbml": "designer.importers.dbml",
    "mermaid": "designer.importers.mermaid",
    "csv": "designer.importers.csv_file",
    "catalog": "designer.importers.live.pasted",
}
"""Name -> module; the module has `read` (see `Read`), `EXTENSIONS` and `TITLE`."""


_ENDINGS = {
    ".json": "json", ".sql": "sql", ".ddl": "sql", ".psql": "sql", ".dump": "sql", ".dbml": "dbml", ".mmd": "mermaid",
    ".mermaid": "mermaid", ".csv": "csv", ".tsv": "csv",
}  # fmt: skip
_WRITTEN_ONLY = {".dot": "Graphviz", ".puml": "PlantUML"}
"""Endings of formats that people may expect to be read, and that are not."""


def reader(name: str) -> Read:
    """Return the `read` function of a format. Raises ImportProblem for a name that is not in the list."""
    path = FORMATS.get(name)
    if path is None:
        raise ImportProblem(f"there is no import format {name!r}; choose one of: {', '.join(FORMATS)}")
    read: Read = import_module(path).read
    return read


def format_of(file_name: str, text: str) -> str:
    """Return the format that a file seems to be in: by its extension, else by its look; SQL where nothing tells.

    Pasted catalogs are known by their mark first: clients save them as .json, .csv or .txt.
    """
    if is_snapshot(text):
        return "catalog"
    ending = "." + file_name.lower().rpartition(".")[2]
    return _ENDINGS.get(ending) or seems(text) or "sql"


def read_any(text: str, file_name: str = "", dialect: str = "auto", progress: Progress = no_progress) -> ImportResult:
    """Read a design from text in any known format. Raises ImportProblem where it is none of them."""
    ending = "." + file_name.lower().rpartition(".")[2]
    if ending in _WRITTEN_ONLY:
        raise ImportProblem(
            f"{_WRITTEN_ONLY[ending]} is not read in this version; import the SQL that it stands for", 1, 1
        )
    return reader(format_of(file_name, text))(text, file_name, dialect, progress)

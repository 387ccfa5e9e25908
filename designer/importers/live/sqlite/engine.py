"""The engine of SQLite: a file, an uploaded file or a pasted value to a snapshot, and a snapshot to its script."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from designer.importers.contract import Progress, no_progress
from designer.importers.live.contract import EVERYTHING, MARK, EmptyDatabase, LiveProblem, Snapshot, Wanted
from designer.importers.live.sqlite import files
from designer.importers.live.sqlite.catalog import PASTED, SETTINGS, Row, read_catalog
from designer.importers.live.sqlite.order import in_order, shadows_in

DIALECTS = ("sqlite",)
SCHEMES = ("sqlite",)


def take(url: str, wanted: Wanted = EVERYTHING, progress: Progress = no_progress) -> Snapshot:  # noqa: ARG001
    """Read the schema of the file that a URL names: sqlite:///relative/path or sqlite:////absolute/path."""
    path = path_of(url)
    progress(0.0, f"reading {path.name}")
    with files.opened(path) as base:
        return read_catalog(base, path.name)


def path_of(url: str) -> Path:
    """Return the path in a URL. Raises LiveProblem for a URL without one."""
    path = unquote(urlsplit(url).path)
    path = path.removeprefix("/") if url.partition(":")[2].startswith("//") else path
    if not path:
        raise LiveProblem("this URL names no file; write sqlite:///relative/path or sqlite:////absolute/path")
    return Path(path)


def take_bytes(data: bytes, name: str) -> Snapshot:
    """Read the schema of a database file that someone uploaded under `name`; it may be hostile.

    Nothing of it is run: no view, no trigger, no extension. Raises LiveProblem.
    """
    with files.uploaded(data) as base:
        return read_catalog(base, name)


def query(dialect: str) -> str:  # noqa: ARG001 - there is one
    """Return the SELECT that people run themselves (SQLite 3.38 or newer); its one value is the snapshot."""
    return PASTED.format(mark=MARK)


def script(snapshot: Snapshot, wanted: Wanted = EVERYTHING) -> str:  # noqa: ARG001 - a file has no schemas or owners
    """Return the script that makes the database anew: the settings of the file, then its CREATE statements."""
    sections = snapshot.sections
    rows = [row for row in map(_row, sections.get("schema", ())) if row.sql]
    shadows = {str(row.get("name")) for row in sections.get("shadows", ())} | shadows_in(rows)
    rows = [row for row in rows if row.table not in shadows]
    if not rows:
        raise EmptyDatabase("this database has no tables and no views, so there is nothing to import")
    settings = [_setting(row) for row in sections.get("settings", ())]
    return "\n".join([*filter(None, settings), *(_ended(row.sql) for row in in_order(rows))]) + "\n"


def _row(data: dict[str, Any]) -> Row:
    return Row(*(str(data.get(key) or "") for key in ("type", "name", "tbl_name", "sql")))


def _setting(data: dict[str, Any]) -> str:
    """Return the PRAGMA for a setting; nothing for one that every new file has, or that this program does not know."""
    name, value = str(data.get("name")), str(data.get("value"))
    usual = SETTINGS.get(name)
    if usual is None or value == usual or not value.replace("-", "").isalnum():
        return ""
    return f"PRAGMA {name} = {value};" if value.lstrip("-").isdecimal() else f"PRAGMA {name} = '{value}';"


def _ended(sql: str) -> str:
    """Return a statement with its semicolon, on a line of its own where the text may end in a comment."""
    return f"{sql}\n;" if "--" in sql[sql.rfind("\n") + 1 :] else f"{sql};"

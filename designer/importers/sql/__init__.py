"""SQL: scripts of PostgreSQL, MySQL, MariaDB and SQLite, as people write them and as dump programs do."""

from __future__ import annotations

from importlib import import_module

from designer.dialects.registry import ALIASES, DIALECTS
from designer.importers.contract import ImportProblem, ImportResult, Progress, no_progress
from designer.importers.sql.detect import detect

TITLE = "SQL (PostgreSQL, MySQL, MariaDB, SQLite)"
EXTENSIONS = (".sql", ".ddl", ".psql", ".dump")


def read(text: str, file_name: str = "", dialect: str = "auto", progress: Progress = no_progress) -> ImportResult:
    """Return the design in an SQL script. Raises ImportProblem where there is nothing to read."""
    clean = prepared(text)
    name = dialect_of(clean, dialect)
    path = "designer.importers.sql.postgres.reader" if name == "postgresql" else "designer.importers.sql.generic"
    progress(0.0, f"reading {len(clean):,} characters as {name}")
    module = import_module(path)
    if name == "postgresql":
        result: ImportResult = module.read_script(clean, file_name, progress)
    else:
        result = module.read(clean, file_name, name, progress)
    return result


def dialect_of(text: str, dialect: str) -> str:
    """Return the name of the dialect to read `text` with. Raises ImportProblem for one that nobody knows."""
    wanted = dialect.lower()
    if wanted in ("", "auto"):
        return detect(text)
    wanted = ALIASES.get(wanted, wanted)
    if wanted not in DIALECTS:
        raise ImportProblem(f"there is no dialect {dialect!r}; choose one of: auto, {', '.join(DIALECTS)}")
    return wanted


def prepared(text: str) -> str:
    """Return the text as it is read: without a byte order mark. Raises ImportProblem for what is no text."""
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise ImportProblem("the file is empty; give it a script with CREATE TABLE statements", 1, 1)
    at = text.find("\0")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        column = at - text.rfind("\n", 0, at)
        hint = (
            "pg_dump -Fc makes such files; use pg_restore -f file.sql" if text[:5] == "PGDMP" else "give it a text file"
        )
        raise ImportProblem(f"this is a binary file (it has a zero byte), not SQL; {hint}", line, column)
    clean = " " + text[1:] if text[0] == "\ufeff" else text
    if clean.isascii():
        return clean
    return clean.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if _surrogates(clean) else clean


def _surrogates(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False

"""The pasted result of an engine's query: found in what the client put round it, checked, and read as a design."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from designer.importers.contract import ImportResult, Progress, no_progress
from designer.importers.live.contract import MARK, LiveProblem, Snapshot
from designer.importers.live.reading import read_snapshot
from designer.importers.live.registry import ENGINES

TITLE = "Pasted catalogs (the result of `wholekey catalog-query`)"
EXTENSIONS = (".catalog.json",)

_HEAD = 20_000
"""Characters within which a snapshot starts; before it stand a client's frame and the name of the column."""
_MARKED = re.compile(rf'\{{\s*(\\*"{{1,2}}){MARK}(\\*"{{1,2}})\s*[:+|]')
_CONTINUED = re.compile(r"[ \t]*[+↵.…]?[ \t]*[|│║]?[ \t]*\r?\n[ \t]*[|│║]?[ \t]?")
"""The end of a line and the start of the next in a frame: psql and the shells of MySQL and SQLite draw them."""
_RERUN = "copy the value again, uncut, or save the result as a file and import that"


def is_snapshot(text: str) -> bool:
    """Say whether a text holds the result of an engine's query, whatever a client put round it."""
    head = text[:_HEAD]
    return MARK in head and _MARKED.search(head) is not None


def read(text: str, file_name: str = "", dialect: str = "auto", progress: Progress = no_progress) -> ImportResult:  # noqa: ARG001 - a snapshot says what it is
    """Return the design in the pasted result of a query. Raises LiveProblem for what is none, or not the whole."""
    return read_snapshot(snapshot_of(text), progress=progress)


def snapshot_of(text: str) -> Snapshot:
    """Return the snapshot in the result of an engine's query: a JSON object marked with its dialect."""
    data = _decoded(text)
    dialect = data.get(MARK)
    if not isinstance(dialect, str) or dialect not in ENGINES:
        raise LiveProblem(f"this is of a database that is not known here; it has to be one of: {', '.join(ENGINES)}")
    for name, rows in data.items():
        if isinstance(rows, list) and not all(isinstance(row, dict) for row in rows):
            raise LiveProblem(f"its section {name!r} is not what the query gives; {_RERUN}")
    sections = {name: rows for name, rows in data.items() if isinstance(rows, list)}
    return Snapshot(dialect, str(data.get("version", "")), str(data.get("name", "")) or "Database", sections)


def _decoded(text: str) -> dict[str, Any]:
    found = _MARKED.search(text[:_HEAD])
    if found is None:
        raise LiveProblem(f"this has no {MARK!r}; run the query of the import page and paste its one value")
    end = text.rfind("}")
    value = text[found.start() : end + 1] if end > found.start() else text[found.start() :]
    for candidate in _candidates(value, found[1]):
        try:
            return dict(msgspec.json.decode(candidate.encode(), type=dict[str, Any]))
        except (msgspec.DecodeError, UnicodeEncodeError):
            continue
    raise LiveProblem(_why_not(text, value))


def _candidates(value: str, quotes: str) -> Iterator[str]:
    """Yield what the value may be, the likeliest first: as it stands, and without what clients do to it."""
    plain = _unquoted(value, quotes)
    yield plain
    yield _backslashes_halved(plain)  # mysql --batch
    if "\n" in plain:
        unframed = _CONTINUED.sub("\n", plain)
        yield unframed
        yield _CONTINUED.sub("", plain)  # wrapped by a terminal, in the middle of words
    if "''" in plain:
        yield plain.replace("''", "'")  # sqlite3's quote mode


def _unquoted(value: str, quotes: str) -> str:
    """Return the value without the quoting of a CSV cell (doubled quotes) or of a JSON string (escaped ones)."""
    if quotes == '""':
        return value.replace('""', '"')
    if quotes == '\\"':
        try:
            return str(msgspec.json.decode(f'"{value}"'.encode(), type=str))
        except (msgspec.DecodeError, UnicodeEncodeError):
            return value
    return value


def _backslashes_halved(value: str) -> str:
    return re.sub(r"\\([\\nt0])", lambda found: {"n": "\n", "t": "\t", "0": "\0"}.get(found[1], found[1]), value)


def _why_not(text: str, value: str) -> str:
    try:
        msgspec.json.decode(value.encode("utf-8", "replace"))
        reason = "it is not JSON"
    except msgspec.DecodeError as error:
        reason = str(error)
    if not value.rstrip().endswith("}") or value.count("{") > value.count("}") or "truncated" in reason:
        return f"the result ends in the middle, after {len(text):,} characters: the client cut it; {_RERUN}"
    return f"this is not the whole result of the query: {reason}; {_RERUN}"

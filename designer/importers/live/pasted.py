"""The pasted result of an engine's query: found in what the client put round it, checked, and read as a design."""

from __future__ import annotations

import json
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

_TRIES = 5
"""How often the mark may stand somewhere else before the value: in the name of a column, in a comment."""
_SAMPLE, _MOST_WORDS = 20_000, 400
"""Of what stands before the value this many characters are looked at, and so many may be no frame: names of columns."""
_FRAME = re.compile(r"[-+|=\s\u2500-\u257f]+")
_MARKED = re.compile(rf'\{{\s*(\\*"{{1,2}}){MARK}(\\*"{{1,2}})\s*[:+|]')
_CONTINUED = re.compile(r"[ \t]*[+↵]?[ \t]*[|│║]?[ \t]*\r?\n[ \t]*[|│║]?[ \t]?")
"""The end of a line and the start of the next in a frame that psql or the shell of MySQL draws."""
_WRAPPED = re.compile(r"[.…][ \t]*[|│║]?[ \t]*\r?\n[ \t]*[|│║]?[ \t]*[.…]?")
"""The same where psql wraps long lines."""
_BORDERS = frozenset("|│║")
_RERUN = "copy the value again, uncut, or save the result as a file and import that"


def is_snapshot(text: str) -> bool:
    """Say whether a text holds the result of an engine's query, whatever a client put round it."""
    return _found(text) is not None


def _found(text: str) -> re.Match[str] | None:
    """Return where the value starts. A frame before it is as wide as the value: it may have millions of dashes."""
    at = -1
    for _ in range(_TRIES):
        at = text.find(MARK, at + 1)
        if at < 0:
            return None
        start = text.rfind("{", 0, at)
        found = _MARKED.match(text, start) if start >= 0 else None
        if found is not None:
            words = len(_FRAME.sub("", text[: min(start, _SAMPLE)]))
            return found if words <= _MOST_WORDS else None
    return None


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
    found = _found(text)
    if found is None:
        raise LiveProblem(f"this has no {MARK!r}; run the query of the import page and paste its one value")
    value = text[found.start() : max(text.rfind("}") + 1, found.end())]
    for candidate in _candidates(text, found, value):
        try:
            return dict(msgspec.json.decode(candidate.encode(), type=dict[str, Any]))
        except (msgspec.DecodeError, UnicodeEncodeError):
            continue
    raise LiveProblem(_why_not(text, value))


def _candidates(text: str, found: re.Match[str], value: str) -> Iterator[str]:
    """Yield what the value may be, the likeliest first: as it stands, and without what clients do to it."""
    if found[1] == '\\"':
        yield _json_string(text, found.start() - 1)
        return
    plain = value
    if found[1] == '""':  # a cell of CSV
        plain = value.replace('""', '"')
    elif text[: found.start()].endswith("'"):  # sqlite3's quote mode
        plain = value.replace("''", "'")
    yield plain
    yield _backslashes_halved(plain)  # mysql --batch
    if "\n" in plain:
        yield _CONTINUED.sub("\n", plain)
        yield _WRAPPED.sub("", plain)
        yield _unwrapped(text[text.rfind("\n", 0, found.start()) + 1 :])


def _json_string(text: str, start: int) -> str:
    """Return the JSON string that opens at `start`: clients that write JSON put the value in one."""
    try:
        return str(json.JSONDecoder().raw_decode(text, max(start, 0))[0])
    except ValueError:
        return ""


def _unwrapped(text: str) -> str:
    """Return a value that was cut into lines of one width, anywhere, as sqlite3's tables and terminals do.

    Nothing where the lines are of several widths: spaces were lost at their ends, and nobody can say how many.
    """
    lines = [line.rstrip("\r") for line in text.split("\n")]
    if lines[0][:1] in _BORDERS:
        lines = [line[2:-2] for line in lines if line[:1] in _BORDERS and line[-1:] in _BORDERS]
    else:
        lines = lines[: next((at for at, line in enumerate(lines) if line.rstrip().endswith("}]}")), 0) + 1]
    even = len({len(line) for line in lines[:-1]}) == 1
    return "".join(lines).rstrip() if even else ""


def _backslashes_halved(value: str) -> str:
    return re.sub(r"\\([\\nt0])", lambda found: {"n": "\n", "t": "\t", "0": "\0"}.get(found[1], found[1]), value)


def _why_not(text: str, value: str) -> str:
    reason = "it is not JSON"
    try:
        msgspec.json.decode(value.encode("utf-8", "replace"))
    except msgspec.DecodeError as error:
        reason = str(error)
    if not value.rstrip().endswith("}") or value.count("{") > value.count("}") or "truncated" in reason:
        return f"the result ends in the middle, after {len(text):,} characters: the client cut it; {_RERUN}"
    return f"this is not the whole result of the query: {reason}; {_RERUN}"

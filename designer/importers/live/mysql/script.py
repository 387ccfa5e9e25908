"""A snapshot -> the script that makes its databases anew, as mysqldump would write it without rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.importers.live.contract import Snapshot, Wanted
from designer.importers.live.mysql.rebuilding import Rebuilder
from designer.importers.live.mysql.words import Row, literal, quoted

_KINDS = ("tables", "views", "routines", "triggers", "events")
_SETTINGS = {
    "charset": "character_set_client",
    "collation": "collation_connection",
    "sql_mode": "sql_mode",
    "time_zone": "time_zone",
}
_PROGRAMS = ("routines", "triggers", "events")
_DELIMITER = ";;"
_BYTES = re.compile(r"(?<![\w'])'(?>(?:[^'\\]++|\\.|'')*)'", re.DOTALL)
_NO_TEXT = re.compile("[\udc80-\udcff]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"0": "\0", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}


def script(snapshot: Snapshot, wanted: Wanted) -> str:
    """Return the script. The settings under which views and programs were made stand before each of them.

    What a pasted snapshot cannot say is added to its section of notes.
    """
    rebuilder = Rebuilder(snapshot)
    snapshot.sections["notes"] = [*snapshot.sections.get("notes", ()), *rebuilder.notes()]
    there = rebuilder.sections["databases"]
    databases = [row for row in there if not wanted.schemas or row["name"] in wanted.schemas]
    lines = [f"-- Server version\t{snapshot.version}", "SET NAMES utf8mb4;"]
    for database in databases:
        lines += _opening(database, len(databases) > 1)
        for kind in _KINDS:
            for row in rebuilder.rows(kind, database["name"]):
                lines += _object(kind, row)
    return "\n".join(lines) + "\n"


def _opening(database: Row, several: bool) -> Iterator[str]:
    tail = f"CHARACTER SET {database['charset']} COLLATE {database['collation']};"
    if several:
        yield f"CREATE DATABASE {quoted(database['name'])} {tail}"
    yield f"USE {quoted(database['name'])};"
    if not several:
        yield f"ALTER DATABASE {tail}"


def _object(kind: str, row: Row) -> Iterator[str]:
    if kind == "tables":
        yield f"{_table(row)};"
        return
    for key, setting in _SETTINGS.items():
        if row.get(key) is not None:
            yield f"SET {setting} = {literal(row[key])};"
    if kind in _PROGRAMS:
        delimiter = _DELIMITER
        while delimiter in row["text"]:
            delimiter += "$"
        yield f"DELIMITER {delimiter}\n{row['text']}\n{delimiter}\nDELIMITER ;"
    else:
        yield f"{row['text']};"


def _in_digits(found: re.Match[str]) -> str:
    """Return a string of bytes that are no text as a hexadecimal literal."""
    if not _NO_TEXT.search(found[0]):
        return found[0]
    plain = _ESCAPED.sub(lambda each: _ESCAPES.get(each[1], each[1]), found[0][1:-1].replace("''", "'"))
    return f"x'{plain.encode('utf-8', 'surrogateescape').hex()}'"


def _table(row: Row) -> str:
    """Return a table, bytes in digits, with the REF_SYSTEM_ID that MariaDB's SHOW CREATE leaves out."""
    text: str = _BYTES.sub(_in_digits, row["text"])
    for column, number in row.get("systems", ()):
        place = re.search(rf"\n  {re.escape(quoted(column))} \w+", text)
        if place is not None:
            text = f"{text[: place.end()]} REF_SYSTEM_ID={number}{text[place.end() :]}"
    return text

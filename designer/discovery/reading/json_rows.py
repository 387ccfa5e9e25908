"""Rows as JSON: a list of objects, or one object a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from designer.discovery.contract import Budget, Clock, DataProblem
from designer.discovery.reading.headers import named
from designer.discovery.reading.texts import text_of
from designer.discovery.table import Coder, Table

LARGEST = 256 * 1024 * 1024
"""Bytes: JSON is not read in parts."""
_BATCH = 1_024
_STARTS = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*(?:\{|\]\s*$)|\{\s*"(?:[^"\\]|\\.)*"\s*:)')
_REMEDY = "write a list of objects, one object a line, or CSV"


def is_json(head: bytes) -> bool:
    """Say whether the beginning of a text is that of objects."""
    return _STARTS.match(head) is not None


def read_json(data: bytes, name: str, budget: Budget, clock: Clock) -> Table:
    """Return the rows of a text. Raises DataProblem where it is no list of objects."""
    rows = _objects(data.removeprefix(b"\xef\xbb\xbf"))
    keys = list(dict.fromkeys(key for row in rows for key in row))
    if not keys:
        raise DataProblem("there are no rows in it; each object has to have the names of the columns as its keys", 1, 1)
    names, notes = named(keys)
    coder = Coder(names, budget)
    for batch in _batches(rows, keys):
        coder.add(batch)
        clock.progress(coder.seen / len(rows), f"{coder.seen:,} rows read")
    missing = sum(len(row) < len(keys) for row in rows)
    if missing:
        notes.append(f"{missing:,} of {len(rows):,} objects lack some of the keys; what is missing is NULL.")
    return coder.table(name, notes=notes)


def _objects(data: bytes) -> list[dict[str, Any]]:
    try:
        return _listed(msgspec.json.decode(data), 1)
    except (msgspec.DecodeError, RecursionError) as whole:
        if data.lstrip()[:1] == b"[":
            raise DataProblem(f"this is not valid JSON: {whole}; {_REMEDY}", 1, 1) from None
    return [
        row for number, line in enumerate(data.splitlines(), start=1) if line.strip() for row in _line(line, number)
    ]


def _line(line: bytes, number: int) -> list[dict[str, Any]]:
    try:
        return _listed(msgspec.json.decode(line), number)
    except (msgspec.DecodeError, RecursionError) as error:
        raise DataProblem(f"this line is not valid JSON: {error}; {_REMEDY}", number, 1) from None


def _listed(value: Any, line: int) -> list[dict[str, Any]]:
    """Return the objects of a value: its own, itself, or those of the one list in it."""
    if isinstance(value, dict):
        lists = [each for each in value.values() if isinstance(each, list) and each and isinstance(each[0], dict)]
        value = lists[0] if len(lists) == 1 and len(value) == 1 else [value]
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise DataProblem(f"these are no rows: not every element is an object; {_REMEDY}", line, 1)
    return value


def _batches(rows: Sequence[dict[str, Any]], keys: Sequence[str]) -> Iterator[list[list[str | None]]]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield [[text_of(row.get(key)) for key in keys] for row in batch]

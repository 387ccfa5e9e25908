"""Text as rows of cells."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from designer.importers.contract import ImportProblem

MOST_ROWS = 20_000
"""Rows that are looked at; more tell nothing new about the types."""
MOST_COLUMNS = 1_600
"""What PostgreSQL allows in one table; more than any other database here."""
_DELIMITERS = ("\t", ",", ";", "|")
_SAMPLE_LINES = 20


@dataclass(slots=True)
class Sheet:
    """A header and the rows below it, all of its width; a title where one cell stands alone above them."""

    header: list[str]
    rows: list[list[str]]
    title: str = ""
    ragged: int = 0
    ragged_line: int = 0


def read_rows(text: str) -> Sheet:
    """Return the rows in a text. Raises ImportProblem where there are none, or a quote is never closed."""
    rows = _rows(text, delimiter_of(text) or ",")
    title = ""
    if len(rows) > 1 and len(_filled(rows[0][1])) == 1 < len(_filled(rows[1][1])):
        title = _filled(rows[0][1])[0]
        rows = rows[1:]
    if not rows:
        raise ImportProblem("there are no rows in this text", 1, 1)
    header = [cell.strip() for cell in rows[0][1]]
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        raise ImportProblem(
            f"the first row has {len(header)} cells; a table holds {MOST_COLUMNS} columns", rows[0][0], 1
        )
    body = [(line, [cell.strip() for cell in row]) for line, row in rows[1:]]
    uneven = [line for line, row in body if len(row) != len(header)]
    width = len(header)
    filled = [(row + [""] * width)[:width] for _, row in body]
    return Sheet(header, filled, title, len(uneven), uneven[0] if uneven else 0)


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append((reader.line_num, row))
            if len(found) > MOST_ROWS:
                break
    except csv.Error as error:
        raise ImportProblem(f"the rows cannot be read: {error}; check the quotes", reader.line_num, 1) from None
    return found


def _filled(row: list[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def delimiter_of(text: str) -> str:
    """Return what separates the cells: the sign that stands equally often in every line; empty where none does."""
    lines = [line for line in text.split("\n")[: _SAMPLE_LINES * 2] if line.strip()][:_SAMPLE_LINES]
    best, most = "", 0.0
    for delimiter in _DELIMITERS:
        counts = [_count(line, delimiter) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 0
        if usual:
            score = counts.count(usual) / len(counts) + (0.5 if delimiter == "\t" else 0) + min(usual, 50) / 1000
            if score > most:
                best, most = delimiter, score
    return best


def _count(line: str, delimiter: str) -> int:
    """Count a sign outside of quotes."""
    quoted, found = False, 0
    for letter in line:
        quoted ^= letter == '"'
        found += letter == delimiter and not quoted
    return found

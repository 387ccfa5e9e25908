"""The matrix as a page shows it: so many rows and columns at a time."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from designer.levels.tracing.matrix import SHORT, SORTS, WORDS, Cell, Line, Matrix, Wish

ROWS = 40
COLUMNS = 30


@dataclass(frozen=True, slots=True)
class Square:
    """One cell. `sign` is a letter, empty where nothing connects row and column."""

    column: str
    sign: str
    how: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A concept with its squares, and how many tables it is connected with in all."""

    line: Line
    squares: tuple[Square, ...]
    tables: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One page of a matrix. `first_row` and the others count from 1."""

    columns: tuple[Line, ...]
    rows: tuple[Row, ...]
    first_row: int
    last_row: int
    all_rows: int
    previous: int
    following: int
    first_column: int
    last_column: int
    all_columns: int
    previous_columns: int
    following_columns: int
    every: bool


def wish_of(said: QueryDict) -> Wish:
    """Return what is asked for in an address; a word that means nothing is left out."""
    how, only, sort = said.get("how", ""), said.get("only", ""), said.get("sort", "order")
    return Wish(
        said.get("text", "")[:200],
        how if how in WORDS else "",
        only if only in ("rows", "columns") else "",
        sort if sort in SORTS else "order",
    )


def grid(found: Matrix, said: QueryDict) -> Grid:
    """Return the page of rows that is asked for, with the tables that they are connected with, or with all tables.

    Every row of a page has its tables on it unless there are more than a page is wide.
    """
    at = _page(said.get("at", ""), len(found.rows), ROWS)
    rows = found.rows[at * ROWS : (at + 1) * ROWS]
    every = said.get("tables") == "all" or said.get("only") == "columns"
    columns = found.columns if every else _connected(found, rows)
    across = _page(said.get("across", ""), len(columns), COLUMNS)
    shown = columns[across * COLUMNS : (across + 1) * COLUMNS]
    return Grid(
        columns=shown,
        rows=tuple(Row(row, tuple(_square(found, row, each) for each in shown), _tables(found, row)) for row in rows),
        first_row=at * ROWS + 1 if rows else 0,
        last_row=at * ROWS + len(rows),
        all_rows=len(found.rows),
        previous=at,
        following=at + 2 if _more(at, len(found.rows), ROWS) else 0,
        first_column=across * COLUMNS + 1 if shown else 0,
        last_column=across * COLUMNS + len(shown),
        all_columns=len(columns),
        previous_columns=across,
        following_columns=across + 2 if _more(across, len(columns), COLUMNS) else 0,
        every=every,
    )


def _page(text: str, count: int, size: int) -> int:
    """Return the number of a page from 0; one that there is not is the nearest."""
    wanted = int(text) - 1 if text.isdecimal() and len(text) < 9 else 0
    return max(0, min(wanted, (count - 1) // size if count else 0))


def _more(page: int, count: int, size: int) -> bool:
    return (page + 1) * size < count


def _connected(found: Matrix, rows: tuple[Line, ...]) -> tuple[Line, ...]:
    met = {cell.column for row in rows for cell in found.by_row.get(row.id, ())}
    return tuple(column for column in found.columns if column.id in met)


def _tables(found: Matrix, row: Line) -> int:
    return len(found.by_row.get(row.id, ()))


def _square(found: Matrix, row: Line, column: Line) -> Square:
    cell: Cell | None = found.cells.get((row.id, column.id))
    if cell is None:
        return Square(column.id, "", "", f"{row.name}, {column.name}: not connected")
    return Square(column.id, SHORT[cell.how], cell.how, f"{row.name}: {column.name} {WORDS[cell.how]}")

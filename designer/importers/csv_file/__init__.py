"""Rows of a spreadsheet as a table: comma, semicolon or tab separated, the first row being the names of the columns."""

from __future__ import annotations

from designer.dialects.registry import get as dialect_of
from designer.importers.building import Build
from designer.importers.contract import ImportProblem, ImportResult, Outcome, Progress, Report, model_name, no_progress
from designer.importers.csv_file.names import column_names, table_name
from designer.importers.csv_file.rows import read_rows
from designer.importers.csv_file.values import Guess, guess
from designer.importers.sql import prepared

TITLE = "CSV or cells of a spreadsheet"
EXTENSIONS = (".csv", ".tsv")


def read(text: str, file_name: str = "", dialect: str = "auto", progress: Progress = no_progress) -> ImportResult:
    """Return a table for the rows in a text. Raises ImportProblem where these are no rows of one width.

    Types are the narrowest that hold all values; a column without blanks is NOT NULL; `id` becomes the key where its
    values are unique.
    """
    progress(0.0, "reading rows")
    sheet = read_rows(prepared(text))
    target = dialect_of(dialect if dialect not in ("", "auto") else "postgresql")
    report = Report(file=file_name, dialect="csv")
    stem = model_name(file_name)
    build = Build(stem, target, text, report)
    table = build.table(table_name(sheet.title or (stem if file_name else "")))
    names = column_names(sheet.header)
    progress(0.3, "looking at the values")
    guesses = [guess([row[at] for row in sheet.rows]) for at in range(len(names))]
    columns = []
    for (name, comment), found in zip(names, guesses, strict=True):
        raw, _ = build.type_of_logical(found.logical)
        columns.append(build.column(table, name, raw, nullable=found.blank or not sheet.rows, comment=comment))
    key = _key(table.name, [name for name, _ in names], guesses)
    if key is not None:
        build.key(table.id, [columns[key]], primary=True)
    build.tell(Outcome.IMPORTED, f"Table {table.name}", f"from {len(sheet.rows)} rows", 1, 1)
    if key is None:
        build.tell(
            Outcome.WARNING, f"Table {table.name}", "no column called id has unique values, so it has no key", 1, 1
        )
    if sheet.ragged:
        message = f"{sheet.ragged} rows are shorter or longer than the first one"
        build.tell(Outcome.WARNING, f"Table {table.name}", message, sheet.ragged_line, 1)
    progress(1.0, "done")
    return ImportResult(build.design(), report)


def _key(table: str, names: list[str], guesses: list[Guess]) -> int | None:
    """Return the column that is the key: `id` or `<table>_id`, without blanks and each value once."""
    one = table.lower().removesuffix("s")
    for at, (name, found) in enumerate(zip(names, guesses, strict=True)):
        if name.lower() in ("id", "uuid", f"{table.lower()}_id", f"{one}_id") and found.unique and not found.blank:
            return at
    return None


__all__ = ["EXTENSIONS", "TITLE", "ImportProblem", "read"]

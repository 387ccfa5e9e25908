"""Parquet, through arro3 (Arrow in Rust); an optional extra, since most installations never read a Parquet file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from designer.discovery.contract import Budget, Clock, DataProblem
from designer.discovery.reading.headers import named
from designer.discovery.reading.texts import text_of
from designer.discovery.table import Coder, Table
from designer.importers.contract import Progress

MAGIC = b"PAR1"
_ROWS = 4_096
_MISSING = (
    "reading Parquet needs the package arro3-io; install it with `pip install 'wholekey[parquet]'`, "
    "or save the rows as CSV"
)
_DAMAGED = "this Parquet file cannot be read; it is damaged, encrypted or was not written to its end"


def read_parquet(path: Path, name: str, budget: Budget, progress: Progress) -> Table:
    """Return the rows of a file, or a sample of them. Raises DataProblem where it cannot be read."""
    try:
        from arro3 import io
    except ImportError:
        raise DataProblem(_MISSING) from None
    clock = Clock(budget.reading, progress)
    with _told():
        batches = io.read_parquet(str(path), batch_size=_ROWS)
        fields = batches.schema
        names, notes = named(fields.names)
        types = [_type_of(fields.field(at).type) for at in range(len(names))]
    coder = Coder(names, budget)
    sampled = _take(batches, coder, clock)
    return coder.table(name, sampled, notes, types)


def _take(batches: Any, coder: Coder, clock: Clock) -> str:
    while True:
        with _told():
            batch = next(batches, None)
        if batch is None:
            return ""
        with _told():
            columns = [[text_of(each) for each in batch.column(at).to_pylist()] for at in range(len(coder.headers))]
        coder.add(list(zip(*columns, strict=True)) if columns else [])
        clock.progress(0.0, f"{coder.seen:,} rows read")
        if clock.over:
            return (
                f"Reading was stopped after {clock.seconds:.0f} seconds and {coder.seen:,} rows: "
                "what comes after them was not looked at."
            )


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the library says of a bad file into one sentence; a panic of it is printed to nowhere."""
    with _silenced():
        try:
            yield
        except (KeyboardInterrupt, SystemExit, DataProblem):
            raise
        except BaseException as error:
            if (
                isinstance(error, MemoryError)
                or type(error).__name__ == "PanicException"
                or isinstance(error, Exception)
            ):
                raise DataProblem(_DAMAGED) from None
            raise


@contextmanager
def _silenced() -> Iterator[None]:
    """Standard error goes nowhere: the library prints the place in its source where it gave up."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _type_of(arrow: Any) -> str:
    """Return a type of Arrow in the words of SQL, as far as it says what a column is."""
    text = str(arrow).lower()
    words = {"timestamp": "timestamp", "time": "time", "date": "date", "bool": "boolean", "float": "double",
             "decimal": "numeric", "list": "json", "struct": "json", "map": "json"}  # fmt: skip
    found = next((sql for word, sql in words.items() if f"<{word}" in text), "")
    return "" if found == "numeric" and ", 0)" in text else found

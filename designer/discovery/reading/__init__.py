"""Rows from files, pasted text and live tables, as `Table`s of codes. One format a file."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import IO

from designer.discovery.contract import ROOM, Budget, Clock, DataProblem
from designer.discovery.reading.csv_file import Rejoined, read_csv
from designer.discovery.reading.encoding import HEAD
from designer.discovery.reading.json_rows import LARGEST, is_json, read_json
from designer.discovery.reading.live import read_live
from designer.discovery.reading.parquet import MAGIC, read_parquet
from designer.discovery.reading.pasted import is_pasted, read_pasted
from designer.discovery.table import Table
from designer.importers.contract import Progress, no_progress

__all__ = ["read_file", "read_live", "read_stream", "read_text"]

_SQLITE = b"SQLite format 3\0"
_MOST_PASTED = 16 * 1024 * 1024
"""Bytes of a text that may be something else than CSV; rows drawn with bars or written as INSERT are short."""


def read_file(path: Path, name: str, budget: Budget = ROOM, progress: Progress = no_progress) -> Table:
    """Return the rows of a file, or a sample of them. Raises DataProblem where it cannot be read.

    A file without a name is pasted text, which may be more than CSV.
    """
    called = name or "the pasted rows"
    try:
        with path.open("rb") as file:
            magic = file.read(len(_SQLITE))
            file.seek(0)
            if magic.startswith(MAGIC):
                return read_parquet(path, called, budget, progress)
            if magic == _SQLITE:
                raise DataProblem("this is an SQLite database; name its table as well (sqlite:///path, --table)")
            return read_stream(file, called, budget, progress, path.stat().st_size)
    except FileNotFoundError:
        raise DataProblem("there is no such file; check the path") from None
    except IsADirectoryError:
        raise DataProblem("this is a directory; name the file in it that has the rows") from None
    except OSError as error:
        raise DataProblem(f"the file cannot be read: {error.strerror}") from None


def read_stream(
    stream: IO[bytes], name: str, budget: Budget = ROOM, progress: Progress = no_progress, size: int = 0
) -> Table:  # fmt: skip
    """Return the rows of a stream of text: CSV, or what people paste. Raises DataProblem where there are none."""
    head = stream.read(HEAD)
    if is_json(head):
        return read_json(_whole(head, stream, LARGEST), name, budget, Clock(budget.reading, progress))
    if is_pasted(head.decode("utf-8", "replace")):
        return read_pasted(_text(_whole(head, stream, _MOST_PASTED)), name, budget)
    return read_csv(Rejoined(head, stream), name, budget, progress, size)


def _whole(head: bytes, stream: IO[bytes], most: int) -> bytes:
    data = head + stream.read(most)
    if len(data) > most:
        raise DataProblem(f"rows of this form may have {most >> 20} MB; export them as CSV", 1, 1)
    return data


def _text(data: bytes) -> str:
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    return data.decode("cp1252", "replace")


def read_text(text: str, name: str = "the pasted rows", budget: Budget = ROOM) -> Table:
    """Return the rows in a text that somebody pasted. Raises DataProblem where there are none."""
    return read_stream(io.BytesIO(text.encode("utf-8", "replace")), name, budget)

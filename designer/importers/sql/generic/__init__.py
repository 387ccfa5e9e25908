"""MySQL, MariaDB and SQLite scripts and dumps -> Design.

The statements are cut and read by a tokenizer and a small recursive-descent grammar of our own, and sqlglot is asked
only about statements that the grammar has no rule for. Measured with sqlglot 30.30 on what these servers write
themselves, sqlglot cannot carry the import: it refuses or passes on as an opaque Command CHECK … NOT ENFORCED, RANGE
partitions behind options, PRIMARY KEY USING BTREE, SYSTEM VERSIONING, WITHOUT ROWID, ON CONFLICT, and every MySQL
trigger and routine; it drops STRICT and [bracket] quotes, reads VECTOR KEY as a primary key, and rewrites
expressions (`a IS NOT NULL` becomes `NOT a IS NULL`), whereas here they stay verbatim. It needs ten
times the time, too.

The way of a text: `splitter` cuts it, `reader` carries each statement out on a `catalog` of drafts (handlers in
`creates`, `drops`, `alter`, `programs`), and `build` makes records of what is there at the end. So ALTER,
DROP and RENAME in a script have the effect that they have on a server, and foreign keys find tables that come later.
"""

from __future__ import annotations

import re

from designer.importers.contract import (
    Finding,
    ImportResult,
    Outcome,
    Progress,
    Report,
    model_name,
    no_progress,
)
from designer.importers.sql.generic import doubts
from designer.importers.sql.generic.build import Builder
from designer.importers.sql.generic.places import Places
from designer.importers.sql.generic.reader import Reader, databases_used, own_database
from designer.importers.sql.generic.splitter import split
from designer.schema import Design, Model, seeded_ids
from designer.schema.order import sequence

_VERSION = re.compile(r"^--\s*Server version\s+(\d+\.\d+)([^\n]*)", re.MULTILINE)
_HEAD = 4_000
_STEP = 200
"""Statements between two calls of the progress callback."""


def read(text: str, file_name: str, dialect: str, progress: Progress = no_progress) -> ImportResult:
    """Return the design that a script builds. Raises ImportProblem where the text as a whole is no SQL."""
    places = Places(text)
    doubts.refuse_what_is_no_text(text)
    progress(0.0, "looking for statements")
    pieces = list(split(text, dialect))
    doubts.refuse_what_is_no_sql(text, pieces, places)
    reader = Reader(text, file_name, dialect, places)
    used = set(databases_used(text, pieces))
    reader.by_database = len(used) > 1
    reader.catalog.own = own_database(text, used)
    for number, piece in enumerate(pieces):
        if number % _STEP == 0:
            progress(0.1 + 0.7 * piece.start / len(text), f"reading statement {number + 1:,} of {len(pieces):,}")
        reader.read(piece)
    reader.end_nonsense()
    doubts.doubt_the_dialect(reader)
    doubts.doubt_the_end(reader)
    progress(0.8, "building the design")
    design = _build(reader, text, file_name)
    progress(1.0, "done")
    return ImportResult(design, Report(file_name, reader.flavour.dialect.name, reader.findings))


def _build(reader: Reader, text: str, file_name: str) -> Design:
    ids = seeded_ids(text)
    dialect = reader.flavour.dialect
    options = {} if reader.by_database else reader.catalog.database("")
    model = Model(
        id=ids(),
        extra=dict(options),
        order=sequence(1)[0],
        name=model_name(file_name),
        level="physical",
        target=dialect.name,
        version=_version(text, dialect.name) or dialect.default_version,
    )

    def warn(what: str, message: str, offset: int) -> None:
        line, column = reader.places.of(offset)
        reader.findings.append(Finding(Outcome.WARNING, what, message, line, column, file_name))

    records = Builder(reader.catalog, model, ids, text, reader.places, warn).build()
    reader.findings.sort(key=lambda each: (each.line, each.column))
    return Design(records)


def _version(text: str, dialect: str) -> str:
    """Return the server's version from the head of a dump; empty where it is not said, or another server's."""
    found = _VERSION.search(text[:_HEAD])
    mine = found is not None and ("MariaDB" in found.group(2)) == (dialect == "mariadb")
    return found.group(1) if found is not None and mine else ""

"""Views and triggers that name what is not there.

SQLite keeps them, but RENAME and DROP COLUMN read every view and trigger of the file and stop at the first that they
cannot resolve. Which these are SQLite itself says best: the tables are made in memory, empty, with the views and
triggers on them.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

from designer.evolution.handlers import Side, side_of
from designer.evolution.sqlite.pen import SQLitePen
from designer.evolution.sqlite.virtual import read
from designer.evolution.sqlite.words import words_of
from designer.schema import Design, Table, Trigger, View

Program = View | Trigger
_SECONDS = 5
_STEPS = 10_000
_PROBE = "wholekey probe"


def doubtful(design: Design) -> list[Program]:
    """Return the views and triggers of a design that SQLite cannot resolve."""
    programs: list[Program] = [*design.of(View), *design.of(Trigger)]
    models = dict.fromkeys(model.id for each in programs if (model := design.model_of(each)) is not None)
    return [each for model in models for each in unresolved(side_of(design, model, "sqlite", SQLitePen))]


def unresolved(side: Side[SQLitePen]) -> list[Program]:
    """Return the views and triggers of one side that SQLite cannot resolve."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        until = time.monotonic() + _SECONDS
        base.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        base.execute(f'CREATE TABLE "{_PROBE}" (a)')
        standing = _made(base, side)
        return [*standing.pop("", ()), *_stopped_at(base, standing)]


def _made(base: sqlite3.Connection, side: Side[SQLitePen]) -> dict[str, list[Program]]:
    """Make all in memory. Return what stands, by what an error calls it; under "" what could not even be made."""
    programs = list(_programs(side))
    words = {word for _, _, text in programs for word in words_of(text)}
    for table in side.catalog.of(Table):
        if table.name.lower() in words:
            _runs(base, side.pen.table_alone(table))
    for statement in side.catalog.statements:
        virtual = read(statement.text.text)
        if virtual is not None:
            columns = dict.fromkeys(each.lower() for each in (*virtual.columns, virtual.name, "rank", "docid"))
            _runs(
                base, f"CREATE TABLE {side.dialect.quote(virtual.name)} ({', '.join(map(side.dialect.quote, columns))})"
            )
    found: dict[str, list[Program]] = {}
    for program, called, text in programs:
        found.setdefault(called if _runs(base, text) else "", []).append(program)
    return found


def _programs(side: Side[SQLitePen]) -> Iterator[tuple[Program, str, str]]:
    for view in side.catalog.of(View):
        yield view, f"view {view.name}", "\n".join(side.pen.view(view))
    for owner in side.catalog.objects:
        for trigger in side.catalog.parts(owner).triggers:
            text = side.pen.speech.verbatim(trigger.text)
            is_trigger = words_of(text)[:1] == ("create",) and "trigger" in words_of(text)[1:3]
            yield trigger, f"trigger {trigger.name}", text if is_trigger else ""


def _runs(base: sqlite3.Connection, text: str) -> bool:
    try:
        base.execute(text)
    except (sqlite3.Error, sqlite3.Warning, ValueError):
        return False
    return bool(text.strip())


def _stopped_at(base: sqlite3.Connection, standing: dict[str, list[Program]]) -> Iterator[Program]:
    """Yield what SQLite stops at, one after the other, each taken away to see what comes next."""
    for number in range(len(standing) + 1):
        try:
            base.execute(f'ALTER TABLE "{_PROBE}" RENAME COLUMN {"ab"[number % 2]} TO {"ab"[1 - number % 2]}')
        except sqlite3.Error as error:
            said = str(error)
            called = max((each for each in standing if said.startswith(f"error in {each}: ")), key=len, default="")
            if not called:
                yield from (each for programs in standing.values() for each in programs)
                return
            yield from standing.pop(called)
            kind, _, name = called.partition(" ")
            base.execute('DROP {} "{}"'.format(kind.upper(), name.replace('"', '""')))
            base.execute(f'DROP TABLE "{_PROBE}"')
            base.execute(f'CREATE TABLE "{_PROBE}" ({"ab"[1 - number % 2]})')
        else:
            return

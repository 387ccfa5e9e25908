"""Views and triggers that ask a view for a column which that calls otherwise once a table's column is renamed.

SQLite follows a rename of a column into the queries that read its table, and no further: it stops at a view over such a
view that asks for the old name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from designer.compare.languages import language_of
from designer.compare.side import Side
from designer.dialects.base import Dialect
from designer.evolution.sqlite.words import words_of
from designer.schema import Column, Design, Id, Trigger, View
from designer.schema.expressions import render


def stranded(design: Design, names: Mapping[Id, str], dialect: Dialect) -> Iterator[View | Trigger]:
    """Yield what would not be resolved any more once columns have these names."""
    gone = _gone(design, names, dialect)
    programs: list[View | Trigger] = [*design.of(View), *design.of(Trigger)] if gone else []
    for program in programs:
        text = program.query if isinstance(program, View) else program.text
        words = {*words_of(render(text, design, dialect.quote, dialect.unquote))}
        if any(
            view in words and not lost.isdisjoint(words) for view, lost in gone.items() if view != program.name.lower()
        ):
            yield program


def _gone(design: Design, names: Mapping[Id, str], dialect: Dialect) -> dict[str, set[str]]:
    """Return the names, in small letters, that each view may no longer show: those that its query says itself stay."""
    columns = [each for each in map(design.get, names) if isinstance(each, Column)]
    old = {each.name.lower() for each in columns}
    language = language_of(dialect.name)
    sides: dict[Id, Side] = {}
    found: dict[str, set[str]] = {}
    for view in _readers(design, {each.parent or "" for each in columns}):
        model = design.model_of(view)
        if model is not None and not view.columns:
            side = sides.setdefault(model.id, Side(design, dialect, model.id))
            shown = language.outputs(side, view)
            found[view.name.lower()] = old if shown is None else old & set(map(str.lower, shown))
    return found


def _readers(design: Design, read: set[Id]) -> list[View]:
    """Return the views over some tables, directly or through other views."""
    found: dict[Id, View] = {}
    waiting = sorted(read)
    while waiting:
        for each in sorted(design.referrers(waiting.pop())):
            record = design[each]
            if isinstance(record, View) and each not in found:
                found[each] = record
                waiting.append(each)
    return list(found.values())

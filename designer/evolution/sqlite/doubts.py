"""Views and triggers that name what is not there.

SQLite keeps them, but RENAME and DROP COLUMN read every view and trigger of the file and stop at the first that they
cannot resolve.
"""

from __future__ import annotations

from collections.abc import Iterator

from designer.dialects.base import Dialect
from designer.evolution.sqlite.words import Words, words_of
from designer.schema import Column, Design, Named, Statement, Table, Trigger, View

_BEFORE_TABLES = frozenset({"from", "join", "into", "update"})
_NO_TABLES = frozenset({"(", "of", "on", "set", "select", "main", "temp"})


class Doubts:
    """What may not be resolved in one design."""

    def __init__(self, design: Design, dialect: Dialect):
        self.design = design
        self.dialect = dialect
        named: list[Named] = [*design.of(Table), *design.of(View)]
        self.known = {each.name.lower() for each in named}
        for statement in design.of(Statement):
            words = words_of(statement.text.text)
            if words[:3] == ("create", "virtual", "table"):
                self.known.add(name_in(words))

    def found(self) -> Iterator[View | Trigger]:
        """Yield the views and triggers that name a table or column which the design does not have."""
        for view in self.design.of(View):
            if not self.resolves(words_of(view.query.text)):
                yield view
        for trigger in self.design.of(Trigger):
            words = words_of(trigger.text.text)
            if not (self.resolves(words) and self.has_columns(trigger, words)):
                yield trigger

    def resolves(self, words: Words) -> bool:
        """Say whether every table that a text reads or writes is known, or named in the text itself."""
        own = {words[at - 1] for at in range(1, len(words)) if words[at : at + 2] == ("as", "(")}
        own |= {words[at + 1] for at in range(len(words) - 1) if words[at] in ("with", "recursive", ",")}
        return all(
            each in self.known or each in own or each.startswith(("sqlite_", "pragma_")) for each in tables_in(words)
        )

    def has_columns(self, trigger: Trigger, words: Words) -> bool:
        """Say whether the columns of the row that a trigger speaks of are there."""
        owner = trigger.parent or ""
        if not isinstance(self.design.get(owner), Table):
            return True
        columns = {column.name.lower() for column in self.design.of(Column, owner)} | {"rowid", "_rowid_", "oid"}
        return all(
            words[at + 2] in columns
            for at in range(len(words) - 2)
            if words[at] in ("new", "old") and words[at + 1] == "." and words[at - 1] != "."
        )


def tables_in(words: Words) -> Iterator[str]:
    """Yield the names that stand where a statement names a table; functions that make tables are left out."""
    for at in range(len(words) - 1):
        if words[at] not in _BEFORE_TABLES or words[at - 1] == "distinct":
            continue
        place = at + 1
        if words[at] == "update" and words[place] == "or":
            place += 2
        if words[place + 1 : place + 2] == (".",):
            place += 2
        following = words[place + 1 : place + 2]
        is_call = following == ("(",) and words[at] in ("from", "join")
        if place < len(words) and words[place] not in _NO_TABLES and not is_call:
            yield words[place]


def name_in(words: Words) -> str:
    """Return the name in CREATE … TABLE words: behind IF NOT EXISTS and a schema, if they are said."""
    at = words.index("table") + 1
    if words[at : at + 3] == ("if", "not", "exists"):
        at += 3
    return words[at + 2] if words[at + 1] == "." else words[at]

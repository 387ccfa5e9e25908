"""How MySQL, MariaDB and SQLite spell types and expressions: compared token by token."""

from __future__ import annotations

import re
from weakref import WeakKeyDictionary

from designer.compare.difference import Verdict
from designer.compare.mysql.programs import event_name, on_even_terms, program_form
from designer.compare.mysql.queries import is_printed, same_words
from designer.compare.mysql.types import type_form
from designer.compare.outputs import output_names
from designer.compare.side import Side
from designer.compare.tokens import Tokens, tokens
from designer.compare.value import Sql
from designer.schema import Id, Table, View

_PARTITION_ENGINE = re.compile(r"(?<=\))\s*engine\s*=\s*\w+|(?<=maxvalue)\s*engine\s*=\s*\w+", re.IGNORECASE)


class GenericLanguage:
    """Compares tokens, since these servers have no grammar that we could ask."""

    def __init__(self, dialect: str):
        self.dialect = dialect
        self.mysql = dialect in ("mysql", "mariadb")
        self._shown: WeakKeyDictionary[Side, Shown] = WeakKeyDictionary()

    def type_form(self, side: Side, text: str, type_ref: Id | None, *, bytewise: bool = False) -> str:
        """Return a type in one spelling. SQLite keeps it as it was written, so there only spaces go."""
        return type_form(text, self.dialect, bytewise=bytewise) if self.mysql else " ".join(text.split())

    def agree(self, left: Sql, right: Sql) -> Verdict:
        """Return EQUAL for the same tokens, SPELLED where only parentheses tell them apart."""
        if left.text == right.text and left.names == right.names:
            return Verdict.EQUAL
        if left.form == right.form == "query" and not self.mysql and left.names != right.names:
            return Verdict.DIFFERENT
        texts = on_even_terms(self._form(left), self._form(right))
        found = self._relate(left, texts[0], texts[1])
        if found is Verdict.EQUAL or not self.mysql or '"' not in texts[0] + texts[1]:
            return found
        return min(found, self._relate(left, texts[0], texts[1], ansi=True))

    def _form(self, sql: Sql) -> str:
        if not self.mysql:
            return sql.text
        return program_form(sql.text, self.dialect) if sql.form == "statement" else _PARTITION_ENGINE.sub("", sql.text)

    def _relate(self, sql: Sql, left: str, right: str, ansi: bool = False) -> Verdict:
        one, two = (tokens(each, self.mysql, sql.form == "clause", ansi) for each in (left, right))
        if _unwrapped(one) == _unwrapped(two):
            return Verdict.EQUAL
        bare = [tuple(each for each in side if each not in ("(", ")", "as", ";")) for side in (one, two)]
        if bare[0] == bare[1]:
            return Verdict.SPELLED
        if sql.form != "query" or not self.mysql or is_printed(left) == is_printed(right):
            return Verdict.DIFFERENT
        written, printed = (one, two) if is_printed(right) else (two, one)
        return Verdict.SPELLED if same_words(written, printed) else Verdict.DIFFERENT

    def signature(self, side: Side, text: str, home: str) -> str:
        """These databases have no overloaded routines."""
        return ""

    def identity(self, side: Side, text: str, home: str) -> tuple[str, ...]:
        """Return the event that a statement creates."""
        name = event_name(text) if self.mysql else ""
        return ("event", tokens(name, True)[-1].lower()) if name else ()

    def outputs(self, side: Side, view: View) -> tuple[str, ...] | None:
        """Return what the columns of a view are called, as they are written."""
        if side not in self._shown:
            self._shown[side] = Shown(side, mysql=self.mysql)
        return self._shown[side].of_view(view)


class Shown:
    """What the tables and views of a side show to those that read them."""

    def __init__(self, side: Side, *, mysql: bool):
        self.side = side
        self.mysql = mysql
        relations: list[Table | View] = [*side.design.of(Table), *side.design.of(View)]
        self._by_path = {tuple(map(str.lower, filter(None, side.path(each)))): each for each in relations}
        self._known: dict[Id, tuple[str, ...] | None] = {}

    def of_view(self, view: View) -> tuple[str, ...] | None:
        """Return the columns of a view; of one that reads itself nothing is known."""
        if view.columns:
            return view.columns
        if view.id not in self._known:
            self._known[view.id] = None
            home = self.side.path(view)[:-1]
            self._known[view.id] = output_names(
                self.side.plain(view.query), lambda path: self.relation(path, home), mysql=self.mysql
            )
        return self._known[view.id]

    def relation(self, path: tuple[str, ...], home: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the columns of a relation that a view in `home` names."""
        low = tuple(map(str.lower, path))
        places = (low, (*map(str.lower, filter(None, home)), *low), low[-1:])
        found = next((self._by_path[each] for each in places if each in self._by_path), None)
        if isinstance(found, View):
            return self.of_view(found)
        return tuple(each.name for each in self.side.columns(found.id)) if found is not None else None


def _unwrapped(found: Tokens) -> Tokens:
    """Return tokens without the parentheses that stand round all of them."""
    while len(found) > 1 and found[0] == "(" and _closing(found) == len(found) - 1:
        found = found[1:-1]
    return found


def _closing(found: Tokens) -> int:
    depth = 0
    for at, sign in enumerate(found):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return at
    return -1

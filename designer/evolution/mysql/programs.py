"""What is kept as text: views, routines, triggers and events. The server follows no rename in them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, NamedTuple

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, Name
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.mysql.base import MyHandler, MyPen, Phase
from designer.schema import Column, Expr, Id, Named, Routine, Statement, Table, Trigger, Use, View
from exporters.ddl.mysql_twins import event_of_either
from exporters.ddl.text import terminated

_SETTINGS = ("sql_mode", "time_zone", "character_set_client", "collation_connection")
_CREATE = re.compile(r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?", re.IGNORECASE)
_EVENT = re.compile(
    r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:DEFINER\s*=\s*\S+\s+)?EVENT\s+(?:IF\s+NOT\s+EXISTS\s+)?"
    r"((?:`(?:[^`]|``)+`|[\w$]+)(?:\s*\.\s*(?:`(?:[^`]|``)+`|[\w$]+))?)",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b(BEFORE|AFTER)\s+(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_STAR = re.compile(r"(?:\bselect|\bdistinct|\ball|[,.])\s*\*", re.IGNORECASE)


class Text(NamedTuple):
    """What a server keeps of a program."""

    name: str
    body: str
    settings: frozenset[tuple[str, str]]
    around: Hashable = None
    """What else makes it another one, though its text is the same: names that it uses, columns behind a star."""

    def is_same(self, other: Text) -> bool:
        """Say whether two are one, settings that one side does not say left aside."""
        known = {key for key, _ in self.settings} & {key for key, _ in other.settings}
        settings = [{item for item in each.settings if item[0] in known} for each in (self, other)]
        return (*self[:2], self.around) == (*other[:2], other.around) and settings[0] == settings[1]


class Programs(MyHandler):
    """Objects that are their text."""

    coming = Phase.ROUTINES

    def text(self, record: Any, side: Side[MyPen]) -> str:
        """Return the statement that makes it."""
        return terminated(side.pen.speech.verbatim(record.text))

    def name(self, record: Any, side: Side[MyPen]) -> str:
        """Return the quoted name with its database."""
        return side.pen.path(record)

    def word(self, record: Any) -> str:
        """Return the word for DROP."""
        return "VIEW"

    def around(self, record: Any, side: Side[MyPen]) -> Hashable:
        """Return what else decides over it: on the old side, that it names something by its old name."""
        return self.is_behind(record.query if isinstance(record, View) else record.text, side)

    def is_behind(self, expr: Expr, side: Side[MyPen]) -> bool:
        """Say whether a text of the old side has a name that is no longer true."""
        return not self.my.is_new(side) and any(use.id in self.my.renamed_ids for use in expr.uses)

    def state(self, record: Any, side: Side[MyPen]) -> Text:
        """Return what the server keeps."""
        settings = frozenset((key, record.extra[key].lower()) for key in _SETTINGS if key in record.extra)
        name = record.name if isinstance(record, Named) else ""
        return Text(name, self.text(record, side).rstrip(";\n\t "), settings, self.around(record, side))

    def rank(self, verb: str, fact: Fact) -> int:
        """Routines before the views that call them, views before triggers."""
        return self.ranked(Phase.PROGRAMS_GO if verb == "drop" else self.coming, fact)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Make it."""
        return [self.step(self.text(fact.record, self.new), "create", new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Drop it."""
        sql = f"DROP {self.word(fact.record)} {self.name(fact.record, self.old)};"
        return [self.step(sql, "drop", old=fact, reason=reason)]

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Put another one in its place: in one statement where there is OR REPLACE."""
        before, after = self.texts(old, new)
        if before.is_same(after):
            return Alteration([])
        if before.name != after.name:
            return None
        reason = "it names what has another name now" if before.body == after.body and before.around else ""
        text = self.text(new.record, self.new)
        if self.replaces:
            return Alteration(
                [
                    self.step(
                        _CREATE.sub("CREATE OR REPLACE ", text, count=1), "replace", old=old, new=new, reason=reason
                    )
                ]
            )
        return Alteration([*self.drop(old, reason), self.step(text, "create", old=old, new=new, reason=reason)])

    def texts(self, old: Fact, new: Fact) -> tuple[Text, Text]:
        """Return the states of two facts."""
        return old.state, new.state

    @property
    def replaces(self) -> bool:
        """Whether there is OR REPLACE."""
        return self.is_maria


class Views(Programs):
    """Views: replaced in place, those that they read first."""

    records = (View,)
    kinds = ("view",)
    coming = Phase.VIEWS
    replaces = True

    def facts(self, record: View, side: Side[MyPen]) -> Iterator[Fact]:
        """A view; what it reads must be there when it is made, and may go and come afterwards."""
        path = side.catalog.schema_of(record)
        read = {each for each in self.read(record) if isinstance(side.design.get(each), View)} - {record.id}
        yield Fact(record.id, "view", side.label(record), self.state(record, side), record, None, frozenset(read),
                   names=frozenset({("relation", path, record.name)}))  # fmt: skip

    def read(self, view: View) -> Iterator[Id]:
        """Yield the tables and views that a view names."""
        yield from view.depends_on
        yield from (use.id for use in view.query.uses)

    def text(self, record: View, side: Side[MyPen]) -> str:
        """Return CREATE VIEW."""
        return side.pen.view_text(record) or ""

    def around(self, record: View, side: Side[MyPen]) -> Hashable:
        """A star stood for the columns that there were; the server wrote them out."""
        if not _STAR.search(record.query.text):
            return self.is_behind(record.query, side)
        shown = self.shown(record, side, 0)
        return self.is_behind(record.query, side) or self.is_shown_behind(record, side, 0), shown

    def is_shown_behind(self, view: View, side: Side[MyPen], depth: int) -> bool:
        """Say whether a star of the old side stands for a column that has another name now."""
        if self.my.is_new(side) or depth == 20:
            return False
        read = [side.design.get(each) for each in set(self.read(view)) - {view.id}]
        columns = (column.id for each in read if isinstance(each, Table) for column in side.design.of(Column, each.id))
        views = (each for each in read if isinstance(each, View))
        return not self.my.renamed_ids.isdisjoint(columns) or any(
            self.is_behind(each.query, side) or self.is_shown_behind(each, side, depth + 1) for each in views
        )

    def shown(self, view: View, side: Side[MyPen], depth: int) -> Hashable:
        """Return the columns of all that a view reads."""
        found: list[Hashable] = []
        for each in sorted(set(self.read(view))):
            record = side.design.get(each)
            if isinstance(record, Table):
                found.append(tuple(column.name for column in side.design.of(Column, each)))
            elif isinstance(record, View) and depth < 20:
                found.append((record.columns, record.query.text, self.shown(record, side, depth + 1)))
        return tuple(found)


class Routines(Programs):
    """Functions, procedures and packages."""

    records = (Routine,)
    kinds = ("routine",)

    def facts(self, record: Routine, side: Side[MyPen]) -> Iterator[Fact]:
        """A routine; it is read when it is called, so it needs nothing."""
        name: Name = (record.routine_kind, side.catalog.schema_of(record), record.name.lower())
        yield Fact(record.id, "routine", side.label(record), self.state(record, side), record, names=frozenset({name}))

    def word(self, record: Routine) -> str:
        """Return FUNCTION, PROCEDURE, PACKAGE or PACKAGE BODY."""
        return record.routine_kind.upper()


class Triggers(Programs):
    """Triggers: dropped before and made behind all else, in their order."""

    records = (Trigger,)
    kinds = ("trigger",)
    coming = Phase.TRIGGERS

    def facts(self, record: Trigger, side: Side[MyPen]) -> Iterator[Fact]:
        """A trigger of a table."""
        if "refused" in record.extra:
            return
        owner = side.design[record.parent or ""]
        name: Name = ("trigger", side.catalog.schema_of(owner), record.name.lower())
        yield Fact(
            record.id,
            "trigger",
            side.label(record),
            self.state(record, side),
            record,
            record.parent,
            names=frozenset({name}),
        )

    def word(self, record: Trigger) -> str:
        """Return TRIGGER."""
        return "TRIGGER"

    def name(self, record: Trigger, side: Side[MyPen]) -> str:
        """Return the name with the database of the table."""
        schema = side.catalog.schema_of(side.design[record.parent or ""])
        own = side.pen.ident(record)
        return f"{side.dialect.quote(schema)}.{own}" if schema else own

    def text(self, record: Trigger, side: Side[MyPen]) -> str:
        """Return the statement; where its table got another name, as the server keeps it: with that in quotes."""
        table = record.parent or ""
        head = self.head(record.text, table)
        if self.my.is_new(side) or head is None or table not in self.my.renamed_ids:
            return super().text(record, side)
        name = side.dialect.always_quote(side.name(table))
        longer = len(name) - (head.end - head.start)
        behind = (
            Use(use.start + longer, use.end + longer, use.id) for use in record.text.uses if use.start >= head.end
        )
        uses = (*(use for use in record.text.uses if use.end <= head.start), *behind)
        whole = record.text.text[: head.start] + name + record.text.text[head.end :]
        return terminated(side.pen.speech.verbatim(Expr(whole, uses)))

    def head(self, expr: Expr, table: Id) -> Use | None:
        """Return where a trigger names its table: in its head, whose names the server changes."""
        return min((use for use in expr.uses if use.id == table), key=lambda use: use.start, default=None)

    def is_behind(self, expr: Expr, side: Side[MyPen], table: Id | None = None) -> bool:
        """Say whether a body has an old name."""
        head = self.head(expr, table or "")
        return super().is_behind(Expr(expr.text, tuple(use for use in expr.uses if use is not head)), side)

    def around(self, record: Trigger, side: Side[MyPen]) -> Hashable:
        """Those of one time and event run in the order in which they were made."""
        return self.is_behind(record.text, side, record.parent), self.my.is_new(side) and self.is_behind_others(record)

    def is_behind_others(self, trigger: Trigger) -> bool:
        """Say whether one that runs before this one is made anew, so that this one must be as well."""
        before = _same_time(self.old, trigger)
        after = _same_time(self.new, trigger)
        at = [each.id for each in after].index(trigger.id)
        if [each.id for each in before[: at + 1]] != [each.id for each in after[: at + 1]]:
            return at > 0 or trigger.id in {each.id for each in before}
        return any(
            Triggers.plain_text(self, one, self.old) != Triggers.plain_text(self, two, self.new)
            for one, two in zip(before[:at], after[:at], strict=True)
        )

    def plain_text(self, trigger: Trigger, side: Side[MyPen]) -> Hashable:
        """Return what decides by itself whether a trigger is made anew."""
        return self.text(trigger, side), self.is_behind(trigger.text, side, trigger.parent)

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """It is dropped and made again."""
        before, after = self.texts(old, new)
        return Alteration([]) if before.is_same(after) else None


class Events(Programs):
    """Events, which are kept as statements."""

    records = (Statement,)
    kinds = ("event",)
    coming = Phase.TRIGGERS

    def facts(self, record: Statement, side: Side[MyPen]) -> Iterator[Fact]:
        """An event, by the name in its statement."""
        if not is_event(record):
            return
        name: Name = ("event", side.dialect.unquote(self.name(record, side)).lower())
        yield Fact(record.id, "event", side.label(record), self.state(record, side), record, names=frozenset({name}))

    def state(self, record: Any, side: Side[MyPen]) -> Text:
        """Its name is in the text."""
        return super().state(record, side)._replace(name=self.name(record, side))

    def name(self, record: Statement, side: Side[MyPen]) -> str:
        """Return the name as it is written."""
        found = _EVENT.match(side.pen.speech.verbatim(record.text))
        return found[1] if found else ""

    def word(self, record: Statement) -> str:
        """Return EVENT."""
        return "EVENT"


def is_event(statement: Statement) -> bool:
    """Say whether a statement makes an event."""
    return statement.phase != "never" and event_of_either(statement.text.text, statement.dialect)


def _same_time(side: Side[MyPen], trigger: Trigger) -> list[Trigger]:
    """Return the triggers of the table that run at the time of one, in their order."""
    owner = side.design.get(trigger.parent or "")
    others = side.catalog.parts(owner).triggers if owner is not None else []
    return [each for each in others if _time(each) == _time(trigger)]


def _time(trigger: Trigger) -> tuple[str, ...]:
    found = _TIME.search(trigger.text.text)
    return tuple(each.lower() for each in found.groups()) if found else ()

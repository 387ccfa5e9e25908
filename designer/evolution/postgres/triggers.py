"""Triggers of tables and views."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact
from designer.evolution.mover import Alteration
from designer.evolution.postgres.base import spelled
from designer.evolution.postgres.objects import ObjectHandler, PgSide, is_left_out
from designer.evolution.postgres.trees import read, strings
from designer.schema import Expr, Trigger

_CREATE = re.compile(r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?", re.IGNORECASE)
_STATES = {"": "ENABLE", "disabled": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}
_REPLACES = 14
"""The first version with CREATE OR REPLACE TRIGGER."""


class TriggerHandler(ObjectHandler):
    """Triggers. One that checks a constraint cannot be replaced in place."""

    records = (Trigger,)
    kinds = ("trigger",)

    def facts(self, record: Trigger, side: PgSide) -> Iterator[Fact]:
        """A trigger with its state."""
        if is_left_out(record):
            return
        state = (spelled(_plain(record.text)), _state(record))
        names = {("trigger", record.parent or "", record.name)}
        needs = self.home(record, side) | self.runs(record, side) | {use.id for use in record.text.uses}
        needs |= self.needed(record.text, side) - set(side.pen.finder.called(record.text.text))
        yield self.fact(
            record, "trigger", state, side, needs=needs - {record.parent or ""}, names=names, parent=record.parent
        )

    def runs(self, record: Trigger, side: PgSide) -> frozenset[str]:
        """Return the function that a trigger runs, and those that its condition calls."""
        _, node = read(self.text(record.text, side).rstrip().rstrip(";"))
        look = self.lookup(side)
        found = set(look.called(node.get("whenClause", {}), look.homes(record)))
        if node:
            found |= {each.id for each in look.routine(strings(node["funcname"]), look.homes(record))}
        return frozenset(found)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE TRIGGER, and its state where it is another than that of new ones."""
        record = cast(Trigger, fact.record)
        sql = self.new.pen.whole(self.new.pen.speech.verbatim(record.text))
        steps = [self.step(sql, "create", new=fact, reason=reason)]
        if _state(record):
            steps.append(self.step(self.switched(record), "replace", new=fact, fields=("enabled",)))
        return steps

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP TRIGGER."""
        pen, record = self.old.pen, cast(Trigger, fact.record)
        return self.dropped(f"DROP TRIGGER {pen.ident(record)} ON {pen.path_of(record.parent)};", fact, reason)

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Replace what a trigger does, and switch it on or off."""
        record = cast(Trigger, new.record)
        is_same = old.state[0] == new.state[0]
        steps: list[Step] = []
        if not is_same:
            text = self.new.pen.whole(self.new.pen.speech.verbatim(record.text))
            if any(_is_constraint(each.record) for each in (old, new)) or self.new.pen.is_before(_REPLACES):
                return None
            sql = f"CREATE OR REPLACE {_CREATE.sub('', text, count=1)}"
            steps.append(self.changed(sql, old, new, "text"))
        if _state(record) or is_same:
            steps.append(self.changed(self.switched(record), old, new, "enabled"))
        return Alteration(steps)

    def switched(self, record: Trigger) -> str:
        """Return the statement that says when a trigger fires."""
        pen = self.new.pen
        return f"ALTER TABLE {pen.path_of(record.parent)} {_STATES[_state(record)]} TRIGGER {pen.ident(record)};"


def _state(record: Trigger) -> str:
    return record.enabled if record.enabled in _STATES else ""


def _plain(text: Expr) -> Expr:
    """Return a statement without OR REPLACE, which says nothing about what it makes."""
    found = _CREATE.match(text.text)
    if not found or found.end() == len("CREATE "):
        return text
    by = found.end() - len("CREATE ")
    return Expr(
        f"CREATE {text.text[found.end() :]}",
        tuple(type(use)(use.start - by, use.end - by, use.id) for use in text.uses),
    )


def _is_constraint(record: object) -> bool:
    return isinstance(record, Trigger) and bool(read(record.text.text.rstrip().rstrip(";"))[1].get("isconstraint"))

"""Functions, procedures and aggregates: replaced where the server takes it, else dropped and made again."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId
from designer.evolution.mover import Alteration
from designer.evolution.postgres.kept import attached
from designer.evolution.postgres.objects import ObjectHandler, PgSide, is_left_out
from designer.evolution.postgres.trees import Node, read, strings, type_words
from designer.schema import CompositeType, DomainType, EnumType, Expr, Named, Routine, Use
from exporters.ddl.needs import head_of

_CREATE = re.compile(r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?", re.IGNORECASE)
_OF_SERVER = frozenset({"plpgsql_call_handler", "plpgsql_validator", "plpgsql_inline_handler"})
"""Functions that old dumps make and that belong to the extension of PL/pgSQL."""
_INPUTS = ("FUNC_PARAM_IN", "FUNC_PARAM_INOUT", "FUNC_PARAM_VARIADIC", "FUNC_PARAM_DEFAULT")
_OUTPUTS = ("FUNC_PARAM_OUT", "FUNC_PARAM_INOUT", "FUNC_PARAM_TABLE")
_RESULT = ("stype", "stype1", "finalfunc", "mstype", "mfinalfunc", "hypothetical")
"""What of an aggregate says what it returns, or of which kind it is."""
_TYPES = (EnumType, DomainType, CompositeType)


class RoutineHandler(ObjectHandler):
    """Routines, each told from others of its name by the types of its arguments."""

    records = (Routine,)
    kinds = ("function", "procedure", "aggregate")

    def facts(self, record: Routine, side: PgSide) -> Iterator[Fact]:
        """A routine with the statements that alter it. A quoted body is as the server has it: renames pass it by."""
        if is_left_out(record) or record.name in _OF_SERVER:
            return
        alters = attached(self, side).get(record.id, ())
        state = (record.routine_kind, self.state(record, side), *(self.text(each.text, side) for each in alters))
        kind = record.routine_kind or "function"
        yield self.fact(
            record, kind, state, side, needs=self.needs(record, side), wants=self.wants(record, side),
            names={("routine", *self.space_of(record, side), signature(record, self, side))}, extra=alters,
            label=f"{side.label(record)}{signature(record, self, side)}",
        )  # fmt: skip

    def state(self, record: Routine, side: PgSide) -> Hashable:
        """Return the text with ids in its head, and in its body the names that the server's text has."""
        head = len(head_of(record))
        uses = [use for use in record.text.uses if use.start < head]
        body = Expr(
            record.text.text[head:],
            tuple(Use(use.start - head, use.end - head, use.id) for use in record.text.uses if use.start >= head),
        )
        pieces: list[str] = []
        at = _created(record.text.text)
        for use in sorted(uses, key=lambda use: use.start):
            pieces += (record.text.text[at : use.start], use.id)
            at = use.end
        return (*pieces, record.text.text[at:head], self.text(body, side, self.written(side)).rstrip().rstrip(";"))

    def needs(self, record: Routine, side: PgSide) -> set[FactId]:
        """Return what must be there: schemas, the types of arguments and result, and what a parsed body names."""
        head, look, homes = head_of(record), self.lookup(side), self.lookup(side).homes(record)
        later = side.pen.finder.shells.get(record.id, set())
        found = set(self.home(record, side)) | set(side.pen.finder.of_routine(record))
        node = tree(record, self, side)
        found |= {each for each in look.named_types(node, homes) if each not in later}
        found |= set(look.called(node, homes))
        if len(head) == len(record.text.text) and record.routine_kind != "aggregate":
            found |= set(side.pen.finder.in_expr(record.text)) | set(look.columns_in(node, homes))
        return found - later

    def wants(self, record: Routine, side: PgSide) -> set[FactId]:
        """Return what a quoted body names: it is looked for when the routine runs."""
        return set(side.pen.finder.in_body(record))

    def space_of(self, record: Routine, side: PgSide) -> tuple[str, str]:
        """Return the schema and name of a routine."""
        return (side.catalog.schema_of(record) or "public", record.name)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE FUNCTION, and what alters it."""
        record = cast(Routine, fact.record)
        sql = self.new.pen.whole(self.new.pen.speech.verbatim(record.text))
        return [self.step(sql, "create", new=fact, reason=reason), *self.altered(fact)]

    def altered(self, fact: Fact) -> Iterator[Step]:
        """Yield what is said about a routine by statements of their own."""
        for each in fact.extra:
            yield self.step(self.new.pen.whole(self.new.pen.speech.verbatim(each.text)), "replace", new=fact)

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP FUNCTION; those that a base type is made of go with it."""
        record = cast(Routine, fact.record)
        if not self.mover.decided.leaving.isdisjoint(self.old.pen.finder.shells.get(record.id, ())):
            return []
        word = record.routine_kind.upper()
        if word == "AGGREGATE" and _is_ordered(tree(record, self, self.old)):
            word = "ROUTINE"
        return self.dropped(
            f"DROP {word} {self.old.pen.path(record)}{signature(record, self, self.old)};", fact, reason
        )

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """CREATE OR REPLACE, where the server takes it."""
        before, after = cast(Routine, old.record), cast(Routine, new.record)
        one, two = tree(before, self, self.old), tree(after, self, self.new)
        if signature(before, self, self.old) != signature(after, self, self.new) or not _is_replaceable(one, two):
            return None
        text = self.new.pen.whole(self.new.pen.speech.verbatim(after.text))
        sql = f"CREATE OR REPLACE {text[_created(text) :]}"
        return Alteration([self.changed(sql, old, new, "text"), *self.altered(new)])


def tree(record: Routine, handler: ObjectHandler, side: PgSide) -> Node:
    """Return the tree of a routine's statement, with the names that its side has now."""
    return read(handler.text(record.text, side).rstrip().rstrip(";"))[1]


def signature(record: Routine, handler: ObjectHandler, side: PgSide) -> str:
    """Return the types of what goes into a routine: `(integer, app.mood)`; `(*)` for an aggregate of anything."""
    homes = handler.lookup(side).homes(record)
    given = [
        _type_words(each["argType"], handler, side, homes)
        for each in _parameters(tree(record, handler, side))
        if each.get("mode") in _INPUTS
    ]
    return f"({', '.join(given) or ('*' if record.routine_kind == 'aggregate' else '')})"


def _type_words(node: Node, handler: ObjectHandler, side: PgSide, homes: Sequence[str]) -> str:
    """Return a type with the schema that it is in, so that it is found under any search path."""
    if node.get("pct_type"):
        return f"{type_words(node)}%TYPE"
    found = handler.lookup(side).type(strings(node["names"]), homes)
    if not isinstance(found, Named):
        return type_words(node)
    path = side.pen.type_path(found) if isinstance(found, _TYPES) else side.pen.path(found)
    return path + "[]" * len(node.get("arrayBounds", ()))


def _created(text: str) -> int:
    """Return where the words behind CREATE OR REPLACE begin."""
    found = _CREATE.match(text)
    return found.end() if found else 0


def _parameters(node: Node) -> list[Node]:
    given = node.get("parameters") or (node.get("args") or [{}])[0].get("List", {}).get("items", ())
    found = [each["FunctionParameter"] for each in given if "FunctionParameter" in each]
    if not found and node.get("oldstyle"):
        base = {each["DefElem"]["defname"]: each["DefElem"].get("arg", {}) for each in node["definition"]}.get(
            "basetype", {}
        )
        kind = base.get("TypeName", {})
        if kind and kind["names"][-1]["String"]["sval"].lower() not in ("any", ""):
            return [{"argType": kind, "mode": "FUNC_PARAM_IN"}]
    return found


def _is_ordered(node: Node) -> bool:
    """Say whether an aggregate has arguments behind ORDER BY."""
    args = node.get("args") or []
    return len(args) > 1 and args[1].get("Integer", {}).get("ival", 0) >= 0


def _is_replaceable(old: Node, new: Node) -> bool:
    """Say whether CREATE OR REPLACE takes one routine for the other: nothing that callers see may go."""
    if not old or not new or old.get("is_procedure") != new.get("is_procedure"):
        return False
    if "definition" in old or "definition" in new:
        return _is_same_kind(old, new)
    if _shape(old.get("returnType")) != _shape(new.get("returnType")):
        return False
    one, two = _parameters(old), _parameters(new)
    gives = [
        [(each.get("name"), each["mode"], _shape(each["argType"])) for each in side if each["mode"] in _OUTPUTS]
        for side in (one, two)
    ]
    if gives[0] != gives[1]:
        return False
    takes = [[each for each in side if each["mode"] in _INPUTS] for side in (one, two)]
    return all(
        before.get("name") in (None, after.get("name"))
        and ("defexpr" not in before or "defexpr" in after)
        and (before["mode"] == "FUNC_PARAM_VARIADIC") == (after["mode"] == "FUNC_PARAM_VARIADIC")
        for before, after in zip(*takes, strict=False)
    ) and len(takes[0]) == len(takes[1])


def _is_same_kind(old: Node, new: Node) -> bool:
    """Say whether two aggregates return the same, as far as their texts tell."""
    said = [
        {each["DefElem"]["defname"]: _shape(each["DefElem"].get("arg")) for each in side.get("definition", ())}
        for side in (old, new)
    ]
    names = [[each.get("name") for each in _parameters(side)] for side in (old, new)]
    return all(said[0].get(word) == said[1].get(word) for word in _RESULT) and names[0] == names[1]


def _shape(node: Any) -> Hashable:
    """Return a tree without places, to be compared."""
    if isinstance(node, dict):
        return tuple(
            (key, _shape(inner)) for key, inner in sorted(node.items()) if key not in ("location", "typemod", "typmods")
        )
    return tuple(map(_shape, node)) if isinstance(node, list) else node

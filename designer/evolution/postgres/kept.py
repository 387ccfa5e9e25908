"""Statements that are kept verbatim because no record models them: made again, taken back, or told of."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from designer.compare.difference import Verdict
from designer.compare.postgres.agree import agree
from designer.compare.postgres.parse import UNFORESEEN, Unreadable, statement
from designer.compare.things import is_action, is_ownership
from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId
from designer.evolution.mover import Alteration, usual_rank
from designer.evolution.postgres.base import spelled
from designer.evolution.postgres.kept_kinds import kept_as, role_words
from designer.evolution.postgres.kept_where import Kept, Where
from designer.evolution.postgres.objects import ObjectHandler, PgSide, is_left_out
from designer.evolution.postgres.swaps import TypeStatementHandler
from designer.evolution.postgres.trees import Node, alike, defined, dotted, literal, quote, read, strings, value
from designer.schema import Id, Statement


@dataclass(frozen=True, eq=False)
class Spelling:
    """A statement that is equal to any other spelling of itself."""

    words: Hashable
    text: str

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spelling):
            return NotImplemented
        same = self.text == other.text or (bool(self.words) and self.words == other.words)
        return same or _says(self.text, other.text)

    def __hash__(self) -> int:
        return 0


def _says(one: str, two: str) -> bool:
    """Say whether two statements have one tree, or trees that differ in the schemas that names are written with."""
    try:
        if agree(statement(one), statement(two), loose=False) is Verdict.EQUAL:
            return True
    except (Unreadable, *UNFORESEEN):
        pass
    return read(one)[0] == read(two)[0] != "" and alike(read(one)[1], read(two)[1])


ELSEWHERE = frozenset({
    "GrantStmt", "AlterDefaultPrivilegesStmt", "AlterPublicationStmt", "AlterTSConfigurationStmt",
})  # fmt: skip
"""Kinds of statements that are taken apart by handlers of their own."""
_ATTACHED = {
    "AlterFunctionStmt": ("routine", "func"), "AlterEventTrigStmt": ("event trigger", "trigname"),
    "AlterTSDictionaryStmt": ("text search dictionary", "dictname"), "AlterOperatorStmt": ("operator", "opername"),
    "AlterStatsStmt": ("statistics", "defnames"), "AlterForeignServerStmt": ("server", "servername"),
    "AlterFdwStmt": ("foreign data wrapper", "fdwname"), "AlterSubscriptionStmt": ("subscription", "subname"),
    "AlterTypeStmt": ("type", "typeName"),
}  # fmt: skip
"""Statements that alter what another one makes -> its kind, and where its name stands."""
_OPTIONS = {
    "foreign data wrapper": "ALTER FOREIGN DATA WRAPPER {}", "server": "ALTER SERVER {}",
}  # fmt: skip
_CREATE_RULE = re.compile(r"\s*CREATE\s+(?:OR\s+REPLACE\s+)?RULE\b", re.IGNORECASE)


@dataclass(slots=True)
class Keepsakes:
    """The statements of one side: what each makes, and which of them alter what."""

    made: dict[Id, Kept] = field(default_factory=dict)
    attached: dict[Id, list[Statement]] = field(default_factory=dict)
    names: dict[tuple[str, str], FactId] = field(default_factory=dict)


def keepsakes(handler: ObjectHandler, side: PgSide) -> Keepsakes:
    """Return what the statements of a side are, read once."""
    found: Keepsakes | None = side.pen.__dict__.get("keepsakes")
    if found is None:
        found = side.pen.__dict__["keepsakes"] = Keepsakes()
        later: list[tuple[Statement, str, Node]] = []
        for each in side.catalog.statements:
            text = handler.statement_text(each, side)
            kind, node = read(text)
            if kind in ELSEWHERE or is_passed_over(each):
                continue
            if kind in _ATTACHED:
                later.append((each, kind, node))
                continue
            where = Where(each, text, handler.lookup(side), handler.lookup(side).homes(each), found.names)
            kept = kept_as(kind, node, where) or Kept("statement", ("SAID", spelled(handler.said(each, side))))
            found.made[each.id] = kept
            if kept.name:
                found.names[kept.kind, kept.name[-1]] = each.id
        for each, kind, node in later:
            _attach(handler, side, each, kind, node, found)
    return found


def attached(handler: ObjectHandler, side: PgSide) -> dict[Id, list[Statement]]:
    """Return the statements that alter a routine, or what another statement makes, by the record of that."""
    return keepsakes(handler, side).attached


def _attach(handler: ObjectHandler, side: PgSide, record: Statement, kind: str, node: Node, into: Keepsakes) -> None:
    word, name = _ATTACHED[kind]
    target: Id | None = None
    if word == "routine":
        found = handler.lookup(side).overload(node[name], handler.lookup(side).homes(record))
        target = found.id if found is not None else None
    else:
        written = node[name]
        if isinstance(written, dict):
            written = written.get("objname", [])
        path = strings(written) if isinstance(written, list) else (written,)
        target = into.names.get((word, path[-1])) if path else None
    if target is not None:
        into.attached.setdefault(target, []).append(record)
    else:
        into.made[record.id] = Kept("statement", ("SAID", spelled(handler.said(record, side))))


def is_passed_over(record: Statement) -> bool:
    """Say whether a statement is no part of a migration: for another database, about owners, or refused."""
    return (
        is_left_out(record) or record.dialect not in ("", "postgresql") or is_ownership(record)
        or (record.phase == "never" and "only_where" not in record.extra)
    )  # fmt: skip


def keepsake_id(handler: ObjectHandler, record: Statement, side: PgSide) -> FactId:
    """Return the id of the fact of a statement: that which the old side has for the same thing, however aligned."""
    kept = keepsakes(handler, side).made[record.id]
    known: dict[tuple[object, ...], FactId] = handler.postgres.__dict__.setdefault("kept_before", {})
    if side is handler.mover.old:
        return known.setdefault(kept.key, record.id)
    return known.get(kept.key, record.id)


class StatementHandler(TypeStatementHandler):
    """Verbatim statements. What cannot be taken back is said in a remark."""

    records = (Statement,)
    kinds = (
        "type", "shell type", "collation", "text search configuration", "text search dictionary", "text search parser",
        "text search template", "operator", "cast", "transform", "operator class", "operator family",
        "operator family members", "conversion", "statistics", "rule", "event trigger", "foreign data wrapper",
        "server", "user mapping", "language", "access method", "tablespace", "subscription", "table from a query",
        "role", "membership", "kept comment", "security label", "setting", "statement", "action",
    )  # fmt: skip

    def facts(self, record: Statement, side: PgSide) -> Iterator[Fact]:
        """What a statement makes, with the statements that alter it."""
        kept = keepsakes(self, side).made.get(record.id)
        if kept is None:
            return
        does = is_action(record) and kept.kind in ("statement",)
        kind = "action" if does else "kept comment" if kept.kind == "comment" else kept.kind
        alters = attached(self, side).get(record.id, ())
        needs = kept.needs | self.home(record, side) | {use.id for use in record.text.uses}
        names = {("kept", *map(str, kept.key))} if kept.name else ()
        said = self.said(record, side)
        main = kept.state if kept.state is not None else Spelling(spelled(said), self.statement_text(record, side))
        state = (main, *(Spelling("", self.statement_text(each, side)) for each in alters))
        yield self.fact(
            record, kind, state, side,
            needs=needs - {kept.parent}, parent=kept.parent, names=names, own=keepsake_id(self, record, side),
            extra=(kept, alters), label=self.called(record, kept, side),
        )  # fmt: skip

    def called(self, record: Statement, kept: Kept, side: PgSide) -> str:
        """Return what people call a thing."""
        return ".".join(kept.name) if kept.name else side.label(record)

    def rank(self, verb: str, fact: Fact) -> int:
        """Event triggers see nothing of what happens; settings and comments come when all is there."""
        if fact.kind == "event trigger":
            return 0 if verb == "drop" else 95
        if fact.kind in ("setting", "kept comment", "security label", "membership", "statement"):
            return 8 if verb == "drop" else 85
        if fact.kind == "role":
            return 0
        early = fact.kind in (
            "collation",
            "operator",
            "type",
            "server",
            "foreign data wrapper",
            "language",
            "access method",
        )
        if early:
            return 88 if verb == "drop" else 22
        return usual_rank(verb, fact)

    def separable(self, fact: Fact) -> bool:
        """A rule may name tables that need its own one."""
        return fact.kind == "rule"

    # Making

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """The statement itself, and those that alter what it makes."""
        record = cast(Statement, fact.record)
        if fact.kind == "action":
            words = " ".join(record.text.text.split())
            self.remark(f"a statement that only does something is not run: {words[:120]}", fact, "action")
            return []
        steps = [self.written_out(record, fact, "create" if fact.kind != "setting" else "settings", reason)]
        steps += [self.written_out(each, fact, "replace", "") for each in fact.extra[1]]
        return steps

    def written_out(self, record: Statement, fact: Fact, operation: str, reason: str) -> Step:
        """Return a statement as a step, guarded as the export does: by roles, by tables that are not in the design."""
        sql = "\n".join(self.new.pen.statement(record))
        apart = fact.kind in ("tablespace", "subscription")
        return self.step(sql, operation, new=fact, reason=reason, in_transaction=not apart)

    # Taking back

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """What takes a statement back; a remark where nothing does."""
        record, (kept, _) = cast(Statement, fact.record), fact.extra
        if fact.kind == "action" or (fact.kind == "shell type" and self.is_filled(kept)):
            return []
        if fact.kind == "role":
            self.remark(f"the role {fact.label} stays: other databases of the server may use it", fact, "role")
            return []
        if not kept.undo:
            words = " ".join(record.text.text.split())
            self.remark(f"this cannot be taken back, see to it by hand: {words[:200]}", fact, "no-undo")
            return []
        return [self.step(self.guarded(each, record), "drop", old=fact, reason=reason) for each in kept.undo]

    def is_filled(self, kept: Kept) -> bool:
        """Say whether a shell is filled by the type of its name, and goes with that."""
        return ("type", kept.name[-1]) in keepsakes(self, self.old).names

    def guarded(self, sql: str, record: Statement) -> str:
        """Return a statement that runs only where the one that it takes back has run."""
        pen = self.old.pen
        table, roles = record.extra.get("only_where", ""), pen.lacking_roles(record)
        return pen.only_where(table, sql) if table else pen.where_roles(roles, sql) if roles else sql

    # Altering

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Say the new statement where it takes the place of the old one, set options, or swap a type."""
        if new.kind == "action":
            return Alteration([])
        record = cast(Statement, new.record)
        if new.kind == "role":
            self.remark(
                f"the role {new.label} is another one: roles belong to the server and are left as they are", new, "role"
            )
            return Alteration([])
        if new.extra[0].settles:
            return Alteration([self.changed(self.written_out(record, new, "", "").sql, old, new, "text")])
        if old.state[0] == new.state[0]:
            return self.reset(old, new)
        if new.kind == "rule":
            text = self.new.pen.whole(self.new.pen.speech.verbatim(record.text))
            sql = _CREATE_RULE.sub("CREATE OR REPLACE RULE", text, count=1)
            return Alteration([self.changed(sql, old, new, "text")])
        if new.kind in (*_OPTIONS, "user mapping") and not old.extra[1] and not new.extra[1]:
            return self.with_options(old, new)
        if new.kind == "type" and self.is_used(old.id):
            return self.swapped(old, new)
        return None

    def reset(self, old: Fact, new: Fact) -> Alteration | None:
        """Alter what a statement made, where only the statements that alter it differ."""
        steps: list[Step] = []
        head = _RESETS.get(new.kind)
        if old.extra[1] and head is None:
            return None
        if head is not None and old.extra[1]:
            steps.append(self.changed(head.format(dotted(new.extra[0].name)), old, new))
        steps += [replace(self.written_out(each, new, "replace", ""), old=old.record) for each in new.extra[1]]
        return Alteration(steps)

    def with_options(self, old: Fact, new: Fact) -> Alteration | None:
        """ALTER SERVER … OPTIONS, where nothing else differs."""
        before, after = (self.tree(each, side) for each, side in ((old, self.old), (new, self.new)))
        if _rest(before) != _rest(after):
            return None
        one, two = ({name: value(each) for name, each in defined(side).items()} for side in (before, after))
        clauses = [f"DROP {quote(name)}" for name in one if name not in two]
        clauses += [
            f"{'SET' if name in one else 'ADD'} {quote(name)} {literal(text)}"
            for name, text in two.items() if one.get(name) != text
        ]  # fmt: skip
        if new.kind == "user mapping":
            head = f"ALTER USER MAPPING FOR {role_words(after['user'])} SERVER {quote(after['servername'])}"
        else:
            head = _OPTIONS[new.kind].format(quote(new.extra[0].name[-1]))
        sql = self.guarded(f"{head} OPTIONS ({', '.join(clauses)});", cast(Statement, new.record))
        return Alteration([self.changed(sql, old, new, "text")])

    def tree(self, fact: Fact, side: PgSide) -> Node:
        """Return the tree of a statement."""
        return read(self.statement_text(cast(Statement, fact.record), side))[1]


_RESETS = {
    "event trigger": "ALTER EVENT TRIGGER {} ENABLE;",
    "statistics": "ALTER STATISTICS {} SET STATISTICS -1;",
}
"""What brings back the state that holds without a word, by kind."""


def _rest(node: Node) -> str:
    return re.sub(r"'location': \d+", "", str({key: inner for key, inner in node.items() if key != "options"}))

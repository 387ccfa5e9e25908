"""Privileges: one fact for what one role may do with one object or column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact
from designer.evolution.mover import Alteration
from designer.evolution.postgres.kept import is_passed_over
from designer.evolution.postgres.objects import ObjectHandler, PgSide
from designer.evolution.postgres.privileges import Held, Privileges, Subject
from designer.evolution.postgres.routines import signature
from designer.evolution.postgres.trees import quote, read
from designer.schema import CompositeType, DomainType, EnumType, Named, Routine, Schema, Statement

_MAINTAINED = 17
"""The first version with the privilege MAINTAIN."""
May = frozenset[tuple[str, bool]]
"""Privileges, each with whether it may be passed on."""


class GrantHandler(ObjectHandler):
    """Grants. They fall with their object, and come back with it."""

    records = (Statement,)
    kinds = ("grant",)

    def facts(self, record: Statement, side: PgSide) -> Iterator[Fact]:
        """Yield what was said last by a statement. What holds for everybody from the start is no fact."""
        for held in self.net(side).get(record.id, ()):
            given = held.subject.given(held.role)
            state: May = frozenset(held.may.items())
            if state != frozenset((each, False) for each in given):
                yield self.held(held, state, side)

    def net(self, side: PgSide) -> dict[str, list[Held]]:
        """Return what the grants of a side amount to, by the statement that said so last."""
        found: dict[str, list[Held]] | None = side.pen.__dict__.get("grants")
        if found is None:
            net = Privileges(self.lookup(side), not side.pen.is_before(_MAINTAINED))
            for each in side.catalog.statements:
                kind, node = read(self.statement_text(each, side))
                if kind == "GrantStmt" and not is_passed_over(each):
                    net.take(each, node)
            found = side.pen.__dict__["grants"] = {}
            for held in net.held.values():
                found.setdefault(held.record.id, []).append(held)
        return found

    def held(self, held: Held, state: May, side: PgSide) -> Fact:
        """Return what a role may do as a fact."""
        subject = held.subject
        place = subject.column or f"{subject.object or subject.path}.{subject.column_name}"
        parent = subject.column or subject.object
        label = f"of {held.role} on {self.target(subject, side)}"
        return self.fact(
            held.record, "grant", state, side, parent=parent, own=f"grant:{place}:{held.role}", extra=held, label=label,
            needs={subject.object} if subject.object and subject.object != parent else (),
        )  # fmt: skip

    def rank(self, verb: str, fact: Fact) -> int:
        """Grants are given when all is there."""
        return 6 if verb == "drop" else 82

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """GRANT, and REVOKE what a new object gives to everybody."""
        given = frozenset((each, False) for each in fact.extra.subject.given(fact.extra.role))
        return [
            self.step(sql, operation, new=fact, reason=reason) for sql, operation in self.between(given, fact, self.new)
        ]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Take back what was given, give back what was taken."""
        given = frozenset((each, False) for each in fact.extra.subject.given(fact.extra.role))
        held = cast(Held, fact.extra)
        statements = self.changes(cast(May, fact.state), given, held, self.old)
        return [self.step(sql, operation, old=fact, reason=reason) for sql, operation in statements]

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Give what is new, take what is no more."""
        statements = self.between(cast(May, old.state), new, self.new)
        return Alteration([self.changed(sql, old, new, "text", operation=operation) for sql, operation in statements])

    def between(self, before: May, fact: Fact, side: PgSide) -> Iterator[tuple[str, str]]:
        """Yield the statements from what a role might do to what it may."""
        return self.changes(before, cast(May, fact.state), cast(Held, fact.extra), side)

    def changes(self, before: May, after: May, held: Held, side: PgSide) -> Iterator[tuple[str, str]]:
        """Yield (statement, operation) from one set of privileges to another."""
        one, two = dict(before), dict(after)
        on = f"ON {self.target(held.subject, side)}"
        gone = [each for each in one if each not in two]
        less = [each for each in two if one.get(each) and not two[each]]
        if gone:
            yield (
                self.guarded(f"REVOKE {self.words(gone, held.subject, side)} {on} FROM {held.role};", held, side),
                "drop",
            )
        if less:
            words = self.words(less, held.subject, side)
            yield self.guarded(f"REVOKE GRANT OPTION FOR {words} {on} FROM {held.role};", held, side), "drop"
        for option in (False, True):
            more = [each for each in two if two[each] == option and (each not in one or (option and not one[each]))]
            if more:
                tail = " WITH GRANT OPTION" if option else ""
                words = self.words(more, held.subject, side)
                yield self.guarded(f"GRANT {words} {on} TO {held.role}{tail};", held, side), "create"

    def guarded(self, sql: str, held: Held, side: PgSide) -> str:
        """Return a statement that runs only where its role exists, and the table that is not in the design."""
        table = held.record.extra.get("only_where", "")
        lacking = side.pen.lacking([held.role])
        if table:
            return side.pen.only_where(table, sql)
        return side.pen.where_roles(lacking, sql) if lacking else sql

    def words(self, privileges: Iterable[str], subject: Subject, side: PgSide) -> str:
        """Return privileges in their usual order, ALL where there are no others."""
        known = Privileges(self.lookup(side), not side.pen.is_before(_MAINTAINED)).all_of(subject.kind)
        chosen = sorted(privileges, key=lambda each: known.index(each) if each in known else len(known))
        name = self.column(subject, side)
        if name:
            return ", ".join(f"{each} ({name})" for each in chosen)
        return "ALL" if chosen == known and len(known) > 1 else ", ".join(chosen)

    def column(self, subject: Subject, side: PgSide) -> str:
        """Return the column that privileges are on, quoted; empty for those on the whole."""
        return (
            side.pen.column(subject.column)
            if subject.column
            else quote(subject.column_name)
            if subject.column_name
            else ""
        )

    def target(self, subject: Subject, side: PgSide) -> str:
        """Return what privileges are on, as SQL says it."""
        record = side.design.get(subject.object) if subject.object else None
        if isinstance(record, Routine):
            word = "PROCEDURE" if record.routine_kind == "procedure" else "FUNCTION"
            return f"{word} {side.pen.path(record)}{signature(record, self, side).replace('(*)', '()')}"
        if isinstance(record, Schema):
            return f"SCHEMA {side.pen.ident(record)}"
        if isinstance(record, (EnumType, CompositeType, DomainType)):
            return f"TYPE {side.pen.type_path(record)}"
        return f"{subject.kind} {side.pen.path(record) if isinstance(record, Named) else subject.path}"

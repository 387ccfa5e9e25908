"""Row security policies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact
from designer.evolution.mover import Alteration
from designer.evolution.postgres.base import spelled
from designer.evolution.postgres.objects import ObjectHandler, PgSide, is_left_out, without_comment
from designer.schema import Policy, Table
from exporters.ddl.text import enclosed


class PolicyHandler(ObjectHandler):
    """Policies; what they are for cannot be altered, whom they bind and what they let through can."""

    records = (Policy,)
    kinds = ("policy",)

    def facts(self, record: Policy, side: PgSide) -> Iterator[Fact]:
        """A policy of a table."""
        if is_left_out(record):
            return
        command = record.command.lower().replace("all", "")
        roles = frozenset(side.dialect.unquote(each) for each in record.roles) - {"public"}
        state = (record.restrictive, command, roles, spelled(record.using), spelled(record.with_check))
        needs = self.home(record, side) | self.needed(record.using, side) | self.needed(record.with_check, side)
        names = {("policy", record.parent or "", record.name)}
        yield self.fact(record, "policy", state, side, needs=needs, names=names, parent=record.parent)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE POLICY, where its roles are there."""
        record = cast(Policy, fact.record)
        sql = next(iter(self.new.pen.policy(without_comment(record), self.table(record, self.new))))
        return self.made(self.guarded(record.roles, sql), fact, reason)

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP POLICY; where its roles may not be there, it may not be there either."""
        record, pen = cast(Policy, fact.record), self.old.pen
        there = "IF EXISTS " if pen.lacking(record.roles) else ""
        sql = f"DROP POLICY {there}{pen.ident(record)} ON {pen.path(self.table(record, self.old))};"
        return self.dropped(sql, fact, reason)

    def separable(self, fact: Fact) -> bool:
        """A policy may read tables whose policies read its own one."""
        return True

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """ALTER POLICY, which can set an expression and not remove one."""
        before, after = old.record, new.record
        if not isinstance(before, Policy) or not isinstance(after, Policy) or old.state[:2] != new.state[:2]:
            return None
        if (before.using and not after.using) or (before.with_check and not after.with_check):
            return None
        pen, clauses, fields = self.new.pen, [], []
        if old.state[2] != new.state[2]:
            clauses.append(f"TO {', '.join(after.roles) or 'PUBLIC'}")
            fields.append("roles")
        for field, word, one, two in (
            ("using", "USING", before.using, after.using),
            ("with_check", "WITH CHECK", before.with_check, after.with_check),
        ):
            if spelled(one) != spelled(two):
                clauses.append(f"{word} {enclosed(pen.speech.expr(two) or 'true')}")
                fields.append(field)
        sql = f"ALTER POLICY {pen.ident(after)} ON {pen.path(self.table(after, self.new))} {' '.join(clauses)};"
        return Alteration([self.changed(self.guarded((*before.roles, *after.roles), sql), old, new, *fields)])

    def guarded(self, roles: Sequence[str], sql: str) -> str:
        """Return a statement that runs only where the roles exist that the new side does not make."""
        lacking = self.new.pen.lacking(list(dict.fromkeys(roles)))
        return self.new.pen.where_roles(lacking, sql) if lacking else sql

    def table(self, record: Policy, side: PgSide) -> Table:
        """Return the table of a policy."""
        return cast(Table, side.design[record.parent or ""])

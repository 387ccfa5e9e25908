"""ALTER DEFAULT PRIVILEGES: what roles may do with objects that are yet to be made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact
from designer.evolution.mover import Alteration
from designer.evolution.postgres.kept import is_passed_over
from designer.evolution.postgres.kept_kinds import role_words
from designer.evolution.postgres.objects import ObjectHandler, PgSide
from designer.evolution.postgres.privileges import EVERYBODY, OF_ALL
from designer.evolution.postgres.trees import Node, defined, quote, read, strings
from designer.schema import Statement

_KINDS = {
    "OBJECT_TABLE": "TABLES", "OBJECT_SEQUENCE": "SEQUENCES", "OBJECT_FUNCTION": "FUNCTIONS", "OBJECT_TYPE": "TYPES",
    "OBJECT_SCHEMA": "SCHEMAS", "OBJECT_LARGEOBJECT": "LARGE OBJECTS",
}  # fmt: skip
_MAINTAINED = 17


@dataclass
class Future:
    """What a role will be able to do with new objects of one kind, in a schema or in all, made by one role or by us."""

    maker: str
    schema: str
    kind: str
    role: str
    record: Statement
    may: dict[str, bool] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from others."""
        return (self.maker, self.schema, self.kind, self.role)

    @property
    def given(self) -> tuple[str, ...]:
        """Return what holds where nobody says anything; what a schema says is added to that."""
        if self.role != EVERYBODY or self.schema:
            return ()
        return {"FUNCTIONS": ("EXECUTE",), "TYPES": ("USAGE",)}.get(self.kind, ())


class DefaultPrivilegeHandler(ObjectHandler):
    """Default privileges. They are set before all else, as the export does: what is made next has what they give."""

    records = (Statement,)
    kinds = ("default privilege",)

    def facts(self, record: Statement, side: PgSide) -> Iterator[Fact]:
        """Yield what was said last by a statement."""
        for future in self.net(side).values():
            state = frozenset(future.may.items())
            if future.record.id == record.id and state != frozenset((each, False) for each in future.given):
                schema = self.lookup(side).schemas.get(future.schema)
                yield self.fact(
                    record, "default privilege", state, side, needs={schema.id} if schema else (),
                    own=f"default privilege:{':'.join(future.key)}", extra=future,
                    label=f"of {future.role} on {future.kind.lower()}",
                )  # fmt: skip

    def net(self, side: PgSide) -> dict[tuple[str, str, str, str], Future]:
        """Return what the statements of a side amount to."""
        found: dict[tuple[str, str, str, str], Future] | None = side.pen.__dict__.get("futures")
        if found is None:
            found = side.pen.__dict__["futures"] = {}
            for each in side.catalog.statements:
                kind, node = read(self.statement_text(each, side))
                if kind == "AlterDefaultPrivilegesStmt" and not is_passed_over(each):
                    for future in self.futures(each, node):
                        self.take(found.setdefault(future.key, future), node["action"], each, side)
        return found

    def futures(self, record: Statement, node: Node) -> Iterator[Future]:
        """Yield whom and what a statement is about."""
        options = defined(node)
        makers = [role_words(each["RoleSpec"]) for each in options.get("roles", {}).get("List", {}).get("items", ())]
        schemas = strings(options.get("schemas", {}).get("List", {}).get("items", ()))
        action = node["action"]
        kind = _KINDS.get(action.get("objtype", ""), "TABLES")
        for maker in makers or [""]:
            for schema in schemas or ("",):
                for grantee in action.get("grantees", ()):
                    found = Future(maker, schema, kind, role_words(grantee["RoleSpec"]), record)
                    found.may = dict.fromkeys(found.given, False)
                    yield found

    def take(self, future: Future, action: Node, record: Statement, side: PgSide) -> None:
        """Give or take privileges."""
        names = [
            each["AccessPriv"]["priv_name"].upper()
            for each in action.get("privileges", ())
            if "priv_name" in each["AccessPriv"]
        ]
        future.record = record
        for name in names or self.all_of(future.kind, side):
            if action.get("is_grant"):
                future.may[name] = bool(action.get("grant_option")) or future.may.get(name, False)
            elif action.get("grant_option"):
                future.may.update({name: False} if name in future.may else {})
            else:
                future.may.pop(name, None)

    def all_of(self, kind: str, side: PgSide) -> list[str]:
        """Return what ALL stands for."""
        found = OF_ALL[kind.removesuffix("S")]
        return [each for each in found if each != "MAINTAIN" or not side.pen.is_before(_MAINTAINED)]

    def rank(self, verb: str, fact: Fact) -> int:
        """They come before all that is made under them."""
        return 0

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """ALTER DEFAULT PRIVILEGES."""
        future = cast(Future, fact.extra)
        before = dict.fromkeys(future.given, False)
        return [
            self.step(sql, operation, new=fact, reason=reason)
            for sql, operation in self.changes(before, future.may, future, self.new)
        ]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Say the opposite."""
        future = cast(Future, fact.extra)
        after = dict.fromkeys(future.given, False)
        return [
            self.step(sql, operation, old=fact, reason=reason)
            for sql, operation in self.changes(future.may, after, future, self.old)
        ]

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Give what is new, take what is no more."""
        statements = self.changes(old.extra.may, new.extra.may, new.extra, self.new)
        return Alteration([self.changed(sql, old, new, "text", operation=operation) for sql, operation in statements])

    def changes(
        self, one: dict[str, bool], two: dict[str, bool], future: Future, side: PgSide
    ) -> Iterator[tuple[str, str]]:
        """Yield (statement, operation) from one set of privileges to another."""
        gone = [each for each in one if each not in two]
        if gone:
            yield (
                self.statement(
                    f"REVOKE {self.words(gone, future, side)} ON {future.kind} FROM {future.role}", future, side
                ),
                "drop",
            )
        less = [each for each in two if one.get(each) and not two[each]]
        if less:
            words = self.words(less, future, side)
            yield (
                self.statement(f"REVOKE GRANT OPTION FOR {words} ON {future.kind} FROM {future.role}", future, side),
                "drop",
            )
        for option in (False, True):
            more = [each for each in two if two[each] == option and (each not in one or (option and not one[each]))]
            if more:
                tail = " WITH GRANT OPTION" if option else ""
                words = self.words(more, future, side)
                yield self.statement(f"GRANT {words} ON {future.kind} TO {future.role}{tail}", future, side), "create"

    def words(self, privileges: Sequence[str], future: Future, side: PgSide) -> str:
        """Return privileges in their usual order, ALL where there are no others."""
        known = self.all_of(future.kind, side)
        chosen = sorted(privileges, key=lambda each: known.index(each) if each in known else len(known))
        return "ALL" if chosen == known and len(known) > 1 else ", ".join(chosen)

    def statement(self, action: str, future: Future, side: PgSide) -> str:
        """Return a statement that runs only where its roles exist."""
        maker = f" FOR ROLE {future.maker}" if future.maker else ""
        schema = f" IN SCHEMA {quote(future.schema)}" if future.schema else ""
        sql = f"ALTER DEFAULT PRIVILEGES{maker}{schema} {action};"
        lacking = side.pen.lacking([each for each in (future.maker, future.role) if each])
        return side.pen.where_roles(lacking, sql) if lacking else sql

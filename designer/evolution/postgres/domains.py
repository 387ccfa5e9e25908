"""Domains, their defaults and their checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

import msgspec

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, id_of
from designer.evolution.mover import Alteration
from designer.evolution.postgres.base import spelled
from designer.evolution.postgres.objects import ObjectHandler, PgSide, is_left_out
from designer.evolution.postgres.swaps import SwappingHandler
from designer.evolution.postgres.trees import quote
from designer.evolution.postgres.types import conversion, normal
from designer.schema import Check, Column, DomainType, Id, Record
from exporters.ddl.names import generated_name


class DomainHandler(SwappingHandler):
    """Domains: all but the type that they are over is altered in place."""

    records = (DomainType,)
    kinds = ("domain", "default of a domain")

    def facts(self, record: DomainType, side: PgSide) -> Iterator[Fact]:
        """A domain, and its default."""
        if is_left_out(record):
            return
        kind = (record.type_ref, "[" in record.type) if record.type_ref else normal(record.type)
        needs = {*self.home(record, side), *side.pen.finder.in_made(f"{record.type} {record.collation}")}
        needs |= {record.type_ref} if record.type_ref else set()
        names = self.space("type", record, side)
        checks: frozenset[object] = frozenset()
        if record.id in self.contained():
            checks = frozenset(
                (check_name(each, side), spelled(each.expr)) for each in side.catalog.parts(record).checks
            )
        state = (kind, record.collation, record.nullable, checks)
        yield self.fact(record, "domain", state, side, needs=needs, names=names)
        if record.default is not None:
            yield self.fact(
                record, "default of a domain", spelled(record.default), side,
                needs=self.needed(record.default, side) | ({record.type_ref} if record.type_ref else set()),
                parent=record.id, own=id_of("default", record.id),
            )  # fmt: skip

    def create_type(self, record: Record, side: PgSide) -> str:
        """Return CREATE DOMAIN without its default and checks, which are made behind it where they are facts."""
        domain = cast(DomainType, record)
        checks = side.catalog.parts(domain).checks if domain.id in self.contained() else []
        return side.pen.create_domain(msgspec.structs.replace(domain, default=None), checks)

    def contained(self) -> frozenset[Id]:
        """Return the domains of which there are arrays: nothing can be forbidden to their values any more.

        Their checks are no facts of their own; with more of them the domain is made anew.
        """
        return contained(self)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE DOMAIN, or SET DEFAULT."""
        domain = cast(DomainType, fact.record)
        if fact.kind != "domain":
            return self.made(self.default(fact), fact, reason, "set default")
        has_default = any(each.kind != "check of a domain" for each in folded)
        checks = [cast(Check, each.record) for each in folded if each.kind == "check of a domain"]
        checks = checks or (self.new.catalog.parts(domain).checks if domain.id in self.contained() else [])
        shown = domain if has_default else msgspec.structs.replace(domain, default=None)
        return self.made(self.new.pen.create_domain(shown, checks), fact, reason)

    def folds(self, child: Fact, parent: Fact) -> bool:
        """A default is made with its domain."""
        return child.kind == "default of a domain"

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP DOMAIN, or DROP DEFAULT."""
        path = self.old.pen.type_path(cast(DomainType, fact.record))
        if fact.kind == "domain":
            return self.dropped(f"DROP DOMAIN {path};", fact, reason)
        return self.dropped(f"ALTER DOMAIN {path} DROP DEFAULT;", fact, reason, "drop default")

    def default(self, fact: Fact) -> str:
        """Return the statement that sets the default."""
        domain = cast(DomainType, fact.record)
        value = self.new.pen.speech.expr(domain.default, domain.id)
        return f"ALTER DOMAIN {self.new.pen.type_path(domain)} SET DEFAULT {value};"

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Allow or forbid nulls, set another default; over another type the domain is made anew."""
        if new.kind != "domain":
            return Alteration([self.changed(self.default(new), old, new, "default", operation="set default")])
        one, two = cast("tuple[Any, ...]", old.state), cast("tuple[Any, ...]", new.state)
        forbids = one[2] and not two[2]
        is_contained = new.record.id in self.contained()
        if one[:2] != two[:2] or (is_contained and (forbids or two[3] - one[3])):
            return self.swapped(old, new, self.using(old, new))
        steps = [
            self.changed(
                f"ALTER DOMAIN {self.type_path(new)} DROP CONSTRAINT {quote(name)};",
                old,
                new,
                operation="drop constraint",
            )
            for name, _ in one[3] - two[3]
        ]
        if one[2] != two[2]:
            word = "SET NOT NULL" if forbids else "DROP NOT NULL"
            sql = f"ALTER DOMAIN {self.type_path(new)} {word};"
            steps.append(self.changed(sql, old, new, "nullable", operation=word.lower()))
        return Alteration(steps)

    def using(self, old: Fact, new: Fact) -> str:
        """Return how values get from one base type to another: by a cast where there is one, else by their text."""
        before, after = cast(DomainType, old.record), cast(DomainType, new.record)
        if before.type_ref or after.type_ref:
            return "{column}::text::{type}"
        one, two = Column(id="", type=before.type), Column(id="", type=after.type)
        return conversion("{column}", one, two, "{type}") or "{column}::{type}"


class DomainCheckHandler(ObjectHandler):
    """Checks of domains."""

    records = (Check,)
    kinds = ("check of a domain",)

    def facts(self, record: Check, side: PgSide) -> Iterator[Fact]:
        """A check of a domain."""
        domain = side.design.get(record.parent or "")
        if not isinstance(domain, DomainType) or is_left_out(record) or domain.id in contained(self):
            return
        needs = self.needed(record.expr, side) | ({domain.type_ref} if domain.type_ref else set())
        yield self.fact(
            record, "check of a domain", (spelled(record.expr), record.not_valid), side, needs=needs, parent=domain.id,
            names={("domain constraint", domain.id, check_name(record, side))},
        )  # fmt: skip

    def folds(self, child: Fact, parent: Fact) -> bool:
        """A check that holds for all values is made with its domain."""
        return not cast(Check, child.record).not_valid

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """ALTER DOMAIN ADD CONSTRAINT."""
        check = cast(Check, fact.record)
        return self.made(
            f"{self.head(check, self.new)} ADD {self.new.pen.domain_check(check)};", fact, reason, "add check"
        )

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """ALTER DOMAIN DROP CONSTRAINT."""
        check = cast(Check, fact.record)
        name = self.old.pen.dialect.quote(check_name(check, self.old))
        return self.dropped(f"{self.head(check, self.old)} DROP CONSTRAINT {name};", fact, reason, "drop constraint")

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """A check that only has to be proven is validated."""
        before, after = cast(Check, old.record), cast(Check, new.record)
        if old.state[0] != new.state[0] or not before.not_valid or after.not_valid:
            return None
        name = self.new.pen.dialect.quote(check_name(after, self.new))
        sql = f"{self.head(after, self.new)} VALIDATE CONSTRAINT {name};"
        return Alteration([self.changed(sql, old, new, "not_valid", operation="validate")])

    def head(self, check: Check, side: PgSide) -> str:
        """Return how statements about a check begin."""
        return f"ALTER DOMAIN {side.pen.type_path(cast(DomainType, side.design[check.parent or '']))}"


def contained(handler: ObjectHandler) -> frozenset[Id]:
    """Return the domains of which there are arrays on either side."""
    found: frozenset[Id] | None = handler.postgres.__dict__.get("contained")
    if found is None:
        columns = (each for design in (handler.postgres.before, handler.postgres.after) for each in design.of(Column))
        found = frozenset(each.type_ref for each in columns if each.type_ref and "[" in each.type)
        handler.postgres.__dict__["contained"] = found
    return found


def check_name(record: Check, side: PgSide) -> str:
    """Return the name of a check of a domain, the one that the server gives where none was said."""
    if record.name:
        return record.name
    domain = cast(DomainType, side.design[record.parent or ""])
    before = 0
    for each in side.catalog.parts(domain).checks:
        if each.id == record.id:
            break
        before += not each.name
    return generated_name(domain.name, "", "check") + (str(before) if before else "")

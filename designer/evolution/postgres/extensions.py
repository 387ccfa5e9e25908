"""Extensions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, record_of
from designer.evolution.mover import Alteration
from designer.evolution.postgres.objects import Given, ObjectHandler, PgSide, is_left_out, without_comment
from designer.schema import Extension

ALWAYS_THERE = "plpgsql"


class ExtensionHandler(ObjectHandler):
    """Extensions, with what a script may leave to the server: schema, version and comment."""

    records = (Extension,)
    kinds = ("extension",)

    def facts(self, record: Extension, side: PgSide) -> Iterator[Fact]:
        """PL/pgSQL is in every database."""
        if record.name == ALWAYS_THERE or is_left_out(record):
            return
        schema = self.lookup(side).schemas.get(record.schema)
        state = (record.name, Given(record.schema), Given(_version(record)), Given(record.comment))
        needs = {schema.id} if schema is not None else ()
        yield self.fact(record, "extension", state, side, needs=needs, names={("extension", record.name)})

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE EXTENSION."""
        record, pen = cast(Extension, fact.record), self.new.pen
        steps = self.made(next(iter(pen.extension(without_comment(record)))), fact, reason)
        for comment in pen.comment_on("EXTENSION", pen.ident(record), record):
            steps.append(self.step(comment, "comment", new=fact))
        return steps

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP EXTENSION."""
        return self.dropped(f"DROP EXTENSION {self.old.pen.ident(record_of(fact, Extension))};", fact, reason)

    def rank(self, verb: str, fact: Fact) -> int:
        """What an extension brings is not known: it comes before all else, and goes after all but its schema."""
        return {"drop": 97, "create": 18}.get(verb, 40)

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Another version, schema or comment. An extension that lives in one schema for good refuses to move."""
        before, after = old.record, new.record
        if not isinstance(before, Extension) or not isinstance(after, Extension) or before.name != after.name:
            return None
        name = self.new.pen.ident(after)
        steps: list[Step] = []
        if Given(before.schema) != Given(after.schema):
            schema = self.new.pen.dialect.quote(after.schema)
            steps.append(
                self.changed(f"ALTER EXTENSION {name} SET SCHEMA {schema};", old, new, "schema", operation="move")
            )
        if Given(_version(before)) != Given(_version(after)):
            version = self.new.pen.literal(_version(after))
            steps.append(self.changed(f"ALTER EXTENSION {name} UPDATE TO {version};", old, new, "version"))
        if Given(before.comment) != Given(after.comment):
            sql = f"COMMENT ON EXTENSION {name} IS {self.new.pen.literal(after.comment)};"
            steps.append(self.changed(sql, old, new, "comment", operation="comment"))
        return Alteration(steps)


def _version(record: Extension) -> str:
    return record.version.strip("'\"")

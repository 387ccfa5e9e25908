"""Views and materialized views."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from typing import cast

import msgspec

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId, id_of
from designer.evolution.mover import Alteration
from designer.evolution.postgres.base import spelled
from designer.evolution.postgres.objects import ObjectHandler, PgSide, is_left_out, without_comment
from designer.evolution.postgres.trees import Mentions, mentions, read
from designer.evolution.postgres.view_columns import Output, Reading, Views
from designer.schema import Column, Routine, Table, View

_QUALIFIER = re.compile(r"""(?:"(?:[^"]|"")+"|[\w$]+)\s*\.\s*\Z""")
_OPTION = re.compile(r"""\s*([\w.]+)\s*(?:=\s*('(?:[^']|'')*'|[^,\s]+))?\s*(?:,|\Z)""")


class ViewHandler(ObjectHandler):
    """Views are replaced where the server takes it, and have their names and options altered; else made again."""

    records = (View,)
    kinds = ("view", "materialized view")

    def facts(self, record: View, side: PgSide) -> Iterator[Fact]:
        """A view with what it gives. Whether a materialized view is filled is data, not schema."""
        if is_left_out(record) or record.extra.get("persistence") == "temporary":
            return
        reading = self.views(side).reading(record)
        names = tuple(each.name for each in reading.outputs) if reading.outputs is not None else record.columns
        state = (
            _said(record, side), names, record.recursive, _options(record), record.check_option.lower(),
            record.tablespace, record.extra.get("access_method", ""), record.materialized,
        )  # fmt: skip
        kind = "materialized view" if record.materialized else "view"
        said = mentions(self.query_text(record, side))
        homes = self.lookup(side).homes(record)
        yield self.fact(
            record, kind, state, side, needs=self.needs(record, side, said, reading),
            names=self.space("relation", record, side) | self.dropped_columns(self.starred(said, homes, side), side),
            extra=reading.outputs,
        )  # fmt: skip

    def views(self, side: PgSide) -> Views:
        """Return the views of a side as the server has them: old ones give columns by their old names."""
        found: Views | None = side.pen.__dict__.get("views")
        if found is None:
            design = self.written(side)
            found = side.pen.__dict__["views"] = Views(
                self.written_lookup(side), lambda expr: self.text(expr, side, design)
            )
        return found

    def needs(self, record: View, side: PgSide, said: Mentions, reading: Reading) -> set[FactId]:
        """Return what a view cannot do without."""
        look = self.lookup(side)
        homes = look.homes(record)
        found = set(self.home(record, side)) | {use.id for use in record.query.uses}
        if reading.outputs is not None:
            found |= reading.reads
        else:
            found |= set(look.columns_in(read(self.query_text(record, side))[1], homes))
        found |= set(look.taking(said.calls, homes)) | set(look.makers(said.types, homes))
        found |= {each for each in record.depends_on if not said.read or not isinstance(side.design.get(each), Routine)}
        found |= set(side.pen.finder.in_made(record.query.text))
        for path in said.relations:
            relation = look.relation(path, homes)
            if relation is not None:
                found.add(relation.id)
        return found

    def query_text(self, record: View, side: PgSide) -> str:
        """Return the query of a view with the names that its side has now, without its end."""
        return self.text(record.query, side).rstrip().rstrip(";")

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE VIEW; one that reads itself is made as a stub first."""
        pen = self.new.pen
        before = len(pen.late)
        steps = self.made(self.statement(fact), fact, reason)
        steps += [self.step(each, "replace", new=fact) for each in pen.late[before:]]
        del pen.late[before:]
        return steps

    def statement(self, fact: Fact) -> str:
        """Return the statement that creates a view."""
        record = msgspec.structs.replace(without_comment(fact.record), extra={**fact.record.extra, "search_path": ""})
        statements = self.new.pen.view(record)
        return next(iter([*statements] if "stub" in record.extra else statements), "")

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP VIEW."""
        path = self.old.pen.path(cast(View, fact.record))
        return self.dropped(f"DROP {fact.kind.upper()} {path};", fact, reason)

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Rename columns, replace the query, set options: in this order."""
        before, after = cast(View, old.record), cast(View, new.record)
        is_same = old.state[0] == new.state[0] and before.recursive == after.recursive
        if before.extra.get("persistence") != after.extra.get("persistence"):
            return None
        renames = _renames(old.extra, new.extra, is_same)
        if renames is None:
            return None
        word = new.kind.upper()
        path = self.new.pen.path(after)
        quote = self.new.pen.dialect.quote
        steps = [
            self.changed(
                f"ALTER {word} {path} RENAME COLUMN {quote(one)} TO {quote(two)};",
                old,
                new,
                "columns",
                operation="rename",
            )
            for one, two in renames
        ]
        if not is_same and after.materialized:
            return None
        if not is_same:
            sql = self.statement(new).replace("CREATE ", "CREATE OR REPLACE ", 1)
            steps.append(self.changed(sql, old, new, "query"))
        else:
            steps += self.options(old, new, f"ALTER {word} {path}")
        return Alteration(steps)

    def options(self, old: Fact, new: Fact, head: str) -> Iterator[Step]:
        """Yield what sets and resets options, the tablespace and the access method."""
        before, after = cast(View, old.record), cast(View, new.record)
        one, two = _all_options(before), _all_options(after)
        gone = [name for name in one if name not in two]
        if gone:
            yield self.changed(f"{head} RESET ({', '.join(gone)});", old, new, "options")
        come = [f"{name} = {value}" for name, value in two.items() if one.get(name) != value]
        if come:
            yield self.changed(f"{head} SET ({', '.join(come)});", old, new, "options")
        if before.tablespace != after.tablespace:
            space = self.new.pen.dialect.quote(after.tablespace or "pg_default")
            yield self.changed(f"{head} SET TABLESPACE {space};", old, new, "tablespace", operation="rewrite table")
        method = [each.extra.get("access_method", "") for each in (before, after)]
        if method[0] != method[1]:
            sql = f"{head} SET ACCESS METHOD {method[1] or 'DEFAULT'};"
            yield self.changed(sql, old, new, "extra", operation="rewrite table")


class ViewDefaultHandler(ObjectHandler):
    """Defaults that someone gave to the columns of a view."""

    records = (Column,)
    kinds = ("default of a view",)

    def facts(self, record: Column, side: PgSide) -> Iterator[Fact]:
        """The default of a column of a view."""
        view = side.design.get(record.parent or "")
        if not isinstance(view, View) or record.default is None or view.materialized or is_left_out(view):
            return
        yield self.fact(
            record, "default of a view", spelled(record.default), side, needs=self.needed(record.default, side),
            parent=view.id, own=id_of("default", record.id),
        )  # fmt: skip

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """ALTER VIEW … SET DEFAULT."""
        return self.made(self.sql(fact), fact, reason, "set default")

    def sql(self, fact: Fact) -> str:
        """Return the statement that sets a default."""
        pen, record = self.new.pen, cast(Column, fact.record)
        return (
            f"ALTER VIEW {pen.path_of(record.parent)} ALTER COLUMN {pen.column(record.id)} SET {pen.default(record)};"
        )

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """ALTER VIEW … DROP DEFAULT."""
        pen, record = self.old.pen, cast(Column, fact.record)
        sql = f"ALTER VIEW {pen.path_of(record.parent)} ALTER COLUMN {pen.column(record.id)} DROP DEFAULT;"
        return self.dropped(sql, fact, reason, "drop default")

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Set another default."""
        return Alteration([self.changed(self.sql(new), old, new, "default", operation="set default")])


def _said(view: View, side: PgSide) -> Hashable:
    """Return a query with ids where it names records: where a relation is makes no difference, since views follow."""
    pieces: list[str] = []
    at = 0
    for use in sorted(view.query.uses, key=lambda use: use.start):
        between = view.query.text[at : use.start]
        if isinstance(side.design.get(use.id), (Table, View)):
            between = _QUALIFIER.sub("", between)
        pieces += (between, use.id)
        at = use.end
    return (*pieces, view.query.text[at:])


def _renames(
    old: tuple[Output, ...] | None, new: tuple[Output, ...] | None, is_same: bool
) -> list[tuple[str, str]] | None:
    """Return the columns to rename so that CREATE OR REPLACE is taken; None where it is not."""
    if old is None or new is None:
        return [] if is_same and old == new else None
    if len(new) < len(old) or (is_same and len(new) != len(old)):
        return None
    renames: list[tuple[str, str]] = []
    for before, after in zip(old, new, strict=False):
        known = bool(before.type) and before.type == after.type
        alike = before.value == after.value and bool(before.value)
        if before.name != after.name:
            if not (is_same or alike):
                return None
            renames.append((before.name, after.name))
        elif not (is_same or known or alike):
            return None
    taken = {each.name for each in old}
    return None if any(name in taken for _, name in renames) else renames


def _options(record: View) -> frozenset[tuple[str, str]]:
    return frozenset(
        (name, _WORDS.get(value.strip("'").lower(), value)) for name, value in _split(record.options).items()
    )


def _split(written: str) -> dict[str, str]:
    """Return storage options by name, each value as it was written; a bare name means true."""
    return {name.lower(): value or "true" for name, value in _OPTION.findall(written) if name}


_WORDS = {"on": "true", "off": "false", "yes": "true", "no": "false", "true": "true", "false": "false"}


def _all_options(record: View) -> dict[str, str]:
    found = _split(record.options)
    if record.check_option:
        found["check_option"] = record.check_option.lower()
    return found

"""What each kind of record says: record -> name of the field in words -> value.

A default that the server writes out and people leave out has the same value either way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from typing import Any

import msgspec

from designer.compare.mysql.collations import charset_of, column_collation, is_bytewise, prefix, table_collation
from designer.compare.mysql.defaults import default_form
from designer.compare.mysql.programs import sql_mode
from designer.compare.numbers import sequence_numbers, sequence_options
from designer.compare.side import Side
from designer.compare.value import Given, Language, Part, Plain, Row, Sql, Value
from designer.schema import (
    Check,
    Column,
    CompositeType,
    DomainType,
    EnumType,
    Exclusion,
    Expr,
    Extension,
    ForeignKey,
    Id,
    Index,
    IndexPart,
    Key,
    Partitioning,
    Policy,
    Publication,
    Record,
    Routine,
    Sequence,
    Statement,
    Table,
    Trigger,
    View,
)

Fields = dict[str, Value]
NEXT = Plain("its own sequence", "the next number of its own sequence")
"""The default of a serial column, and of one whose default takes numbers from the sequence that it owns."""
SERIALS = {
    "smallserial": "smallint", "serial2": "smallint", "serial": "integer", "serial4": "integer",
    "bigserial": "bigint", "serial8": "bigint",
}  # fmt: skip
_UNSAID_EXTRAS = frozenset(  # the counter of AUTO_INCREMENT moves with the rows
    {
        "refused",
        "only_where",
        "index_name",
        "needs",
        "like",
        "row",
        "authorization",
        "search_path",
        "stub",
        "roles",
        "auto_increment",
    }
)
"""Keys of `extra` that are about the text a record was read from, or about data, not about the database's schema."""
_NULL = re.compile(r"[\s(]*null[\s)]*(?:::[\w\s.\"()\[\]]+)?\Z", re.IGNORECASE)
_OPTION = re.compile(r"""((?:[^,'"(]|'(?:[^']|'')*'|"(?:[^"]|"")*"|\([^)]*\))+)""")


class Reader:
    """Reads the fields of the records of one side."""

    def __init__(self, side: Side, language: Language):
        self.side = side
        self.language = language
        self.mysql = side.dialect.name in ("mysql", "mariadb")

    def fields(self, record: Record) -> Fields:
        """Return what a record says; what it leaves to the server is not in the answer or is the default's value."""
        read = _READERS.get(type(record))
        found: Fields = read(self, record) if read else {}
        if not isinstance(record, Statement):
            found["comment"] = Given(record.comment) if isinstance(record, Extension) else Plain(record.comment)
            found.update(self.extras(record))
        return {
            name: value for name, value in found.items() if type(value) is not Plain or not _is_nothing(value.value)
        }

    def extras(self, record: Record) -> Fields:
        """Return the options that only one dialect has."""
        return {
            key.replace("_", " "): _extra(key, value)
            for key, value in record.extra.items()
            if key not in _UNSAID_EXTRAS
            and not (self.mysql and key in _COLLATED and isinstance(record, Table | Column))
        }

    def expr(self, expr: Expr | None, relation: Id | None, form: str = "expression") -> Value:
        """Return an expression over the columns of a relation; nothing where there is none."""
        return Sql(form, self.side.plain(expr), self.side, relation) if expr is not None else Plain("")

    def names(self, ids: tuple[Id, ...]) -> Plain:
        """Return names in their order."""
        return Plain(self.side.names(ids))

    def parts(self, record: Key | Index | Exclusion | Partitioning, *, unique: bool = False) -> Row:
        """Return the parts of an index."""
        return Row(tuple(self.part(part, record, unique) for part in record.parts))

    def part(self, part: IndexPart, record: Record, unique: bool) -> Part:
        """Return one part of an index. NULLS FIRST goes without saying behind DESC, NULLS LAST behind ASC."""
        usual = "first" if part.desc else "last"
        part = self.by_column(part, record)
        subject = Plain((self.side.name_of(part.column),)) if part.column else self.expr(part.expr, record.parent)
        nulls = "" if part.nulls == usual else f"nulls {part.nulls}" if part.nulls else ""
        return Part(
            subject,
            (
                Plain("desc" if part.desc else ""),
                Plain(nulls),
                Given(_opclass(part.opclass)),
                Given(_bare(part.collation)),
                self.prefix(part, record, unique),
                Plain(part.operator.removeprefix("OPERATOR(pg_catalog.").removesuffix(")")),
            ),
        )

    def by_column(self, part: IndexPart, record: Record) -> IndexPart:
        """Return a part with its column in place of an expression that is nothing but its name."""
        if part.expr is None:
            return part
        name = self.side.dialect.unquote(self.side.plain(part.expr).strip("() "))
        columns = self.side.columns(record.parent) if record.parent else []
        found = next((each.id for each in columns if each.name == name), None)
        return msgspec.structs.replace(part, column=found, expr=None) if found else part

    def prefix(self, part: IndexPart, record: Record, unique: bool) -> Value:
        """Return how much of its column a part holds."""
        column = self.side.design.get(part.column) if part.column and self.mysql else None
        if isinstance(column, Column):
            return prefix(self.side, record, column, part.length, unique=unique)
        return Plain(f"({part.length})" if part.length else "")

    def is_plain(self, key: Key) -> bool:
        """Say whether the parts of a key are its columns and nothing more."""
        return all(
            not (part.expr or part.desc or part.nulls or part.opclass or part.collation or part.operator)
            and self.prefix(part, key, True).may_be_left_out
            for part in key.parts
        )

    def options(self, written: str) -> Plain:
        """Return options in any order; `(…)` round them, spaces and quotes round values say nothing."""
        return Plain(frozenset(filter(None, (_option(each) for each in _OPTION.findall(written)))), written)

    # Kinds

    def table(self, table: Table) -> Fields:
        """Partitions have the columns of their table: what is written without any has its parent's."""
        collation = table_collation(table) if self.mysql else None
        return {
            **({"collation": collation} if collation and not collation.inherited else {}),
            "columns": Plain(tuple(column.name for column in self.side.columns(table.id))),
            "persistence": Plain(table.persistence),
            "parents": Plain(tuple(self._called(each) for each in table.inherits)),
            "partition of": Plain(self._called(table.partition_of)),
            "bound": self.sql(table.partition_bound, "clause") if table.partition_of else Plain(""),
            "row security": Plain(table.row_security),
            "forced row security": Plain(table.force_row_security),
            "options": self.options(table.options),
            "access method": Plain("" if table.access_method == "heap" else table.access_method),
            "tablespace": Plain("" if table.tablespace == "pg_default" else table.tablespace),
            "type of its rows": Plain(self._called(table.of_type)),
            "replica identity": Plain(f"{table.replica_identity} {self.side.name_of(table.replica_index)}".strip()),
        }

    def sql(self, text: str, form: str) -> Value:
        """Return SQL that names no records."""
        return Sql(form, text, self.side) if text else Plain("")

    def column(self, column: Column) -> Fields:
        """The columns of a primary key are NOT NULL, said or not; a serial is what the server makes of it."""
        written = SERIALS.get(column.type.lower(), column.type)
        default = NEXT if written != column.type or self.takes_own_numbers(column) else None
        bytewise = self.mysql and is_bytewise(self.side, column)
        kind = self.language.type_form(self.side, written, column.type_ref, bytewise=bytewise)
        return {
            "type": Plain(kind, column.type),
            "nullable": Plain(column.nullable and default is not NEXT),
            "default": default or self.default(column.default, column.parent, kind),
            "generated": self.expr(column.generated, column.parent),
            "generated kind": Plain(column.generated_kind),
            "identity": Plain(column.identity),
            "identity options": self.identity(column),
            "name of NOT NULL": Given(column.not_null_name),
            "collation": self.collation(column),
            "on update": self.sql(column.on_update, "expression"),
            "storage": Plain("" if column.storage.lower() == "default" else column.storage.lower()),
            "compression": Plain(column.compression.lower()),
            "statistics": Plain("" if column.statistics is None else str(column.statistics)),
        }

    def collation(self, column: Column) -> Value:
        """MySQL and MariaDB may write a collation out that is the table's."""
        if not self.mysql:
            return Plain(_bare(column.collation))
        return column_collation(self.side, column) or Plain("")

    def takes_own_numbers(self, column: Column) -> bool:
        """Say whether the default of a column is the next number of the sequence that it owns."""
        if column.default is None or not column.default.text.lower().startswith("nextval("):
            return False
        used = (self.side.design.get(use.id) for use in column.default.uses)
        return any(isinstance(each, Sequence) and each.owned_by == column.id for each in used)

    def default(self, expr: Expr | None, relation: Id | None, kind: str = "") -> Value:
        """DEFAULT NULL is no default."""
        if expr is None or _NULL.match(expr.text):
            return Plain("")
        if self.mysql:
            return Sql("expression", default_form(self.side.plain(expr), kind), self.side, relation)
        return self.expr(expr, relation)

    def identity(self, column: Column) -> Value:
        """Return the options of an identity column that are not what holds without them."""
        if not column.identity_options:
            return Plain(frozenset())
        return Plain(sequence_options(column.identity_options, column.type), column.identity_options)

    def key(self, key: Key) -> Fields:
        """A primary or unique key."""
        return {
            "columns": self.names(key.columns),
            "parts": Row(()) if self.is_plain(key) else self.parts(key, unique=True),
            "included columns": self.names(key.include),
            "NULLS NOT DISTINCT": Plain(key.nulls_not_distinct),
            "WITHOUT OVERLAPS": Plain(key.without_overlaps),
            "deferrable": Plain(key.deferrable),
            "deferred": Plain(key.deferred),
            "options": self.options(key.options),
        }

    def foreign_key(self, key: ForeignKey) -> Fields:
        """A foreign key. NO ACTION, and RESTRICT where it is the same, go without saying."""
        referred = self._called(key.ref_table) or _bare(key.missing_table)
        return {
            "columns": self.names(key.columns),
            "referred table": Plain(referred),
            "referred columns": Plain(self.side.names(key.ref_columns) or key.missing_columns),
            "ON DELETE": Plain(self._action(key.on_delete)),
            "ON UPDATE": Plain(self._action(key.on_update)),
            "columns to set": self.names(key.on_delete_columns),
            "match": Plain("" if key.match.lower() == "simple" else key.match.lower()),
            "PERIOD": Plain(key.period),
            "deferrable": Plain(key.deferrable),
            "deferred": Plain(key.deferred),
            "not valid": Plain(key.not_valid),
            "not enforced": Plain(key.not_enforced),
        }

    def _action(self, action: str) -> str:
        lower = action.lower()
        alike = ("no action", "restrict") if self.mysql else ("no action",)
        return "" if lower in alike else lower

    def check(self, check: Check) -> Fields:
        """A check of a table or a domain."""
        return {
            "condition": self.expr(check.expr, check.parent),
            "NO INHERIT": Plain(check.no_inherit),
            "not valid": Plain(check.not_valid),
            "not enforced": Plain(check.not_enforced),
        }

    def exclusion(self, exclusion: Exclusion) -> Fields:
        """An exclusion constraint."""
        return {
            "method": Plain(exclusion.method or "gist"),
            "parts": self.parts(exclusion),
            "included columns": self.names(exclusion.include),
            "predicate": self.expr(exclusion.where, exclusion.parent),
            "deferrable": Plain(exclusion.deferrable),
            "deferred": Plain(exclusion.deferred),
            "options": self.options(exclusion.options),
        }

    def index(self, index: Index) -> Fields:
        """An index. The index of a partitioned table that its partitions' indexes are attached to is made with ONLY."""
        return {
            "unique": Plain(index.unique),
            "method": Plain("" if index.method.lower() == "btree" else index.method.lower()),
            "parts": self.parts(index, unique=index.unique),
            "included columns": self.names(index.include),
            "predicate": self.expr(index.where, index.parent),
            "NULLS NOT DISTINCT": Plain(index.nulls_not_distinct),
            "options": self.options(index.options),
            "tablespace": Plain("" if index.tablespace == "pg_default" else index.tablespace),
        }

    def enum_type(self, enum: EnumType) -> Fields:
        """An enum; the order of its values counts."""
        return {"values": Plain(enum.values)}

    def domain_type(self, domain: DomainType) -> Fields:
        """A domain."""
        return {
            "type": Plain(self.language.type_form(self.side, domain.type, domain.type_ref), domain.type),
            "nullable": Plain(domain.nullable),
            "default": self.default(domain.default, None),
            "collation": Plain(_bare(domain.collation)),
        }

    def composite_type(self, composite: CompositeType) -> Fields:
        """A row type; the order of its fields counts."""
        fields = tuple(
            (each.name, self.language.type_form(self.side, each.type, None), _bare(each.collation), each.comment)
            for each in composite.fields
        )
        return {"fields": Plain(fields)}

    def sequence(self, sequence: Sequence) -> Fields:
        """A sequence, the numbers that hold without a word left out."""
        owner = self.side.design.get(sequence.owned_by) if sequence.owned_by else None
        kind = self.language.type_form(self.side, sequence.type or "bigint", None)
        return {
            "type": Plain(kind),
            "numbers": Plain(sequence_numbers(sequence, kind)),
            "cycle": Plain(sequence.cycle),
            "owner": Plain(".".join(self.side.path(owner)) if isinstance(owner, Column) else ""),
        }

    def view(self, view: View) -> Fields:
        """A view. Whether a materialized view is filled is data, not schema."""
        check = f", check_option={view.check_option}" if view.check_option else ""
        return {
            "materialized": Plain(view.materialized),
            "query": Sql("query", self._query(view), self.side, view.id, view.columns),
            "options": self.options(view.options + check),
            "tablespace": Plain(view.tablespace),
        }

    def _query(self, view: View) -> str:
        """Return the query; CREATE RECURSIVE VIEW is short for a view over WITH RECURSIVE."""
        text = self.side.plain(view.query)
        if not view.recursive:
            return text
        quote = self.side.dialect.quote
        columns = ", ".join(map(quote, view.columns))
        name = quote(view.name)
        whole = (f"WITH RECURSIVE {name} ({columns})", f"AS ({text}\n)", f"SELECT {columns}", f"FROM {name}")
        return " ".join(whole)

    def routine(self, routine: Routine) -> Fields:
        """A routine, whole."""
        return self.whole(routine, routine.text)

    def trigger(self, trigger: Trigger) -> Fields:
        """A trigger, whole, and when it fires."""
        state = "" if trigger.enabled in ("origin", "enabled") else trigger.enabled
        return {"definition": Sql("statement", self.side.plain(trigger.text), self.side), "enabled": Plain(state)}

    def policy(self, policy: Policy) -> Fields:
        """A row security policy."""
        return {
            "restrictive": Plain(policy.restrictive),
            "command": Plain("" if policy.command.lower() == "all" else policy.command.lower()),
            "roles": Plain(frozenset(map(_bare, policy.roles)) - {"public", "PUBLIC"}),
            "USING": self.expr(policy.using, policy.parent),
            "WITH CHECK": self.expr(policy.with_check, policy.parent),
        }

    def partitioning(self, partitioning: Partitioning) -> Fields:
        """How a table is partitioned."""
        return {
            "strategy": Plain(partitioning.strategy.lower()),
            "parts": self.parts(partitioning),
            "partitions": self.sql(partitioning.text, "clause"),
        }

    def extension(self, extension: Extension) -> Fields:
        """An extension. Its version and schema are compared only where both sides say them."""
        return {"schema": Given(extension.schema), "version": Given(_bare(extension.version))}

    def publication(self, publication: Publication) -> Fields:
        """A publication, whole."""
        return {"definition": Sql("statement", self.side.plain(publication.text), self.side)}

    def statement(self, statement: Statement) -> Fields:
        """A verbatim statement. Where in the text it stood, and why it was kept, is not about the database."""
        return self.whole(statement, statement.text)

    def whole(self, record: Record, text: Expr) -> Fields:
        """Return the one field of what is compared as a whole."""
        return {"definition": Sql("statement", self.side.plain(text), self.side, home=self.side.home(record))}

    def _called(self, record: Id | None) -> str:
        return ".".join(self.side.path_of(record)) if record else ""


_GIVEN_EXTRAS = frozenset({
    "using", "charset", "collation", "engine", "row_format", "algorithm", "definer", "sql_security",
    "character_set_client", "collation_connection", "database_collation", "sql_mode", "time_zone",
})  # fmt: skip
"""Options that the server writes out though nobody said them."""

_COLLATED = ("charset", "collation")


def _extra(key: str, value: str) -> Value:
    if key == "sql_mode":
        return Given(sql_mode(value))
    return Given(charset_of(value)) if key in _GIVEN_EXTRAS else Plain(_folded(value))


_READERS: dict[type[Record], Callable[[Reader, Any], Fields]] = {
    Table: Reader.table, Column: Reader.column, Key: Reader.key, ForeignKey: Reader.foreign_key,
    Check: Reader.check, Exclusion: Reader.exclusion, Index: Reader.index, EnumType: Reader.enum_type,
    DomainType: Reader.domain_type, CompositeType: Reader.composite_type, Sequence: Reader.sequence, View: Reader.view,
    Routine: Reader.routine, Trigger: Reader.trigger, Policy: Reader.policy, Partitioning: Reader.partitioning,
    Extension: Reader.extension, Publication: Reader.publication, Statement: Reader.statement,
}  # fmt: skip


def _is_nothing(value: Hashable) -> bool:
    return value is False or value == ""


def _folded(value: str) -> str:
    return value.strip().strip("'\"").lower()


def _bare(written: str) -> str:
    """Return a name without the quotes and the schema that may be left out."""
    name = written.strip().replace('"', "").replace("`", "").strip("'")
    for home in ("pg_catalog.", "public."):
        name = name.removeprefix(home)
    return "" if name.lower() == "default" else name


def _opclass(written: str) -> str:
    """Return an operator class without the schema and the quotes that may be left out."""
    return re.sub(r"\s+", "", _bare(written)).lower()


def _option(written: str) -> str:
    name, sign, value = written.strip().strip("()").partition("=")
    value = value.strip().strip("'\"").lower()
    value = {"on": "true", "off": "false", "yes": "true", "no": "false"}.get(value, value)
    return f"{name.strip().lower()}={value if sign else 'true'}" if name.strip() else ""

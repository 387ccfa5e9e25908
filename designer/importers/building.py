"""Making the records of a physical model from what formats for people say: tables, columns, keys and references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from designer.dialects.base import Dialect, words
from designer.dialects.features import SCHEMAS
from designer.dialects.logical import logical_type, raw_type
from designer.importers.contract import Finding, Outcome, Report
from designer.schema import (
    Column,
    Design,
    EnumType,
    ForeignKey,
    Id,
    Key,
    Model,
    Record,
    Schema,
    Table,
    seeded_ids,
)
from designer.schema.order import after

_WHOLE = ("smallint", "integer", "bigint")
_COUNTS = {"postgresql": "by default", "mysql": "auto_increment", "mariadb": "auto_increment"}
_FOREIGN = {
    "postgresql": words(
        "datetime tinyint mediumint middleint double longtext mediumtext tinytext blob longblob mediumblob tinyblob "
        "nvarchar varchar2 number clob nchar year enum set binary varbinary fixed uniqueidentifier string"
    ),
    "mysql": words(
        "timestamptz timetz bytea jsonb uuid citext money interval smallserial bigserial serial2 serial4 serial8 "
        "varchar2 number clob uniqueidentifier inet cidr macaddr xml tsvector string float4 float8 int2 int4 "
        "int8"
    ),
}
_FOREIGN["mariadb"] = _FOREIGN["mysql"] - {"uuid", "inet"}
"""Names of types that people write for any database, and that one would refuse."""


class Build:
    """Gathers the records of one model, with places among their siblings and ids that follow from the text."""

    def __init__(self, name: str, dialect: Dialect, text: str, report: Report):
        self.dialect = dialect
        self.report = report
        self.records: dict[Id, Record] = {}
        self.ids = seeded_ids(text)
        self._parts: dict[Id, dict[Id, Record]] = {}
        self._places: dict[tuple[Id | None, type], Iterator[str]] = {}
        self._schemas: dict[str, Schema] = {}
        self.model = Model(id=self.ids(), name=name, target=dialect.name, version=dialect.default_version)
        self.put(self.model)

    def put(self, record: Record) -> None:
        """Add a record, or put it in the place of the one with its id."""
        self.records[record.id] = record
        if record.parent is not None:
            self._parts.setdefault(record.parent, {})[record.id] = record

    def place(self, parent: Id, kind: type[Record]) -> str:
        """Return the order key of the next record of a kind under a parent."""
        return next(self._places.setdefault((parent, kind), after(None)))

    def home(self, schema: str) -> Id:
        """Return what a table or type of a schema hangs on: the schema, or the model where none is named."""
        if not schema or not self.dialect.supports(SCHEMAS):
            return self.model.id
        if schema not in self._schemas:
            made = Schema(id=self.ids(), parent=self.model.id, name=schema, order=self.place(self.model.id, Schema))
            self._schemas[schema] = made
            self.put(made)
        return self._schemas[schema].id

    def table(self, name: str, schema: str = "", comment: str = "") -> Table:
        """Add a table."""
        home = self.home(schema)
        made = Table(id=self.ids(), parent=home, name=name, comment=comment, order=self.place(home, Table))
        self.put(made)
        return made

    def column(self, table: Table, name: str, written: str, *, nullable: bool = True, comment: str = "") -> Column:
        """Add a column of a type as somebody wrote it; one that the database does not know becomes its own word."""
        raw, logical = self.type_of(written)
        made = Column(
            id=self.ids(), parent=table.id, name=name, type=raw, logical=logical, nullable=nullable, comment=comment,
            order=self.place(table.id, Column),
        )  # fmt: skip
        self.put(made)
        return made

    def type_of(self, written: str) -> tuple[str, str]:
        """Return the raw and the logical type for what somebody wrote."""
        raw = re.sub(r"^string\b", "varchar", written.strip(), flags=re.IGNORECASE)
        word = re.split(r"[^a-z0-9_]", raw.lower(), maxsplit=1)[0]
        foreign = word in _FOREIGN.get(self.dialect.name, ())
        unsized = word == "varchar" and "(" not in raw and self.dialect.name in ("mysql", "mariadb")
        if foreign or unsized or not raw:
            meant = logical_type(raw, self.dialect) if raw else "text"
            raw, _ = raw_type("text" if meant.startswith(("enum", "set")) else meant, self.dialect)
        return raw, logical_type(raw, self.dialect)

    def type_of_logical(self, logical: str) -> tuple[str, str]:
        """Return the raw and the logical type for a meaning."""
        raw, _ = raw_type(logical, self.dialect)
        return raw, logical_type(raw, self.dialect)

    def counting(self, column: Column) -> Column:
        """Return a column that counts by itself, where its type can; SQLite does so for every INTEGER key."""
        if column.logical not in _WHOLE or self.dialect.name not in _COUNTS:
            return column
        return msgspec.structs.replace(column, identity=_COUNTS[self.dialect.name])

    def key(self, table: Id, columns: Sequence[Column], *, primary: bool = False, name: str = "") -> Key:
        """Add a key; columns of a primary key become NOT NULL."""
        if primary:
            for column in columns:
                now = self.records[column.id]
                if isinstance(now, Column) and now.nullable:
                    self.put(msgspec.structs.replace(now, nullable=False))
        made = Key(
            id=self.ids(), parent=table, primary=primary, name=name, columns=tuple(each.id for each in columns),
            order=self.place(table, Key),
        )  # fmt: skip
        self.put(made)
        return made

    def foreign_key(
        self, table: Id, columns: Sequence[Column], target: Id | None, targets: Sequence[Column]
    ) -> ForeignKey:
        """Add a foreign key; the caller sets what else it says."""
        made = ForeignKey(
            id=self.ids(), parent=table, columns=tuple(each.id for each in columns), ref_table=target,
            ref_columns=tuple(each.id for each in targets), order=self.place(table, ForeignKey),
        )  # fmt: skip
        self.put(made)
        return made

    def enum(self, name: str, values: Sequence[str], schema: str = "") -> EnumType:
        """Add an enum type."""
        home = self.home(schema)
        made = EnumType(id=self.ids(), parent=home, name=name, values=tuple(values), order=self.place(home, EnumType))
        self.put(made)
        return made

    def columns(self, table: Id) -> list[Column]:
        """Return the columns of a table, in order."""
        return [each for each in self._parts.get(table, {}).values() if isinstance(each, Column)]

    def keys(self, table: Id) -> list[Key]:
        """Return the keys of a table."""
        return [each for each in self._parts.get(table, {}).values() if isinstance(each, Key)]

    def primary(self, table: Id) -> list[Column]:
        """Return the columns of the primary key of a table, in key order; none where it has none."""
        own = {column.id: column for column in self.columns(table)}
        return next(([own[each] for each in key.columns] for key in self.keys(table) if key.primary), [])

    def unique(self, table: Id, columns: Sequence[Column]) -> bool:
        """Say whether no two rows of a table agree in these columns."""
        wanted = {column.id for column in columns}
        return any(set(key.columns) <= wanted for key in self.keys(table))

    def tell(self, outcome: Outcome, what: str, message: str = "", line: int = 0, column: int = 0) -> None:
        """Add a line to the report."""
        self.report.findings.append(Finding(outcome, what, message, line, column, self.report.file))

    def design(self) -> Design:
        """Return what was gathered."""
        return Design(self.records)

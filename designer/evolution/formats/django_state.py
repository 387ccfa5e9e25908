"""What a migration means for Django's models: operations on its state, models called as the tables are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from designer.change import diff
from designer.change.change import Change, Fields
from designer.evolution.contract import Migration
from designer.evolution.hazards.casts import taken_apart
from designer.schema import Column, Design, ForeignKey, Id, Key, Record, Table

_FIELDS = {
    "integer": "IntegerField", "bigint": "BigIntegerField", "smallint": "SmallIntegerField", "boolean": "BooleanField",
    "date": "DateField", "timestamp": "DateTimeField", "timestamp with time zone": "DateTimeField", "time": "TimeField",
    "uuid": "UUIDField", "json": "JSONField", "jsonb": "JSONField", "double precision": "FloatField",
    "real": "FloatField",
    "bytea": "BinaryField", "blob": "BinaryField", "inet": "GenericIPAddressField", "interval": "DurationField",
    "datetime": "DateTimeField", "tinyint": "SmallIntegerField", "double": "FloatField", "float": "FloatField",
}  # fmt: skip
_COUNTING = {
    "serial": "AutoField", "integer": "AutoField", "bigserial": "BigAutoField", "bigint": "BigAutoField",
    "smallserial": "SmallAutoField", "smallint": "SmallAutoField",
}  # fmt: skip
_ACTIONS = {"cascade": "CASCADE", "restrict": "RESTRICT", "set null": "SET_NULL"}


def state_operations(migration: Migration, app: str) -> list[str]:
    """Return the operations, each as one expression of Python."""
    return list(_State(migration, app).operations())


def model_name(table: str, app: str) -> str:
    """Return what the model of a table is called: `shop_order_line` of the app shop is OrderLine."""
    words = re.findall(r"[A-Za-z0-9]+", table.removeprefix(f"{app}_")) or ["Table"]
    name = "".join(word[:1].upper() + word[1:] for word in words)
    return name if name[0].isalpha() else f"T{name}"


class _State:
    """The operations of one migration."""

    def __init__(self, migration: Migration, app: str):
        self.old, self.new, self.app = migration.old, migration.new, app

    def operations(self) -> Iterator[str]:
        change = diff(self.old, self.new)
        fresh = {each for each, record in change.added.items() if isinstance(record, Table)}
        gone = {each for each, record in change.removed.items() if isinstance(record, Table)}
        for column in self.columns(change.removed.values(), self.old, gone):
            yield f"migrations.RemoveField({self.model(self.old, column.parent)}, {field_name(column.name)!r})"
        for table in gone:
            yield f"migrations.DeleteModel({self.model(self.old, table)})"
        yield from self.renames(change.changed)
        for new in self.new.of(Table):
            if new.id in fresh:
                yield self.create(new)
        for column in self.columns(change.added.values(), self.new, fresh):
            yield f"migrations.AddField({self.model(self.new, column.parent)}, {self.field(column)})"
        for column in self.altered(change, fresh):
            yield f"migrations.AlterField({self.model(self.new, column.parent)}, {self.field(column)})"

    def columns(self, records: Iterable[Record], design: Design, but: set[Id]) -> Iterator[Column]:
        """Yield the columns of tables among records, but for those of some tables."""
        for each in records:
            if isinstance(each, Column) and each.parent not in but and isinstance(design.get(each.parent or ""), Table):
                yield each

    def altered(self, change: Change, fresh: set[Id]) -> Iterator[Column]:
        """Yield the columns whose field becomes another one: by type, nulls, or a foreign key of theirs alone."""
        found = {each for each, fields in change.changed.items() if fields.keys() & {"type", "nullable", "type_ref"}}
        for key in (*change.added.values(), *change.removed.values()):
            if isinstance(key, ForeignKey) and len(key.columns) == 1:
                found.add(key.columns[0])
        both = (self.new[each] for each in found if each in self.new and each in self.old)
        yield from sorted(self.columns(both, self.new, fresh), key=lambda column: (column.parent or "", column.order))

    def renames(self, changed: Mapping[Id, Fields]) -> Iterator[str]:
        for each, fields in changed.items():
            record = self.new[each]
            if "name" not in fields:
                continue
            before, after = fields["name"]
            if isinstance(record, Table):
                names = model_name(before, self.app), model_name(after, self.app)
                yield f"migrations.RenameModel({names[0]!r}, {names[1]!r})"
                yield f"migrations.AlterModelTable({names[1]!r}, {after!r})"
            elif isinstance(record, Column) and isinstance(self.new.get(record.parent or ""), Table):
                model = self.model(self.new, record.parent)
                yield f"migrations.RenameField({model}, {field_name(before)!r}, {field_name(after)!r})"

    def model(self, design: Design, table: Id | None) -> str:
        found = design.get(table or "")
        return repr(model_name(found.name, self.app)) if isinstance(found, Table) else repr("Table")

    def create(self, table: Table) -> str:
        columns = self.new.of(Column, table.id)
        fields = [f"({self.field(column)})" for column in columns]
        primary = next((key for key in self.new.of(Key, table.id) if key.primary), None)
        if primary is not None and len(primary.columns) > 1:
            parts = ", ".join(repr(field_name(self.column(each))) for each in primary.columns)
            fields.insert(0, f"('pk', models.CompositePrimaryKey({parts}))")
        listed = ", ".join(fields)
        name = model_name(table.name, self.app)
        return f"migrations.CreateModel({name!r}, [{listed}], options={{'db_table': {table.name!r}}})"

    def column(self, each: Id) -> str:
        found = self.new.get(each)
        return found.name if isinstance(found, Column) else each

    def field(self, column: Column) -> str:
        """Return a field with its name, as the two arguments that operations take."""
        return f"{field_name(column.name)!r}, {self.kind(column)}"

    def kind(self, column: Column) -> str:
        primary = any(key.primary and key.columns == (column.id,) for key in self.new.of(Key, column.parent))
        options = [f"db_column={column.name!r}"]
        options += ["primary_key=True"] if primary else []
        options += ["null=True"] if column.nullable and not primary else []
        key = next((each for each in self.new.of(ForeignKey, column.parent) if each.columns == (column.id,)), None)
        target = self.new.get(key.ref_table or "") if key is not None else None
        if key is not None and isinstance(target, Table):
            action = _ACTIONS.get(key.on_delete, "DO_NOTHING")
            to = f"{self.app}.{model_name(target.name, self.app)}"
            return f"models.ForeignKey({to!r}, models.{action}, related_name='+', {', '.join(options)})"
        name, numbers, array = taken_apart(column.type)
        if primary and (column.identity or name.endswith("serial") or "nextval" in getattr(column.default, "text", "")):
            return f"models.{_COUNTING.get(name, 'BigAutoField')}({', '.join(options)})"
        if name in ("varchar", "character") and numbers and not array:
            return f"models.CharField(max_length={numbers[0]}, {', '.join(options)})"
        if name == "numeric" and len(numbers) == 2 and not array:
            precision = f"max_digits={numbers[0]}, decimal_places={numbers[1]}"
            return f"models.DecimalField({precision}, {', '.join(options)})"
        return f"models.{'TextField' if array else _FIELDS.get(name, 'TextField')}({', '.join(options)})"


def field_name(column: str) -> str:
    """Return what the field of a column is called: an identifier without two underscores in a row or one at its end."""
    name = re.sub(r"\W", "_", column.lower())
    name = re.sub(r"__+", "_", name).strip("_") or "field"
    return f"{'f' if not name[0].isalpha() else ''}{name}" if name != "pk" else "pk_field"

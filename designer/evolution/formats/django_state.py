"""What a migration means for Django's models: operations on its state, models called as the tables are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from designer.change import diff
from designer.change.change import Change
from designer.evolution.contract import Migration
from designer.evolution.hazards.casts import taken_apart
from designer.schema import Column, Design, ForeignKey, Id, Key, Schema, Table

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


class _Names:
    """What models and fields are called, each differently; the plain one of several that are alike comes first."""

    def __init__(self, design: Design, app: str):
        self.design = design
        tables = sorted(design.of(Table), key=lambda each: (each.name, each.id))
        self.models = _distinct({each.id: model_name(each.name, app) for each in tables})
        self.fields: dict[Id, str] = {}
        for table in tables:
            columns = sorted(
                design.of(Column, table.id), key=lambda each: (each.name != field_name(each.name), each.name)
            )
            self.fields |= _distinct({each.id: field_name(each.name) for each in columns})

    def table(self, table: Table) -> str:
        """Return the name of a table for Django, which leaves one alone that is quoted already."""
        home = self.design.get(table.parent or "")
        if not isinstance(home, Schema) or home.name == "public":
            return table.name
        return ".".join('"' + each.name.replace('"', '""') + '"' for each in (home, table))


def _distinct(names: Mapping[Id, str]) -> dict[Id, str]:
    """Return names that differ not only in case."""
    taken: set[str] = set()
    found: dict[Id, str] = {}
    for each, name in names.items():
        number, free = 1, name
        while free.lower() in taken:
            number += 1
            free = f"{name}{number}"
        taken.add(free.lower())
        found[each] = free
    return found


class _State:
    """The operations of one migration."""

    def __init__(self, migration: Migration, app: str):
        self.old, self.new, self.app = migration.old, migration.new, app
        self.before, self.after = _Names(self.old, app), _Names(self.new, app)

    def operations(self) -> Iterator[str]:
        change = diff(self.old, self.new)
        fresh = {each for each, record in change.added.items() if isinstance(record, Table)}
        gone = {each for each, record in change.removed.items() if isinstance(record, Table)}
        for column in self.columns(change.removed, self.old, gone):
            model = self.before.models[column.parent or ""]
            yield f"migrations.RemoveField({model!r}, {self.before.fields[column.id]!r})"
        for table in sorted(gone, key=self.before.models.__getitem__):
            yield f"migrations.DeleteModel({self.before.models[table]!r})"
        yield from self.renamed_models()
        yield from self.renamed_fields()
        for new in self.new.of(Table):
            if new.id in fresh:
                yield self.create(new)
        for column in self.columns(change.added, self.new, fresh):
            yield f"migrations.AddField({self.model(column)}, {self.field(column)})"
        for column in self.altered(change, fresh):
            yield f"migrations.AlterField({self.model(column)}, {self.field(column)})"

    def columns(self, wanted: Collection[Id], design: Design, but: set[Id]) -> Iterator[Column]:
        """Yield the columns of tables among some records, in their order, but for those of some tables."""
        for table in design.of(Table):
            if table.id not in but:
                yield from (each for each in design.of(Column, table.id) if each.id in wanted)

    def altered(self, change: Change, fresh: set[Id]) -> Iterator[Column]:
        """Yield the columns whose field becomes another one: by name, type, nulls, or a foreign key of theirs alone."""
        found = {
            each for each, fields in change.changed.items() if fields.keys() & {"name", "type", "nullable", "type_ref"}
        }
        for key in (*change.added.values(), *change.removed.values()):
            if isinstance(key, ForeignKey) and len(key.columns) == 1:
                found.add(key.columns[0])
        yield from self.columns({each for each in found if each in self.old}, self.new, fresh)

    def renamed_models(self) -> Iterator[str]:
        """Yield the models that have another name, or whose table has."""
        for table in self.new.of(Table):
            old = self.old.get(table.id)
            if not isinstance(old, Table):
                continue
            before, after = self.before.models[table.id], self.after.models[table.id]
            if before != after:
                yield f"migrations.RenameModel({before!r}, {after!r})"
            if self.before.table(old) != self.after.table(table):
                yield f"migrations.AlterModelTable({after!r}, {self.after.table(table)!r})"

    def renamed_fields(self) -> Iterator[str]:
        """Yield the fields that have another name, and then another column."""
        for table in self.new.of(Table):
            for column in self.new.of(Column, table.id):
                before, after = self.before.fields.get(column.id), self.after.fields[column.id]
                if before is not None and before != after:
                    yield f"migrations.RenameField({self.model(column)}, {before!r}, {after!r})"

    def model(self, column: Column) -> str:
        return repr(self.after.models[column.parent or ""])

    def create(self, table: Table) -> str:
        columns = self.new.of(Column, table.id)
        fields = [f"({self.field(column)})" for column in columns]
        primary = next((key for key in self.new.of(Key, table.id) if key.primary), None)
        if primary is not None and len(primary.columns) > 1:
            parts = ", ".join(repr(self.after.fields[each]) for each in primary.columns)
            fields.insert(0, f"('pk', models.CompositePrimaryKey({parts}))")
        listed = ", ".join(fields)
        options = f"{{'db_table': {self.after.table(table)!r}}}"
        return f"migrations.CreateModel({self.after.models[table.id]!r}, [{listed}], options={options})"

    def field(self, column: Column) -> str:
        """Return a field with its name, as the two arguments that operations take."""
        return f"{self.after.fields[column.id]!r}, {self.kind(column)}"

    def kind(self, column: Column) -> str:
        primary = any(key.primary and key.columns == (column.id,) for key in self.new.of(Key, column.parent))
        options = [f"db_column={column.name!r}"]
        options += ["primary_key=True"] if primary else []
        options += ["null=True"] if column.nullable and not primary else []
        key = next((each for each in self.new.of(ForeignKey, column.parent) if each.columns == (column.id,)), None)
        target = self.new.get(key.ref_table or "") if key is not None else None
        if key is not None and isinstance(target, Table):
            action = _ACTIONS.get(key.on_delete, "DO_NOTHING")
            to = f"{self.app}.{self.after.models[target.id]}"
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

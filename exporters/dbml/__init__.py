"""DBML, the language of dbdiagram.io and its relatives."""

from __future__ import annotations

from collections.abc import Iterator

from designer.schema import Column, Design, EnumType, Schema
from exporters.contract import Export, ExportProblem, Note, Options
from exporters.dbml import text
from exporters.dbml.groups import groups
from exporters.dbml.names import Names
from exporters.dbml.refs import RefWriter
from exporters.dbml.table import TableWriter
from exporters.losses import notes_on
from exporters.selection import Distinct, Selection, dialect_of, select

_CANNOT = (
    "generated", "collation", "column-option", "primary-name", "key-option", "index-option", "fk-option",
    "check-option", "table-option", "comment", "exclusion", "trigger", "policy", "partitioning", "inheritance", "view",
    "domain", "composite-type", "sequence", "routine", "extension", "publication", "statement", "governance",
)  # fmt: skip


class DbmlExporter:
    """Writes the tables, enums and foreign keys of a physical model as DBML."""

    name = "dbml"
    title = "DBML"
    extension = ".dbml"
    media_type = "text/vnd.dbml"
    can = (
        "tables in schemas, columns with types, NOT NULL, defaults, increment and notes",
        "primary and unique keys, indexes with method, name and expressions",
        "enums, checks, table notes",
        "foreign keys with name, several columns, actions and one-to-one",
        "areas of diagrams as table groups",
        "any name",
    )
    cannot = (
        "tables without columns, views, routines, triggers, policies, partitions, sequences, domains",
        "generated columns, collations, exclusions",
        "conditions, included columns, order and operator classes of indexes",
        "deferrable and NOT VALID constraints; names of primary keys of one column",
        "two foreign keys between the same columns",
        "a backtick inside an expression",
        "leading white space of notes",
    )

    def export(self, design: Design, options: Options) -> Export:
        """Return `schema.dbml`. Raises ExportProblem where the model has no tables by its nature."""
        selection = select(design, options)
        if selection.model.level != "physical":
            raise ExportProblem(
                f"DBML describes tables, and {selection.model.name or 'the model'} is a {selection.model.level} model; "
                "derive a physical model from it, or export Mermaid"
            )
        return _export(selection)


def _export(selection: Selection) -> Export:
    names = Names(selection)
    tables = TableWriter(selection.design, dialect_of(selection.model), names)
    refs = RefWriter(selection, names)
    group_lines, group_notes = groups(selection, names)
    lines = [*_project(selection), *_enums(selection, names)]
    for _, table in selection.tables():
        if table.id in names:
            lines += ["", *tables.lines(table)]
    ref_lines = list(refs.lines())
    lines += [*([""] if ref_lines else []), *ref_lines, *group_lines]
    notes = [*names.notes, *_empty(selection), *tables.notes, *refs.notes, *group_notes]
    return Export({"schema.dbml": "\n".join(lines) + "\n"}, notes + notes_on(selection, "DBML", _CANNOT))


def _project(selection: Selection) -> Iterator[str]:
    model = selection.model
    yield f"Project {text.name(model.name)} {{" if model.name else "Project {"
    yield f"  database_type: {text.string(dialect_of(model).title)}"
    if model.comment:
        yield f"  Note: {text.long_string(model.comment)}"
    yield "}"


def _enums(selection: Selection, names: Names) -> Iterator[str]:
    design = selection.design
    for home in (selection.model, *design.of(Schema, selection.model.id)):
        for enum in design.of(EnumType, home.id):
            if enum.id in names:
                distinct = Distinct()
                yield from ("", f"Enum {names[enum.id]} {{")
                yield from (f"  {text.name(distinct(value))}" for value in enum.values)
                yield "}"


def _empty(selection: Selection) -> Iterator[Note]:
    design = selection.design
    for _, table in selection.tables():
        if not design.of(Column, table.id):
            yield Note(f"the table {table.name} is left out: DBML needs at least one column", table.id, "no-columns")
    for home in (selection.model, *design.of(Schema, selection.model.id)):
        for enum in design.of(EnumType, home.id):
            if not enum.values:
                yield Note(f"the enum {enum.name} is left out: DBML needs at least one value", enum.id, "no-values")


EXPORTER = DbmlExporter()

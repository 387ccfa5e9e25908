"""The format `ddl`: a model as a script that a database accepts."""

from __future__ import annotations

from importlib import import_module

from designer.dialects import registry
from designer.dialects.base import Dialect
from designer.schema import Design, Entity, Model, first_physical, models
from exporters.contract import Export, ExportProblem, Options
from exporters.ddl.catalog import collect, limited
from exporters.ddl.notes import Notes
from exporters.ddl.speech import Speech
from exporters.ddl.translation import translated
from exporters.ddl.writer import Writer

WRITERS = {
    "postgresql": "exporters.ddl.postgresql:PostgresWriter",
    "mysql": "exporters.ddl.mysql:MySQLWriter",
    "mariadb": "exporters.ddl.mariadb:MariaWriter",
    "sqlite": "exporters.ddl.sqlite:SQLiteWriter",
}
"""Dialect -> its writer, imported when it is first asked for."""

DEFAULT_DIALECT = "postgresql"
"""What a model without a target is taken to be written in."""
_ONE_LANGUAGE = frozenset({"mysql", "mariadb"})
"""Dialects that read one another's words as they are."""


class DdlExporter:
    """SQL DDL."""

    name = "ddl"
    title = "SQL DDL"
    extension = ".sql"
    media_type = "application/sql"
    can = (
        "PostgreSQL 18: schemas, extensions, types, sequences, tables, keys, indexes, partitions, views, routines,"
        " triggers, policies, publications, comments",
        "MySQL 8.4 and MariaDB: tables, keys, indexes, partitions, views, routines, triggers, comments",
        "SQLite: tables, keys, indexes, views, triggers",
        "translation from one of these to another, with a note for each loss: see translation.md",
    )
    cannot = (
        "routines, triggers and verbatim statements in another dialect than their own: left out with a note",
        "views in another dialect where their query cannot be translated: left out with a note",
        "conceptual and logical models: derive a physical one first",
    )

    def export(self, design: Design, options: Options) -> Export:
        """Return one script. Raises ExportProblem for a model that is not physical, or an unknown dialect."""
        model = _model(design, options)
        source = _dialect(model.target or DEFAULT_DIALECT)
        target = _dialect(options.dialect) if options.dialect else source
        notes = Notes()
        catalog = collect(design, model)
        if options.elements is not None:
            catalog = limited(catalog, options.elements)
        if not _is_one_language(source, target):
            said = translated(catalog, source, target, notes)
            catalog = collect(said, said[model.id])  # type: ignore[arg-type]
            source = target
        speech = Speech(catalog, source, target, notes)
        script = _writer(target)(catalog, target, speech, notes).script()
        return Export({f"{_file_name(model)}.sql": script}, notes.all())


def _model(design: Design, options: Options) -> Model:
    if options.model is not None:
        model = design.get(options.model)
        if not isinstance(model, Model):
            raise ExportProblem(f"there is no model {options.model!r} in the design; choose one of its models")
    else:
        model = first_physical(design) or next(iter(models(design)), None)
        if model is None:
            raise ExportProblem("the design has no model, so there is nothing to export; add a physical model")
    if model.level != "physical" or _has_entities_only(design, model):
        raise ExportProblem(
            f"the model {model.name or model.id!r} is {model.level}, and DDL is written from tables;"
            " derive a physical model first"
        )
    return model


def _has_entities_only(design: Design, model: Model) -> bool:
    children = [design[each] for each in design.children(model.id)]
    return bool(children) and all(isinstance(child, Entity) for child in children)


def _dialect(name: str) -> Dialect:
    try:
        return registry.get(name)
    except KeyError as error:
        raise ExportProblem(str(error.args[0])) from None


def _is_one_language(source: Dialect, target: Dialect) -> bool:
    return source is target or {source.name, target.name} <= _ONE_LANGUAGE


def _writer(target: Dialect) -> type[Writer]:
    module, _, name = WRITERS[target.name].partition(":")
    writer: type[Writer] = getattr(import_module(module), name)
    return writer


def _file_name(model: Model) -> str:
    safe = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_") else "-" for letter in model.name
    )
    return safe.strip("-")[:60] or "schema"

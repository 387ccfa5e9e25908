"""What the inspector shows for a record: the pieces that its templates draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from designer.commands.names import called, word
from designer.dialects.base import Dialect
from designer.dialects.extensions import classes_for, options_of
from designer.dialects.menus import MENUS
from designer.schema import (
    Arc,
    Attribute,
    Check,
    Column,
    Design,
    Domain,
    DomainType,
    Entity,
    EnumType,
    Exclusion,
    ForeignKey,
    Generalization,
    Id,
    Identifier,
    Index,
    Key,
    Model,
    Named,
    Partitioning,
    Placement,
    Policy,
    Record,
    Relationship,
    Schema,
    Statement,
    Table,
    Trigger,
    View,
    kind_of,
)
from designer.schema.expressions import render
from designer.services.words import plural
from designer.web import inspector_concept_edits
from designer.web.inspector_concepts import concepts_of
from designer.web.inspector_fields import (
    COLUMN_LINE,
    Field,
    Mistake,
    dialect_for,
    field_of,
    fields_of,
    governance_of,
    spec_of,
)
from designer.web.parts_text import names_text, parts_text, written

METHODS = {
    "postgresql": ("btree", "hash", "gin", "gist", "spgist", "brin", "hnsw", "ivfflat"),
    "mysql": ("btree", "hash", "fulltext", "spatial"),
    "mariadb": ("btree", "hash", "fulltext", "spatial"),
}
PII = (
    "name",
    "email",
    "phone",
    "address",
    "birth date",
    "government id",
    "payment",
    "location",
    "health",
    "ip address",
)


@dataclass(slots=True)
class Item:
    """A record inside the one that is inspected: one line of words, and its fields when opened."""

    record: Record
    title: str
    fields: list[Field]
    open: bool = False
    error: str = ""
    depth: int = 0
    own_columns: str = ""
    their_columns: str = ""


@dataclass(slots=True)
class Section:
    """The items of one kind, with the action that adds another."""

    title: str
    items: list[Item]
    add: str = ""
    error: str = ""


@dataclass(slots=True)
class ColumnRow:
    """A column as a line of the table's inspector, with the rest behind it."""

    record: Column
    name: Field
    type: Field
    primary: bool
    foreign: bool
    unique: bool
    fields: list[Field]
    governance: list[Field]
    open: bool = False
    error: str = ""


@dataclass(slots=True)
class Looking:
    """What decides how a panel is drawn: the design, what stands open, and the mistake to show."""

    design: Design
    opened: frozenset[str] = frozenset()
    mistake: Mistake | None = None
    dialect: Dialect = field(init=False)

    def error_of(self, record: Id, *fields: str) -> str:
        """Return the sentence of the mistake if it is about the record and none of its fields shows it."""
        mistake = self.mistake
        return mistake.message if mistake and mistake.record == record and mistake.field in fields else ""


def panel(look: Looking, record: Record) -> tuple[str, dict[str, Any]]:
    """Return the template and what it draws for the record that was selected.

    What belongs to a table is shown in the table, opened at its place.
    """
    design = look.design
    if isinstance(record, Placement) and record.element in design:
        record = design[record.element or ""]
    parent = design.get(record.parent or "")
    if isinstance(record, Column | Key | ForeignKey | Index | Check | Exclusion | Trigger | Policy | Partitioning):
        if isinstance(parent, Table):
            look.opened |= {record.id}
            record = parent
    elif isinstance(record, Attribute | Identifier | Arc) and parent is not None:
        look.opened |= {record.id}
        record = _owner_of(design, parent)
    look.dialect = dialect_for(design, record)
    context = {
        "record": record,
        "kind": word(record),
        "name": _name_field(look, record),
        "error": look.error_of(record.id, ""),
        "fields": fields_of(design, record, look.dialect, look.mistake),
        "governance": governance_of(design, record, look.dialect, look.mistake),
        "open": look.opened,
        "lists": suggestions(design, record, look.dialect),
        **_of_kind(look, record),
    }
    return "designer/partials/_inspector_table.html" if isinstance(record, Table) else (
        "designer/partials/_inspector_record.html"
    ), context


def _owner_of(design: Design, parent: Record) -> Record:
    """Return the entity or relationship that an attribute belongs to, whatever composite one it is a part of."""
    above = design.get(parent.parent or "") if isinstance(parent, Attribute) else None
    return parent if above is None else _owner_of(design, above)


def _name_field(look: Looking, record: Record) -> Field | None:
    spec = spec_of(kind_of(record), "name")
    return (
        field_of(look.design, record, spec, look.dialect, look.mistake) if spec and isinstance(record, Named) else None
    )


def _of_kind(look: Looking, record: Record) -> dict[str, Any]:
    if isinstance(record, Table):
        return _table(look, record)
    rest = [f for f in fields_of(look.design, record, look.dialect, look.mistake) if f.spec.name != "name"]
    concepts = concepts_of(look.design, record, look.opened)
    told = {"error": look.mistake.message} if look.mistake and _is_of_concepts(look.design, look.mistake) else {}
    return {"fields": rest, "sections": _inner_sections(look, record), **concepts, **told}


def _is_of_concepts(design: Design, mistake: Mistake) -> bool:
    """Say whether a mistake is about a part of an entity whose forms have no place for a sentence of their own."""
    inner = isinstance(design.get(mistake.record), Arc | Identifier | Generalization)
    return mistake.field in inspector_concept_edits.ACTIONS or (inner and not mistake.field)


def _inner_sections(look: Looking, record: Record) -> list[Section]:
    if isinstance(record, View):
        return [_section(look, record.id, "Columns", Column), _section(look, record.id, "Indexes", Index)]
    if isinstance(record, DomainType):
        return [_section(look, record.id, "Checks", Check, "add-check")]
    if isinstance(record, Entity | Relationship):
        attributes = _section(look, record.id, "Attributes", Attribute, "add-attribute")
        attributes.items = [*_with_parts(look, attributes.items)]
        return [attributes]
    shown = [_section(look, record.id, "Attributes", Attribute), _section(look, record.id, "Identifiers", Identifier)]
    return [section for section in shown if section.items]


def _with_parts(look: Looking, items: list[Item], depth: int = 0) -> Iterator[Item]:
    """Return attributes with their parts after them."""
    for item in items:
        item.depth = depth
        yield item
        yield from _with_parts(
            look, [_item(look, each) for each in look.design.of(Attribute, item.record.id)], depth + 1
        )


def _table(look: Looking, table: Table) -> dict[str, Any]:
    design = look.design
    keys, foreign = design.of(Key, table.id), design.of(ForeignKey, table.id)
    sections = [
        _section(look, table.id, "Keys", Key, "add-key"),
        _section(look, table.id, "Foreign keys", ForeignKey, "add-foreign-key"),
        _section(look, table.id, "Indexes", Index, "add-index"),
        _section(look, table.id, "Checks", Check, "add-check"),
        _section(look, table.id, "Exclusions", Exclusion),
        _section(look, table.id, "Partitioning", Partitioning),
        _section(look, table.id, "Triggers", Trigger),
        _section(look, table.id, "Policies", Policy),
        _section(look, table.id, "Kept statements", Statement),
    ]
    return {
        "columns": [_column_row(look, column, keys, foreign) for column in design.of(Column, table.id)],
        "column_error": look.error_of(table.id, "add-column"),
        "sections": [section for section in sections if section.items or section.add],
        "schemas": _schemas(design, table),
        "schema_error": look.error_of(table.id, "schema"),
        "tables": tables_of(design, table) if _chooses_a_table(sections, look.opened) else [],
    }


def _chooses_a_table(sections: list[Section], opened: frozenset[str]) -> bool:
    """Whether a list of all tables is drawn, which in a large model is most of the panel."""
    foreign = next(section for section in sections if section.add == "add-foreign-key")
    return bool(foreign.error) or foreign.add in opened or any(item.open for item in foreign.items)


def _schemas(design: Design, table: Table) -> list[tuple[str, str, bool]]:
    model = design.model_of(table)
    if model is None:
        return []
    places = [(model.id, "–"), *((schema.id, schema.name) for schema in design.of(Schema, model.id))]
    return [(each, name, each == table.parent) for each, name in places]


def tables_of(design: Design, like: Record) -> list[tuple[str, str]]:
    """Return (id, name) of the tables in the model of a record, by name."""
    model = design.model_of(like)
    if model is None:
        return []
    parents = [model.id, *(schema.id for schema in design.of(Schema, model.id))]
    found = [table for parent in parents for table in design.of(Table, parent)]
    return sorted(((table.id, called(design, table)) for table in found), key=lambda pair: pair[1].lower())


def _column_row(look: Looking, column: Column, keys: list[Key], foreign: list[ForeignKey]) -> ColumnRow:
    design = look.design
    opened = column.id in look.opened or _about(look, column.id, "name", "type")

    def one(name: str) -> Field:
        return field_of(design, column, COLUMN_LINE[name], look.dialect, look.mistake)

    return ColumnRow(
        record=column,
        name=one("name"),
        type=one("type"),
        primary=any(key.primary and column.id in key.columns for key in keys),
        foreign=any(column.id in key.columns for key in foreign),
        unique=any(not key.primary and key.columns == (column.id,) for key in keys),
        fields=fields_of(design, column, look.dialect, look.mistake) if opened else [],
        governance=governance_of(design, column, look.dialect, look.mistake) if opened else [],
        open=opened,
        error=look.error_of(column.id, "", "nullable", "columns"),
    )


def _about(look: Looking, record: Id, *not_in: str) -> bool:
    return bool(look.mistake and look.mistake.record == record and look.mistake.field not in not_in)


def _section(look: Looking, parent: Id, title: str, kind: type[Record], add: str = "") -> Section:
    records = look.design.of(kind, parent)
    if kind is Key:
        records.sort(key=lambda key: not key.primary)  # type: ignore[attr-defined]
    return Section(title, [_item(look, record) for record in records], add, look.error_of(parent, add) if add else "")


def _item(look: Looking, record: Record) -> Item:
    opened = record.id in look.opened or _about(look, record.id)
    shown = fields_of(look.design, record, look.dialect, look.mistake) if opened else []
    named = {each.spec.name for each in shown}
    error = look.mistake.message if _about(look, record.id, *named) and look.mistake else ""
    item = Item(record, title_of(look.design, record, look.dialect), shown, opened, error)
    if isinstance(record, ForeignKey) and opened:
        item.own_columns = names_text(look.design, record.columns, look.dialect)
        item.their_columns = names_text(look.design, record.ref_columns, look.dialect) or ", ".join(
            record.missing_columns
        )
    return item


def title_of(design: Design, record: Record, dialect: Dialect) -> str:
    """Return a constraint or index in words: `PRIMARY KEY (id)`, `customer_id → customers (id)`."""
    if isinstance(record, Key):
        return f"{'PRIMARY KEY' if record.primary else 'UNIQUE'} ({names_text(design, record.columns, dialect)})"
    if isinstance(record, ForeignKey):
        target = design.get(record.ref_table or "")
        other = called(design, target) if target is not None else f"{record.missing_table} (not in this design)"
        return f"{names_text(design, record.columns, dialect)} → {other}"
    if isinstance(record, Index):
        return f"{record.name} ({parts_text(design, record.parts, dialect)})".strip()
    if isinstance(record, Check):
        text = render(record.expr, design, dialect.quote, dialect.unquote)
        return f"{record.name}: {text}" if record.name else text
    if isinstance(record, Exclusion | Partitioning):
        parts = parts_text(design, record.parts, dialect)
        return (
            f"{record.strategy} ({parts})" if isinstance(record, Partitioning) else f"{record.name} ({parts})".strip()
        )
    if isinstance(record, Statement):
        return " ".join(record.text.text.split())[:80]
    if isinstance(record, Attribute):
        return _attribute_title(design, record)
    return record.name if isinstance(record, Named) and record.name else word(record)


def _attribute_title(design: Design, attribute: Attribute) -> str:
    """Return an attribute with its marks, as people type it: `*number string(12)`, `{phone}?`."""
    owner = _owner_of(design, attribute)
    identifiers = design.of(Identifier, owner.id)
    primary = any(each.primary and attribute.id in each.attributes for each in identifiers)
    plain = f"/{attribute.name}" if attribute.derived else attribute.name
    name = f"{{{plain}}}" if attribute.multivalued else plain
    domain = design.get(attribute.domain or "")
    type_ = domain.name if isinstance(domain, Domain) else attribute.type
    return f"{'*' if primary else ''}{name}{'?' if attribute.optional else ''} {type_}".strip()


def suggestions(design: Design, record: Record, dialect: Dialect) -> list[tuple[str, list[str]]]:
    """Return the lists that fields suggest from: types of the database and the model, index methods, kinds of PII."""
    model = design.model_of(record)
    own = [
        each.name
        for kind in (EnumType, DomainType)
        for each in design.of(kind)
        if model and design.model_of(each) == model
    ]
    types = sorted(own) + [raw for raw, _ in MENUS[dialect.name] if raw not in own]
    domains = [each.name for each in design.of(Domain, model.id)] if model else []
    logical = [*domains, *(raw for raw, _ in MENUS[""])]
    return [
        ("types", types),
        ("logical", logical),
        ("methods", list(METHODS.get(dialect.name, ()))),
        *(_of_index(design, record, dialect) if isinstance(record, Index) and dialect.name == "postgresql" else ()),
        ("pii", list(PII)),
    ]


def _of_index(design: Design, index: Index, dialect: Dialect) -> list[tuple[str, list[str]]]:
    """Return the columns that an index may hold, each with the operator classes of its type, and usual options."""
    columns = design.of(Column, index.parent) if index.parent else []
    classes = [
        f"{written(column.name, dialect)} {name}"
        for column in columns
        for name, _ in classes_for(index.method, column.type)
    ]
    return [("classes", classes), ("options", list(options_of(index.method)))]


def overview(design: Design, model: Model | None) -> dict[str, Any]:
    """Return what a model holds, by kind, with the elements that have no box to click on."""
    if model is None:
        return {"model": None, "counts": [], "groups": []}
    own = [record for record in design.records() if record.id != model.id and design.model_of(record) == model]
    counts: dict[str, int] = {}
    for record in own:
        counts[word(record)] = counts.get(word(record), 0) + 1
    listed = [record for record in own if kind_of(record) in _LISTED]
    groups: dict[str, list[tuple[str, str]]] = {}
    for record in sorted(listed, key=lambda each: called(design, each).lower()):
        groups.setdefault(plural(word(record)), []).append((record.id, _listed_name(design, record)))
    return {
        "model": model,
        "counts": [
            (plural(name) if count > 1 else name, count)
            for name, count in sorted(counts.items())
            if name not in _UNCOUNTED
        ],
        "groups": sorted(groups.items()),
    }


def _listed_name(design: Design, record: Record) -> str:
    return (
        title_of(design, record, dialect_for(design, record))
        if isinstance(record, Statement)
        else called(design, record)
    )


_LISTED = (
    "enum_type", "domain_type", "composite_type", "sequence", "routine", "extension", "publication", "statement",
    "schema", "view", "diagram", "domain", "term", "access_pattern", "business_rule",
)  # fmt: skip
_UNCOUNTED = ("placement", "diagram", "area", "note", "derivation", "derived", "choice")

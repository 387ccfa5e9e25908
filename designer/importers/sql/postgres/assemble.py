"""From drafts to records: names become ids, stretches of text become expressions, siblings get their order."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from msgspec import structs

from designer.dialects.logical import logical_type
from designer.dialects.registry import get
from designer.importers.contract import model_name
from designer.importers.sql.postgres.catalog import Catalog, qualified
from designer.importers.sql.postgres.drafts import Draft, Part, Relation, Written
from designer.importers.sql.postgres.grammar import Node, walk
from designer.importers.sql.postgres.mentions import expression
from designer.importers.sql.postgres.world import DIALECT, World
from designer.schema import Column, Design, DomainType, ForeignKey, IndexPart, Record, View
from designer.schema import order as order_keys

_sequence = lru_cache(maxsize=512)(order_keys.sequence)


def assemble(world: World) -> Design:
    """Return the design that the drafts make."""
    catalog = world.catalog
    records: list[Record] = []
    catalog.model.fields = {"level": "physical", "target": DIALECT, "version": get(DIALECT).default_version}
    catalog.model.name = model_name(world.report.file)
    records.append(_record(catalog, catalog.model, ""))
    siblings: dict[tuple[str, type[Record]], list[Draft]] = {}
    for draft in catalog.drafts.values():
        if draft.cls is not Column and draft.parent is not None:
            siblings.setdefault((draft.parent.id, draft.cls), []).append(draft)
        if isinstance(draft, Relation) and draft.columns:
            records.extend(_columns(catalog, draft))
    for group in siblings.values():
        for draft, order in zip(group, _sequence(len(group)), strict=True):
            records.append(_record(catalog, draft, order))
    return Design(records)


def _columns(catalog: Catalog, relation: Relation) -> list[Column]:
    found: list[Column] = []
    parent = relation.id
    dialect = get(DIALECT)
    for draft, order in zip(relation.columns.values(), _sequence(len(relation.columns)), strict=True):
        values: dict[str, Any] = {}
        for name, value in draft.fields.items():
            if name == "type_node":
                catalog.path = draft.path or catalog.path
                type_ref = type_id(catalog, value)
                if type_ref is not None:
                    values["type_ref"] = type_ref
            elif type(value) is Written:
                values[name] = expression(value, catalog)
            else:
                values[name] = value
        values["logical"] = logical_type(draft.fields["type"], dialect)
        column = Column(id=draft.id, parent=parent, order=order, name=draft.name, comment=draft.comment, **values)
        found.append(structs.replace(column, extra=draft.extra) if draft.extra else column)
    return found


def type_id(catalog: Catalog, type_node: Node) -> str | None:
    """Return the id of the enum, domain or row type that a type name means, where it is one of the script."""
    found = catalog.row_or_type(*qualified(type_node.get("names")))
    return found.id if found is not None else None


def _record(catalog: Catalog, draft: Draft, order: str) -> Record:
    special = _SPECIAL.get(draft.cls)
    catalog.path = draft.path or catalog.path
    values = special(catalog, draft) if special else {}
    kept = draft.cls.__struct_fields__  # a draft knows more than its record: what is still to be resolved
    for name, value in draft.fields.items():
        if name not in values and name in kept:
            values[name] = _plain(catalog, value)
    if draft.name and "name" in draft.cls.__struct_fields__:
        values["name"] = draft.name
    parent = draft.parent.id if draft.parent is not None else None
    return draft.cls(id=draft.id, parent=parent, order=order, comment=draft.comment, extra=draft.extra, **values)


def _plain(catalog: Catalog, value: Any) -> Any:
    if isinstance(value, Written):
        return expression(value, catalog)
    if isinstance(value, Draft):
        return value.id
    if isinstance(value, Part):
        return _part(catalog, value)
    if isinstance(value, list):
        return tuple(_plain(catalog, each) for each in value)
    return value


def _part(catalog: Catalog, part: Part) -> IndexPart:
    if part.written is None:
        return IndexPart(column=part.column.id if part.column else None, **part.fields)
    return IndexPart(expr=expression(part.written, catalog), **part.fields)


def _foreign_key(catalog: Catalog, draft: Draft) -> dict[str, Any]:
    fields = draft.fields
    target: Relation | None = fields["target"]
    if target is not None and target.id in catalog.drafts:
        columns = fields.get("target_columns") or []
        return {"ref_table": target.id, "ref_columns": tuple(column.id for column in columns if column is not None)}
    node = fields["target_node"]
    schema = node.get("schemaname", "")
    quote = get(DIALECT).quote
    name = f"{quote(schema)}.{quote(node['relname'])}" if schema else quote(node["relname"])
    return {"missing_table": name, "missing_columns": tuple(fields["target_names"])}


def _view(catalog: Catalog, draft: Draft) -> dict[str, Any]:
    return {"depends_on": tuple(dict.fromkeys(_relations_in(catalog, draft.fields["depends_on"], draft.id)))}


def _relations_in(catalog: Catalog, node: Any, own: str) -> list[str]:
    found: list[str] = []
    for key, value in walk(node):
        if key == "RangeVar":
            draft = catalog.range(value)
            if draft is not None and draft.id != own:
                found.append(draft.id)
        elif key == "FuncCall":
            found.extend(routine.id for routine in catalog.find_routines(*qualified(value["funcname"])))
    return found


def _domain(catalog: Catalog, draft: Draft) -> dict[str, Any]:
    return {"type_ref": type_id(catalog, draft.fields["type_node"])}


_SPECIAL: dict[type[Record], Callable[[Catalog, Draft], dict[str, Any]]] = {
    ForeignKey: _foreign_key,
    View: _view,
    DomainType: _domain,
}

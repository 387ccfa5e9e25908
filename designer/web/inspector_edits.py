"""What is typed in the inspector, as commands. Each action of the forms is one function here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import QueryDict

from designer.commands import (
    Edit,
    Refused,
    attributes,
    checks,
    columns,
    diagrams,
    edit,
    foreign_keys,
    identifiers,
    indexes,
    keys,
    tables,
)
from designer.commands.expressions import expression
from designer.commands.keys import primary_key
from designer.dialects.base import Dialect
from designer.schema import (
    Attribute,
    Check,
    Column,
    CompositeField,
    Design,
    Diagram,
    Expr,
    ForeignKey,
    Identifier,
    Index,
    Key,
    Model,
    Record,
    Table,
    new_id,
)
from designer.web import inspector_concept_edits
from designer.web.inspector_fields import Spec, dialect_for, shown, spec_of
from designer.web.parts_text import columns_in, parts_in, split_list

Command = Callable[[Design], Edit]
ON = ("1", "on", "true")


def command(record_id: str, form: QueryDict) -> Command:
    """Return the command that a form of the inspector means."""
    action = ACTIONS.get(form.get("action", "set"))
    if action is None:
        raise Refused("this form asks for something that the inspector cannot do")

    def run(design: Design) -> Edit:
        record = design.get(record_id)
        if record is None:
            raise Refused("this is not there any more; somebody may have removed it")
        if not isinstance(record, _ABOUT.get(form.get("action", ""), Record)):
            raise Refused("this form is about something else than what it was sent for; select it again")
        return action(design, record, form)

    return run


def _set(design: Design, record: Record, form: QueryDict) -> Edit:
    name, text = form.get("field", ""), form.get("value", "")
    kind = str(type(record).__struct_config__.tag)
    spec = spec_of(kind, name)
    if spec is None:
        raise Refused("there is no such field", name)
    dialect = dialect_for(design, record)
    if spec.widget != "check" and text == str(shown(design, getattr(record, name), spec, dialect)):
        return edit.set_fields(design, record.id, {})
    special = _SPECIAL.get((type(record), name))
    if special is not None:
        return special(design, record, text, dialect)
    return edit.set_fields(design, record.id, {name: _value(design, record, spec, text, dialect)})


def _value(design: Design, record: Record, spec: Spec, text: str, dialect: Dialect) -> Any:
    owner = record.parent or ""
    if spec.widget == "check":
        return text in ON
    if spec.widget == "number":
        return _number(text, spec)
    if spec.widget == "columns":
        return columns_in(design, owner, text, dialect)
    if spec.widget.partition(":")[0] == "parts":
        return parts_in(design, owner, text, dialect)
    if spec.widget in ("lines", "tags", "composite"):
        pieces = split_list(text) if spec.widget == "tags" else [line.rstrip("\r") for line in text.split("\n")]
        kept = tuple(piece for piece in pieces if piece.strip())
        return tuple(map(_composite_field, kept)) if spec.widget == "composite" else kept
    if spec.widget in ("mono", "code") and spec.name in _EXPRESSIONS.get(type(record).__name__, ()):
        return _expr(design, record, spec.name, text)
    return text if spec.widget in ("area", "code") else text.strip()


_EXPRESSIONS: dict[str, tuple[str, ...]] = {
    "DomainType": ("default",),
    "Exclusion": ("where",),
    "View": ("query",),
    "Routine": ("text",),
    "Trigger": ("text",),
    "Policy": ("using", "with_check"),
    "Publication": ("text",),
    "Statement": ("text",),
}
_OPTIONAL = {"default", "where", "using", "with_check"}


def _expr(design: Design, record: Record, name: str, text: str) -> Expr | None:
    if not text.strip() and name in _OPTIONAL:
        return None
    body = text.replace("\r\n", "\n")
    table = record.parent if isinstance(design.get(record.parent or ""), Table) else None
    return expression(design, table, body) if table and name in _OPTIONAL else Expr(body.strip())


def _number(text: str, spec: Spec) -> int | None:
    if not text.strip():
        return None
    try:
        return int(text.strip().replace("_", ""))
    except ValueError:
        raise Refused(f"{spec.label} takes a whole number, or nothing", spec.name) from None


def _composite_field(line: str) -> CompositeField:
    name, _, raw = line.strip().partition(" ")
    if not raw.strip():
        raise Refused(f"the field {name} needs a type after its name, for example: {name} text", "fields")
    return CompositeField(name=name, type=raw.strip())


def _set_generated_kind(design: Design, record: Column, text: str) -> Edit:
    if record.generated is None:
        raise Refused("give the expression first that it is generated from", "generated_kind")
    return edit.set_fields(design, record.id, {"generated_kind": text or "stored"})


_SPECIAL: dict[tuple[type[Record], str], Callable[[Design, Any, str, Dialect], Edit]] = {
    (Column, "type"): lambda design, record, text, _: columns.set_type(design, record.id, text),
    (Column, "default"): lambda design, record, text, _: checks.set_default(design, record.id, text),
    (Column, "generated"): lambda design, record, text, _: checks.set_generated(
        design, record.id, text, record.generated_kind or "stored"
    ),
    (Column, "generated_kind"): lambda design, record, text, _: _set_generated_kind(design, record, text),
    (Check, "expr"): lambda design, record, text, _: checks.set_condition(design, record.id, text),
    (Key, "columns"): lambda design, record, text, dialect: keys.set_key_columns(
        design, record.id, columns_in(design, record.parent or "", text, dialect)
    ),
    (Index, "parts"): lambda design, record, text, dialect: indexes.set_parts(
        design, record.id, parts_in(design, record.parent or "", text, dialect)
    ),
    (Index, "where"): lambda design, record, text, _: indexes.set_where(design, record.id, text),
    (Attribute, "type"): lambda design, record, text, _: attributes.set_attribute_type(design, record.id, text),
    (Identifier, "primary"): lambda design, record, text, _: identifiers.make_primary(design, record.id, text in ON),
}


def _delete(design: Design, record: Record, form: QueryDict) -> Edit:  # noqa: ARG001 - as every action
    return edit.delete(design, [record.id])


def _add_column(design: Design, record: Record, form: QueryDict) -> Edit:
    given = {name: text for name in ("name", "type") if (text := form.get(name, "").strip())}
    return columns.add_column(design, record.id, given, new_id, form.get("after") or None)


def _move_column(design: Design, record: Record, form: QueryDict) -> Edit:
    siblings = [each.id for each in design.of(Column, record.parent or "")]
    at = siblings.index(record.id)
    if form.get("way") == "up":
        if at == 0:
            raise Refused("this column is the first already")
        return columns.move_column(design, record.id, siblings[at - 1])
    if at == len(siblings) - 1:
        raise Refused("this column is the last already")
    return columns.move_column(design, record.id, siblings[at + 2] if at + 2 < len(siblings) else None)


def _set_primary(design: Design, record: Record, form: QueryDict) -> Edit:
    """Put one column into the primary key of its table, at the end, or take it out."""
    table = record.parent or ""
    key = primary_key(design, table)
    members = [each for each in (key.columns if key else ()) if each != record.id]
    wanted = [*members, record.id] if form.get("value") in ON else members
    return keys.set_primary_key(design, table, wanted, new_id)


def _set_unique(design: Design, record: Record, form: QueryDict) -> Edit:
    return keys.set_unique(design, record.id, form.get("value") in ON, new_id)


def _set_schema(design: Design, record: Record, form: QueryDict) -> Edit:
    return tables.move_to_schema(design, record.id, form.get("value", ""))


def _add_key(design: Design, record: Record, form: QueryDict) -> Edit:
    chosen = columns_in(design, record.id, form.get("columns", ""), dialect_for(design, record))
    if form.get("primary") in ON:
        if not chosen:
            raise Refused("a primary key needs at least one column; type its name", "columns")
        return keys.set_primary_key(design, record.id, chosen, new_id)
    return keys.add_unique(design, record.id, chosen, new_id, form.get("name", "").strip())


def _reference(design: Design, table: str, form: QueryDict) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Return (columns, referenced table, referenced columns) of a foreign key form.

    Without referenced columns the primary key of the other table is meant, as in SQL.
    """
    target = design.get(form.get("ref_table", ""))
    if not isinstance(target, Table):
        raise Refused("choose the table that the foreign key refers to", "ref_table")
    dialect = dialect_for(design, target)
    own = columns_in(design, table, form.get("columns", ""), dialect)
    written = (
        form.get("ref_columns", "").strip()
        if form.get("ref_table") == form.get("ref_table_was", form.get("ref_table"))
        else ""
    )
    theirs = columns_in(design, target.id, written, dialect) if written else ()
    return own, target.id, theirs or tuple(each.id for each in foreign_keys.key_columns(design, target))


def _add_foreign_key(design: Design, record: Record, form: QueryDict) -> Edit:
    if not form.get("columns", "").strip():
        return foreign_keys.connect(design, record.id, form.get("ref_table", ""), new_id, optional=True)
    own, target, theirs = _reference(design, record.id, form)
    return foreign_keys.add_foreign_key(
        design, record.id, own, target, theirs, new_id, on_delete=form.get("on_delete", "")
    )


def _set_reference(design: Design, record: Record, form: QueryDict) -> Edit:
    return foreign_keys.set_reference(design, record.id, *_reference(design, record.parent or "", form))


def _add_index(design: Design, record: Record, form: QueryDict) -> Edit:
    parts = parts_in(design, record.id, form.get("parts", ""), dialect_for(design, record))
    return indexes.add_index(design, record.id, parts, new_id, unique=form.get("unique") in ON)


def _add_check(design: Design, record: Record, form: QueryDict) -> Edit:
    return checks.add_check(design, record.id, form.get("expr", ""), new_id)


def _add_attribute(design: Design, record: Record, form: QueryDict) -> Edit:
    return attributes.add_attributes_text(design, record.id, form.get("text", "").replace("\r\n", "\n"), new_id)


def _add_table(design: Design, record: Record, form: QueryDict) -> Edit:
    return tables.add_table(design, record.id, form.get("name", "").strip() or None, new_id)


def _add_diagram(design: Design, record: Record, form: QueryDict) -> Edit:
    return diagrams.add_diagram(design, record.id, form.get("name", "").strip() or "New diagram", new_id)


def _take_off(design: Design, record: Record, form: QueryDict) -> Edit:
    return diagrams.take_off(design, record.id, form.getlist("element"))


ACTIONS: dict[str, Callable[[Design, Record, QueryDict], Edit]] = {
    "set": _set,
    "delete": _delete,
    "add-column": _add_column,
    "move-column": _move_column,
    "set-primary": _set_primary,
    "set-unique": _set_unique,
    "set-schema": _set_schema,
    "add-key": _add_key,
    "add-foreign-key": _add_foreign_key,
    "set-reference": _set_reference,
    "add-index": _add_index,
    "add-check": _add_check,
    "add-attribute": _add_attribute,
    "add-table": _add_table,
    "add-diagram": _add_diagram,
    "take-off": _take_off,
    **inspector_concept_edits.ACTIONS,
}

_ABOUT: dict[str, type[Record]] = {
    "move-column": Column,
    "set-primary": Column,
    "set-unique": Column,
    "set-schema": Table,
    "set-reference": ForeignKey,
    "add-diagram": Model,
    "take-off": Diagram,
    **inspector_concept_edits.ABOUT,
}
"""The kind that an action is about; the commands themselves refuse what the others cannot be done to."""

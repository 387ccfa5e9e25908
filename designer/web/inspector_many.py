"""The inspector of several selected records: what they have in common, and one edit for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from designer.commands import Edit, Refused, checks, columns, edit, indexes, keys, tables
from designer.commands.keys import primary_key
from designer.commands.many import Step, together
from designer.commands.names import called, word
from designer.schema import (
    Column,
    Design,
    Entity,
    Id,
    IndexPart,
    Model,
    Placement,
    Record,
    Relationship,
    Schema,
    Table,
    View,
    new_id,
)
from designer.services.words import counted, plural
from designer.web.inspector_fields import GOVERNANCE, Spec, dialect_for, shown
from designer.web.inspector_panels import suggestions
from designer.web.parts_text import split_list

MIXED = object()
"""The value of a field that the selected records do not agree on."""

_YES = (("1", "may be null"), ("0", "not null"))
_COLOURS = (("", "standard"), *((each, f"colour {each}") for each in "123456"))
_DETAILS = (("", "as the diagram"), ("all", "all columns"), ("keys", "keys only"), ("names", "names only"))
_COMMENT = Spec("comment", "Comment", "area")
_GOVERNED = tuple(spec for spec in GOVERNANCE if spec.name != "tags")
_COLUMN = (
    Spec("type", "Type", "list:types"),
    Spec("nullable", "Null", "choice", _YES),
    Spec("default", "Default", "mono", hint="0, 'new', now()"),
)
_DRAWN = (Spec("colour", "Colour", "choice", _COLOURS), Spec("detail", "Shows", "choice", _DETAILS))
_ON_DIAGRAMS = (Table, View, Entity, Relationship)


@dataclass(slots=True)
class ManyField:
    """A field of several records: the value that all have, or that they differ."""

    spec: Spec
    value: Any
    error: str = ""
    typed: str = ""

    @property
    def id(self) -> str:
        """The id of its input."""
        return f"many-{self.spec.name}"

    @property
    def mixed(self) -> bool:
        """Whether the records differ in it."""
        return self.value is MIXED

    @property
    def text(self) -> str:
        """What its input shows."""
        return self.typed or ("" if self.mixed else str(self.value))

    @property
    def widget(self) -> str:
        """The widget without its argument."""
        return self.spec.widget.partition(":")[0]

    @property
    def datalist(self) -> str:
        """The id of the list of suggestions, if the widget has one."""
        return self.spec.widget.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused in the panel of several: the field, what was typed, and the sentence."""

    field: str
    value: str
    message: str


def panel(design: Design, records: list[Record], diagram: Id, refusal: Refusal | None = None) -> dict[str, Any]:
    """Return what the template of several records draws."""
    fields = [_field(design, records, spec, diagram, refusal) for spec in specs(design, records)]
    named = {field.spec.name for field in fields} | {"add-tag"}
    return {
        "title": _title(records),
        "names": [(word(record), called(design, record)) for record in records[:200]],
        "more": max(0, len(records) - 200),
        "count": len(records),
        "ids": ",".join(record.id for record in records),
        "diagram": diagram,
        "fields": fields,
        "tags": sorted({tag for record in records for tag in record.tags}),
        "everywhere": set.intersection(*(set(record.tags) for record in records)) if records else set(),
        "tag_error": refusal.message if refusal and refusal.field == "add-tag" else "",
        "error": refusal.message if refusal and refusal.field not in named else "",
        "is_model": any(isinstance(record, Model) for record in records),
        "one_table": _table_of(records) if records else None,
        "lists": suggestions(design, records[0], dialect_for(design, records[0])) if records else [],
    }


def _title(records: list[Record]) -> str:
    kinds = {word(record) for record in records}
    return f"{counted(len(records), kinds.pop())}" if len(kinds) == 1 else f"{len(records)} elements"


def specs(design: Design, records: list[Record]) -> tuple[Spec, ...]:
    """Return the fields that can be set in all of the records at once."""
    if not records or any(isinstance(record, Model) for record in records):
        return ()
    own: tuple[Spec, ...] = ()
    if all(isinstance(record, Column) for record in records):
        own = _COLUMN
    elif all(isinstance(record, _ON_DIAGRAMS) for record in records):
        own = (*_DRAWN, *_schema_spec(design, records))
    return (*own, _COMMENT, *_GOVERNED)


def _schema_spec(design: Design, records: list[Record]) -> tuple[Spec, ...]:
    models = {model.id for record in records if (model := design.model_of(record)) is not None}
    if len(models) != 1 or not all(isinstance(record, Table) for record in records):
        return ()
    (home,) = models
    choices = ((home, "–"), *((schema.id, schema.name) for schema in design.of(Schema, home)))
    return (Spec("schema", "Schema", "choice", choices),) if len(choices) > 1 else ()


def _field(design: Design, records: list[Record], spec: Spec, diagram: Id, refusal: Refusal | None) -> ManyField:
    values = {_shown(design, record, spec, diagram) for record in records}
    field = ManyField(spec, values.pop() if len(values) == 1 else MIXED)
    if refusal and refusal.field == spec.name:
        field.error, field.typed = refusal.message, refusal.value
    return field


def _shown(design: Design, record: Record, spec: Spec, diagram: Id) -> str:
    if spec.name in ("colour", "detail"):
        return next((getattr(each, spec.name) for each in _placements(design, [record], diagram)), "")
    if spec.name == "schema":
        return record.parent or ""
    if spec.name == "nullable":
        return "1" if getattr(record, "nullable", True) else "0"
    return str(shown(design, getattr(record, spec.name), spec, dialect_for(design, record)))


def _placements(design: Design, records: Iterable[Record], diagram: Id) -> list[Placement]:
    wanted = {record.id for record in records}
    return [each for each in design.of(Placement, diagram) if each.element in wanted]


def _table_of(records: list[Record]) -> Id | None:
    """Return the one table that all of the records are columns of."""
    parents = {record.parent for record in records if isinstance(record, Column)}
    return parents.pop() if len(parents) == 1 and all(isinstance(record, Column) for record in records) else None


def command(ids: list[Id], form: QueryDict) -> Step:
    """Return the command that a form of this panel means, for the records that are still there."""
    action = ACTIONS.get(form.get("action", "delete"))
    if action is None:
        raise Refused("this form asks for something that the inspector cannot do")

    def run(design: Design) -> Edit:
        records = [design[each] for each in ids if each in design and not isinstance(design[each], Placement)]
        if not records:
            raise Refused("nothing is left of what was selected; somebody may have removed it")
        return action(design, records, form)

    return run


def _set(design: Design, records: list[Record], form: QueryDict) -> Edit:
    name, text = form.get("field", ""), form.get("value", "")
    spec = next((each for each in specs(design, records) if each.name == name), None)
    if spec is None:
        raise Refused("these have no such field in common", name)
    drawn = name in ("colour", "detail")
    targets: list[Any] = list(records)
    if drawn:
        targets = list(_placements(design, records, form.get("diagram", "")))
        if not targets:
            raise Refused("none of these stands on this diagram, so there is nothing to draw differently", name)
    steps = [_step(record, name, text) for record in targets]
    words = dict(spec.choices).get(text, text.strip()) or "nothing"
    return together(design, f"Set {spec.label.lower()} of {_title(records)} to {words}", steps)


def _step(record: Record, name: str, text: str) -> Step:
    special = _SETTERS.get(name)
    if special is not None:
        return lambda design: special(design, record.id, text)
    value = text if name == "comment" else text.strip()
    return lambda design: edit.set_fields(design, record.id, {name: value})


def _set_nullable(design: Design, column: Id, text: str) -> Edit:
    record = design[column]
    key = primary_key(design, record.parent or "")
    if text == "1" and key is not None and column in key.columns:
        name = called(design, record)
        raise Refused(f"{name} belongs to a primary key, so it always has a value; leave it out of the selection")
    return edit.set_fields(design, column, {"nullable": text == "1"})


_SETTERS: dict[str, Callable[[Design, Id, str], Edit]] = {
    "type": columns.set_type,
    "default": checks.set_default,
    "nullable": _set_nullable,
    "schema": tables.move_to_schema,
}


def _add_tag(design: Design, records: list[Record], form: QueryDict) -> Edit:
    new = [tag.strip() for tag in split_list(form.get("value", "")) if tag.strip()]
    if not new:
        raise Refused("type a tag to add, for example: billing", "add-tag")

    def step(record: Record) -> Step:
        kept = (*record.tags, *(tag for tag in dict.fromkeys(new) if tag not in record.tags))
        return lambda design: edit.set_fields(design, record.id, {"tags": kept})

    return together(design, f"Tag {_title(records)} {', '.join(new)}", map(step, records))


def _remove_tag(design: Design, records: list[Record], form: QueryDict) -> Edit:
    gone = form.get("value", "")

    def step(record: Record) -> Step:
        kept = tuple(tag for tag in record.tags if tag != gone)
        return lambda design: edit.set_fields(design, record.id, {"tags": kept})

    return together(design, f"Take the tag {gone} off {_title(records)}", map(step, records))


def _columns(records: list[Record], what: str) -> tuple[Id, list[Id]]:
    table = _table_of(records)
    if table is None:
        raise Refused(f"{what} holds columns of one table only; select columns of one table")
    return table, [record.id for record in records]


def _make_primary(design: Design, records: list[Record], form: QueryDict) -> Edit:  # noqa: ARG001 - as every action
    table, members = _columns(records, "a primary key")
    return keys.set_primary_key(design, table, members, new_id)


def _make_unique(design: Design, records: list[Record], form: QueryDict) -> Edit:  # noqa: ARG001 - as every action
    table, members = _columns(records, "a unique key")
    return keys.add_unique(design, table, members, new_id)


def _add_index(design: Design, records: list[Record], form: QueryDict) -> Edit:  # noqa: ARG001 - as every action
    table, members = _columns(records, "an index")
    return indexes.add_index(design, table, [IndexPart(column=each) for each in members], new_id)


def _delete(design: Design, records: list[Record], form: QueryDict) -> Edit:  # noqa: ARG001 - as every action
    done = edit.delete(design, [record.id for record in records])
    kinds = {word(record) for record in records}
    if len(records) == 1 or len(kinds) > 1:
        return done
    return Edit(done.change, f"Delete {len(records)} {plural(kinds.pop())}", done.made, done.notes)


ACTIONS: dict[str, Callable[[Design, list[Record], QueryDict], Edit]] = {
    "set": _set,
    "add-tag": _add_tag,
    "remove-tag": _remove_tag,
    "primary-key": _make_primary,
    "unique": _make_unique,
    "add-index": _add_index,
    "delete": _delete,
}

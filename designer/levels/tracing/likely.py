"""Questions about what looks like a deliberate deviation, by names and types. They are questions, never findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from designer.commands.names import singular
from designer.levels.called import called
from designer.levels.tracing.deviating import explained
from designer.levels.tracing.mentions import mentions
from designer.schema import (
    Attribute,
    Column,
    Design,
    Entity,
    ForeignKey,
    Id,
    Key,
    Record,
    Relationship,
    Table,
    Trigger,
    View,
)  # fmt: skip
from designer.schema.references import referred_ids

_COUNTER = re.compile(
    r"^(?:(?P<of>.+?)s?_(?:count|counter|counts|cnt)|(?:num_of|number_of|count_of|num|nb)_(?P<after>.+))$"
)
_TOTAL = re.compile(r"^(?:total|sum|subtotal|grand_total|avg|average|balance)(?:_.+)?$|^.+_(?:total|sum|avg|average)$")
_CACHED = re.compile(r"^(?:cached|denormali[sz]ed|denorm)_|_(?:cache|cached|denormali[sz]ed)$")
_WORDS = re.compile(
    r"denormali[sz]|snapshot of|at the time|for history|historical copy|cached copy|redundan", re.IGNORECASE
)
_NUMBER = re.compile(r"^(?:smallint|int|integer|bigint|decimal|numeric|float|double|real|money)", re.IGNORECASE)
_JSON = re.compile(r"^jsonb?\b", re.IGNORECASE)
_COMMON = frozenset({
    "id", "created_at", "updated_at", "deleted_at", "created_by", "updated_by", "status", "state", "type", "version",
    "position", "order", "active", "enabled", "notes", "comment", "comments", "uuid", "slug", "description", "name",
    "value", "rank", "definition", "kind", "title", "label", "code", "amount", "quantity", "language", "locale", "url",
    "path", "date", "start_date", "end_date", "valid_from", "valid_to", "note", "remark", "remarks", "text", "body",
    "content", "data", "metadata", "settings", "sort_order", "is_active", "key", "category", "priority", "color",
    "number", "level", "image", "icon", "hash", "size", "start", "end", "min", "max", "count", "total", "balance",
    "visible",
})  # fmt: skip
"""Names that two tables may well have both without one being a copy of the other."""
_CONVENTION = 3
"""A name that more tables have is a convention of the model."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question: is this deliberate? `sources` and `kept_by` are what it would repeat, and what seems to keep it."""

    about: Id
    kind: str
    question: str
    sources: tuple[Id, ...] = ()
    kept_by: tuple[Id, ...] = ()


def suggestions(design: Design, model: Id) -> list[Suggestion]:
    """Return the questions about a model, table by table; none about what somebody marked already."""
    views = [each for each in design.of(View) if each.materialized and _in_model(design, each, model)]
    found = [_of_view(design, view) for view in views]
    names = _names(design)
    for table in design.of(Table):
        if table.partition_of is None and _in_model(design, table, model):
            found += of_table(design, table.id, names)
    for entity in design.of(Entity, model):
        found += _of_entity(design, entity)
    return [each for each in found if explained(design, [each.about]) is None]


def about(design: Design, record: Record) -> Suggestion | None:
    """Return the question about one column, view or attribute, if there is one and nobody has answered it."""
    asked: list[Suggestion] = []
    if isinstance(record, Column) and record.parent is not None:
        asked = of_table(design, record.parent, _names(design))
    elif isinstance(record, Attribute) and isinstance(entity := design.get(record.parent or ""), Entity):
        asked = list(_of_entity(design, entity))
    elif isinstance(record, View) and record.materialized:
        asked = [_of_view(design, record)]
    found = next((each for each in asked if each.about == record.id), None)
    return found if found is not None and explained(design, [record.id]) is None else None


def _of_view(design: Design, view: View) -> Suggestion:
    question = f"{called(design, view)} keeps the rows of a query: what refreshes it, and how old may they be?"
    return Suggestion(view.id, "materialized_view", question, view.depends_on)


def _in_model(design: Design, record: Record, model: Id) -> bool:
    found = design.model_of(record)
    return found is not None and found.id == model


def _names(design: Design) -> Counter[str]:
    """Return how many columns have each name."""
    return Counter(column.name.lower() for column in design.of(Column))


def of_table(design: Design, table: Id, names: Counter[str]) -> list[Suggestion]:
    """Return the questions about the columns of one table, each column at most once, marked ones included."""
    in_keys = _in_keys(design, table)
    parents = [each for each in design.of(ForeignKey, table) if each.ref_table in design and each.ref_table != table]
    found: list[Suggestion] = []
    for column in design.of(Column, table):
        if column.id in in_keys or column.generated is not None:
            continue
        asked = next(_questions(design, column, parents, names), None)
        if asked is not None:
            found.append(_with_keepers(design, column, asked))
    return found


def _in_keys(design: Design, table: Id) -> set[Id]:
    keys = [each for each in design.of(Key, table) if each.primary or len(each.columns) == 1]
    found = {column for key in keys for column in key.columns}
    return found | {column for key in design.of(ForeignKey, table) for column in key.columns}


def _questions(design: Design, column: Column, parents: list[ForeignKey], names: Counter[str]) -> Iterator[Suggestion]:
    """Yield the questions about a column, the surest first."""
    yield from _copies(design, column, parents, names)
    yield from _counters(design, column)
    yield from _documents(column, called(design, column))
    name = called(design, column)
    if _WORDS.search(column.comment):
        yield Suggestion(
            column.id, "snapshot_copy", f"{name} is called a copy in its comment: of what, and does it follow?"
        )
    elif _CACHED.search(column.name.lower()):
        yield Suggestion(
            column.id, "derived_column", f"{name} is kept by its name: computed from what, and when again?"
        )


def _copies(design: Design, column: Column, parents: list[ForeignKey], names: Counter[str]) -> Iterator[Suggestion]:
    """`order_items.product_name` beside a foreign key to products, which has a `name`."""
    for key in parents:
        parent = design[key.ref_table or ""]
        theirs = _original(design, column, parent, names) if isinstance(parent, Table) else None
        if theirs is not None:
            name, other = called(design, column), called(design, theirs)
            kept = _WORDS.search(column.comment)
            asks = "as it was then, or must it follow?" if not kept else "as it was then?"
            yield Suggestion(column.id, "snapshot_copy", f"{name} repeats {other}: {asks}", (theirs.id,))


def _original(design: Design, column: Column, parent: Table, names: Counter[str]) -> Column | None:
    own = column.name.lower()
    prefix = singular(parent.name).lower() + "_"
    bare = own.removeprefix(prefix) if own.startswith(prefix) else ""
    copied = any(word in column.comment.lower() for word in ("copy", "denormali", "snapshot"))
    for theirs in design.of(Column, parent.id):
        name = theirs.name.lower()
        rare = own not in _COMMON and names[own] <= _CONVENTION and not own.endswith("_id")
        same = name == bare or (name == own and (rare or copied))
        if same and name != "id" and _like(theirs, column):
            return theirs
    return None


def _like(one: Column, other: Column) -> bool:
    """Whether two columns could hold the same values: types of one family, lengths aside."""
    first, second = (each.logical or each.type for each in (one, other))
    return first.split("(")[0].strip().lower() == second.split("(")[0].strip().lower()


def _counters(design: Design, column: Column) -> Iterator[Suggestion]:
    low = column.name.lower()
    if not _NUMBER.match(column.logical or column.type):
        return
    counted, name = _COUNTER.match(low), called(design, column)
    if counted:
        source = _counted(design, column, counted["of"] or counted["after"])
        sources = (source.id,) if source is not None else ()
        what = called(design, source) if source is not None else (counted["of"] or counted["after"]).replace("_", " ")
        yield Suggestion(
            column.id, "counter_cache", f"{name} could be counted from {what}: what keeps it true?", sources
        )
    elif _TOTAL.match(low):
        question = f"{name} looks like a sum of other rows or columns: what keeps it true?"
        yield Suggestion(column.id, "derived_column", question)


def _counted(design: Design, column: Column, what: str) -> Table | None:
    """Return the table that refers to the column's table and is called like what is counted."""
    for each in sorted(design.referrers(column.parent or "")):
        key = design[each]
        child = design.get(key.parent or "") if isinstance(key, ForeignKey) and key.ref_table == column.parent else None
        if isinstance(child, Table) and singular(what) in singular(child.name).lower():
            return child
    return None


def _documents(column: Column, name: str) -> Iterator[Suggestion]:
    if _JSON.match(column.logical or column.type):
        yield Suggestion(
            column.id, "json_document", f"{name} holds a document: which facts, and who checks their shape?"
        )


def _with_keepers(design: Design, column: Column, asked: Suggestion) -> Suggestion:
    """Name the triggers that write the column, as far as their texts say."""
    found = [each for each in design.referrers(column.id) if isinstance(design[each], Trigger)]
    found += [each for each in mentions(design, column.id) if isinstance(design[each], Trigger)]
    own = [each for each in dict.fromkeys(found) if column.id in referred_ids(design[each]) or each in found]
    return Suggestion(asked.about, asked.kind, asked.question, asked.sources, tuple(sorted(own)))


def _of_entity(design: Design, entity: Entity) -> Iterator[Suggestion]:
    """Ask of counters among attributes; one that says it is derived has said enough."""
    for attribute in design.of(Attribute, entity.id):
        low = attribute.name.lower().replace(" ", "_")
        counted = _COUNTER.match(low)
        if counted and not attribute.derived and _NUMBER.match(attribute.type or "integer"):
            sources = tuple(
                sorted(each for each in design.referrers(entity.id) if isinstance(design[each], Relationship))
            )
            question = f"{called(design, attribute)} could be counted: is it derived, or kept on purpose?"
            yield Suggestion(attribute.id, "counter_cache", question, sources[:1])

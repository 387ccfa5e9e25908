"""Columns of few values: made an enum as their database has it, and back to text with a check."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.carrying import Parts
from designer.commands.contract import Edit, Refused, get, replace
from designer.commands.names import called, names_in
from designer.commands.values import list_check, listed_values, literals, without_cast
from designer.dialects.base import Dialect
from designer.dialects.features import ENUM_TYPES, INLINE_ENUMS
from designer.dialects.logical import logical_type, raw_type
from designer.dialects.registry import get as dialect_of
from designer.schema import (
    Check,
    Column,
    CompositeType,
    Design,
    DomainType,
    EnumType,
    Expr,
    ForeignKey,
    Id,
    IdSource,
    Schema,
    Table,
    Use,
    View,
)
from designer.schema import (
    Sequence as SequenceRecord,
)

_SAME_SPACE = (Table, View, SequenceRecord, EnumType, DomainType, CompositeType)
_LONGEST_LABEL = 63
_USUAL_LENGTH = 255


def column_to_enum(design: Design, column: Id, values: Sequence[str], name: str, ids: IdSource) -> Edit:
    """Let a column have one of `values` only.

    PostgreSQL gets an enum type called `name`, MySQL and MariaDB an ENUM inside the column, SQLite a check. A check
    that listed the values before goes.
    """
    old = get(design, column, Column)
    dialect = dialect_at(design, old)
    chosen = _checked(values, dialect)
    stands_alone(design, old)
    parts = Parts()
    listed = list_check(design, old)
    if listed is not None:
        parts.drop(listed)
    if dialect.supports(ENUM_TYPES):
        _with_type(design, old, chosen, name, ids, parts)
    elif dialect.supports(INLINE_ENUMS):
        raw = f"enum({','.join(map(dialect.literal, chosen))})"
        parts.add(_of_type(design, old, raw, logical_type(raw, dialect), parts))
    else:
        parts.add(_check(old, chosen, dialect, ids))
    _check_default(old, chosen, parts)
    return parts.edit(design, f"Make {called(design, old)} one of {len(chosen)} values")


def enum_to_text(design: Design, column: Id, ids: IdSource) -> Edit:
    """Make an enum column text with a check that lists its values; an enum type that nothing else uses goes."""
    old = get(design, column, Column)
    values = listed_values(design, old)
    if not values or list_check(design, old) is not None:
        raise Refused(f"{called(design, old)} is no enum; convert it to one first", "column")
    stands_alone(design, old)
    dialect = dialect_at(design, old)
    parts = Parts()
    parts.add(as_text(design, old, values, dialect, parts), _check(old, values, dialect, ids))
    return parts.edit(design, f"Make {called(design, old)} text with a check")


def dialect_at(design: Design, column: Column) -> Dialect:
    """Return the database of the model that a column is in; PostgreSQL where it names none."""
    model = design.model_of(column)
    return dialect_of(model.target if model is not None and model.target else "postgresql")


def stands_alone(design: Design, column: Column) -> None:
    """Raise Refused for a column whose type others depend on: computed, referring, or referred to."""
    if column.generated is not None:
        raise Refused(f"{called(design, column)} is computed; make it an ordinary column first", "column")
    if column.logical.endswith("[]") or column.type.endswith("[]"):
        raise Refused(f"{called(design, column)} is an array; move it to a table of its own first", "column")
    for each in sorted(design.referrers(column.id)):
        key = design[each]
        if isinstance(key, ForeignKey) and key.columns and column.id in (*key.columns, *key.ref_columns):
            way = "refers to another table" if column.id in key.columns else "is referred to by another table"
            raise Refused(f"{called(design, column)} {way}, and both must keep one type", "column")


def _checked(values: Sequence[str], dialect: Dialect) -> tuple[str, ...]:
    chosen = tuple(value.strip() for value in values if value.strip())
    if not chosen:
        raise Refused("type at least one value, one a line", "values")
    again = next((value for at, value in enumerate(chosen) if value in chosen[:at]), None)
    if again is not None:
        raise Refused(f"the value {again} stands there twice; take one out", "values")
    wrong = next((value for value in chosen if "\0" in value or _too_long(value, dialect)), None)
    if wrong is not None:
        raise Refused(f"the value {wrong[:20]}… is longer than the {_LONGEST_LABEL} bytes a label may have", "values")
    return chosen


def _too_long(value: str, dialect: Dialect) -> bool:
    return dialect.supports(ENUM_TYPES) and len(value.encode()) > _LONGEST_LABEL


def _with_type(design: Design, old: Column, values: tuple[str, ...], name: str, ids: IdSource, parts: Parts) -> None:
    table = get(design, old.parent or "", Table)
    home = table.parent or ""
    if not name.strip():
        raise Refused("the enum type needs a name", "name")
    if name in names_in(design, home, _SAME_SPACE):
        raise Refused(f"there is something called {name} here already; choose another name for the type", "name")
    enum = EnumType(id=ids(), parent=home, name=name, values=values)
    dialect = dialect_at(design, old)
    schema = design.get(home)
    prefix = f"{dialect.quote(schema.name)}." if isinstance(schema, Schema) and schema.name != "public" else ""
    raw = prefix + dialect.quote(name)
    parts.add(enum, replace(_of_type(design, old, raw, f"other({raw})", parts), type_ref=enum.id))


def as_text(design: Design, column: Column, values: Sequence[str], dialect: Dialect, parts: Parts) -> Column:
    """Return an enum column as text that is long enough; an enum type that nothing else uses is dropped."""
    longest = max([_USUAL_LENGTH, *map(len, values)])
    raw, _ = raw_type(f"string({longest})" if dialect.supports(INLINE_ENUMS) else "text", dialect)
    return _of_type(design, column, raw, logical_type(raw, dialect), parts)


def _of_type(design: Design, column: Column, raw: str, logical: str, parts: Parts) -> Column:
    enum = design.get(column.type_ref or "")
    if isinstance(enum, EnumType) and not _used(design, enum, column):
        parts.drop(enum)
        parts.note("unused", enum.id, f"the type {enum.name} is removed, as no other column has it")
    text = without_cast(column.default.text) if column.default is not None else ""
    kept = column.default is None or text == column.default.text
    default = column.default if kept else Expr(text)
    return replace(column, type=raw, logical=logical, type_ref=None, default=default)


def _used(design: Design, enum: EnumType, column: Column) -> bool:
    return any(each != column.id for each in design.referrers(enum.id))


def _check(column: Column, values: Sequence[str], dialect: Dialect, ids: IdSource) -> Check:
    name = dialect.quote(column.name)
    text = f"{name} IN ({', '.join(map(dialect.literal, values))})"
    return Check(id=ids(), parent=column.parent, expr=Expr(text, (Use(0, len(name), column.id),)))


def _check_default(column: Column, values: tuple[str, ...], parts: Parts) -> None:
    text = without_cast(column.default.text) if column.default is not None else ""
    found = literals(text)
    if len(found) == 1 and text.startswith("'") and text.endswith("'") and found[0] not in values:
        parts.note("default", column.id, f"the default {text} is none of the values; change one of them")

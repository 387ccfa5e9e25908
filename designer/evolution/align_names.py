"""Whether a name is one that a server gives where people gave none."""

from __future__ import annotations

import re

from designer.schema import (
    Check,
    Design,
    Exclusion,
    Expr,
    ForeignKey,
    Id,
    Index,
    IndexPart,
    Key,
    Named,
    Record,
)
from exporters.ddl.names import generated_name


def given_by_server(record: Record, design: Design, dialect: str) -> bool:
    """Say whether the name of a constraint or index is the one that it would have without a name, numbered or not."""
    name = getattr(record, "name", "")
    if dialect == "postgresql":
        return any(re.fullmatch(re.escape(each) + r"\d*", name) for each in _of_postgres(record, design))
    if dialect in ("mysql", "mariadb"):
        if isinstance(record, Key) and record.primary:
            return True
        return any(re.fullmatch(pattern, name, re.IGNORECASE) for pattern in _of_mysql(record, design))
    return False


def _of_postgres(record: Record, design: Design) -> list[str]:
    table = _name(design, record.parent)
    if isinstance(record, Key):
        label = "pkey" if record.primary else "key"
        return [generated_name(table, "" if record.primary else "_".join(_names(design, record.columns)), label)]
    if isinstance(record, ForeignKey):
        return [generated_name(table, "_".join(_names(design, record.columns)), "fkey")]
    if isinstance(record, Check):
        used = dict.fromkeys(_used(record.expr, design))
        return [generated_name(table, "", "check"), *(generated_name(table, each, "check") for each in used)]
    if isinstance(record, Exclusion):
        return [generated_name(table, _of_parts(record.parts, design), "excl")]
    if isinstance(record, Index):
        return [generated_name(table, _of_parts(record.parts, design), "idx")]
    return []


def _of_mysql(record: Record, design: Design) -> list[str]:
    table = re.escape(_name(design, record.parent))
    if isinstance(record, ForeignKey):
        return [rf"{table}_ibfk_\d+", r"\d+"]
    if isinstance(record, Check):
        return [rf"{table}_chk_\d+", r"CONSTRAINT_\d+"]
    if isinstance(record, Key):
        return (
            ["PRIMARY"]
            if record.primary
            else [rf"{re.escape(each)}(?:_\d+)?" for each in _names(design, record.columns)[:1]]
        )
    if isinstance(record, Index):
        first = next((part.column for part in record.parts if part.column), None)
        return [rf"{re.escape(_name(design, first))}(?:_\d+)?"] if first else [r"functional_index(?:_\d+)?"]
    return []


def _of_parts(parts: tuple[IndexPart, ...], design: Design) -> str:
    return "_".join(_name(design, part.column) if part.column else "expr" for part in parts)


def _used(expr: Expr, design: Design) -> list[str]:
    return _names(design, tuple(use.id for use in expr.uses))


def _names(design: Design, records: tuple[Id, ...]) -> list[str]:
    return [_name(design, each) for each in records]


def _name(design: Design, record: Id | None) -> str:
    found = design.get(record) if record else None
    return found.name if isinstance(found, Named) else ""

"""Rows for the tables of a random schema: three in each, every value another one, the keys 1, 2 and 3."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from designer.dialects.registry import get
from designer.schema import Column, CompositeType, Design, DomainType, EnumType, Partitioning, Schema, Table

ROWS = 3
_VALUES: list[tuple[tuple[str, ...], Callable[[int], str]]] = [
    (("timestamp", "datetime"), lambda n: f"'2024-01-0{n} 10:00:00'"),
    (("date",), lambda n: f"'2024-02-0{n}'"),
    (("bool", "tinyint(1)"), lambda n: "true" if n % 2 else "false"),
    (("uuid",), lambda n: f"'00000000-0000-0000-0000-00000000000{n}'"),
    (("json",), lambda n: f"'{{\"a\": {n}}}'"),
    (("interval",), lambda n: f"'{n} days'"),
    (("bytea",), lambda n: f"'\\x0{n}'"),
    (("blob",), lambda n: f"x'0{n}'"),
    (("enum",), lambda n: "1"),
    (("int", "numeric", "decimal", "double", "real", "serial"), str),
]  # fmt: skip


def value_of(design: Design, column: Column, number: int) -> str:
    """Return a value of a column, as the text of a literal."""
    kind = design.get(column.type_ref) if column.type_ref else None
    if column.type.endswith("[]"):
        return "'{}'" if column.type.startswith("text") else f"'{{{number}}}'"
    if isinstance(kind, EnumType):
        return "'" + kind.values[0].replace("'", "''") + "'"
    if isinstance(kind, DomainType):
        return str(number)
    if isinstance(kind, CompositeType):
        return f"'(a{number},b)'"
    for words, value in _VALUES:
        if any(word in column.type.lower() for word in words):
            return value(number)
    return f"'v{number}'"


def inserts(design: Design, dialect: str) -> Iterator[str]:
    """Yield the statements; foreign keys must not be looked at while they run."""
    facts = get(dialect)
    parted = {each.parent for each in design.of(Partitioning)}
    for table in design.of(Table):
        columns = [each for each in design.of(Column, table.id) if each.generated is None]
        if table.partition_of or table.inherits or not columns or "module" in table.extra:
            continue
        home = design.get(table.parent or "")
        name = f"{facts.quote(home.name)}." if isinstance(home, Schema) else ""
        over = " OVERRIDING SYSTEM VALUE" if dialect == "postgresql" else ""
        names = ", ".join(facts.quote(each.name) for each in columns)
        start = 1 if table.id not in parted else 2
        rows = ", ".join(
            "(" + ", ".join(value_of(design, each, number) for each in columns) + ")"
            for number in range(start, ROWS + 1)
        )
        yield f"INSERT INTO {name}{facts.quote(table.name)} ({names}){over} VALUES {rows}"

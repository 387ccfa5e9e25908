"""Random physical models full of nasty names, the same for the same seed."""

from __future__ import annotations

from random import Random

from designer.schema import Check, Column, Design, Expr, Index, IndexPart, Schema, Table, View
from tests.formats.build import Build
from tests.nasty import NAMES, literal

TYPES = [
    "int", "integer", "bigint", "serial", "numeric(10,2)", "numeric(10, 2)", "double precision", "text", "varchar(20)",
    "timestamp with time zone", "timestamp(3) without time zone", "int[]", "text[][]", "public.mood", '"Mood"',
    "enum('a','b')", "map<string,int>", "pk", "UK", "2d_point", "direction", "x%ROWTYPE", "int unsigned", "", "__t__",
    "geometry(Point,4326)", "bit varying(5)", "a.b.c", "int array[3]", "~t~", "`t`", "t;", "t -- x", "\u7528", "t\nu",
]  # fmt: skip
DEFAULTS = [
    "0", "-1", "1.5", "1.50", "12345678901234567890", "true", "FALSE", "NULL", "now()", "'x'", "'it''s'::text",
    "'{}'::jsonb", "'a\nb'", "nextval('s'::regclass)", "`x`", "E'\\n'", "''", "-0", "1e5", "a || 'b'", "'\\'",
]  # fmt: skip
_BITS = [*NAMES, "direction", "LR", "%%", "{", "}", "[", "]", "'", '"', "\\", "`", "#", ";", ":", "|", "--", "..", "_"]


def random_name(random: Random) -> str:
    """Return a nasty name, or some of them glued together."""
    if random.random() < 0.5:
        return random.choice(NAMES)
    return random.choice(["", " ", "_", "."]).join(random.choices(_BITS, k=random.randint(1, 3)))


def random_design(seed: int) -> Design:
    """Return a model of a few tables in up to three schemas."""
    random = Random(seed)
    b = Build(random_name(random))
    homes: list[Schema | None] = [None, *(b.schema(name) for name in _names(random, random.randint(0, 2)))]
    tables = [
        b.table(name, home, comment=_maybe_name(random))
        for home in homes
        for name in _names(random, random.randint(0, 3))
    ]
    columns = {table.id: _columns(b, random, table) for table in tables}
    for table in tables:
        _keys(b, random, table, columns[table.id])
    for _ in range(random.randint(0, 4)):
        _foreign_key(b, random, tables, columns)
    if random.random() < 0.2:
        b.add(View, b.model, name=random_name(random), query=Expr("SELECT 1"))
    return b.design()


def _names(random: Random, count: int) -> list[str]:
    return list(dict.fromkeys(random_name(random) for _ in range(count)))


def _maybe_name(random: Random) -> str:
    return random_name(random) if random.random() < 0.4 else ""


def _columns(b: Build, random: Random, table: Table) -> list[Column]:
    return [
        b.column(
            table,
            name,
            random.choice(TYPES),
            nullable=random.random() < 0.5,
            comment=_maybe_name(random),
            default=random.choice([None, None, None, literal(random_name(random)), random.choice(DEFAULTS)]),
        )
        for name in _names(random, random.randint(0, 5))
    ]


def _keys(b: Build, random: Random, table: Table, columns: list[Column]) -> None:
    if not columns:
        return
    if random.random() < 0.8:
        b.key(table, *_some(random, columns), name=_maybe_name(random))
    for _ in range(random.randint(0, 2)):
        b.key(table, *_some(random, columns), primary=False, name=_maybe_name(random))
    for _ in range(random.randint(0, 2)):
        parts = tuple(IndexPart(column=each.id) for each in _some(random, columns))
        if random.random() < 0.3:
            parts += (IndexPart(expr=Expr(random_name(random))),)
        method = random.choice(["", "btree", "gin", "my method"])
        b.add(Index, table, name=_maybe_name(random), unique=random.random() < 0.3, parts=parts, method=method)
    if random.random() < 0.3:
        b.add(Check, table, name=_maybe_name(random), expr=Expr(random_name(random)))


def _some(random: Random, columns: list[Column]) -> list[Column]:
    return random.sample(columns, random.randint(1, min(3, len(columns))))


def _foreign_key(b: Build, random: Random, tables: list[Table], columns: dict[str, list[Column]]) -> None:
    filled = [table for table in tables if columns[table.id]]
    if not filled:
        return
    child, parent = random.choice(filled), random.choice(filled)
    if random.random() < 0.1:
        b.refer(_some(random, columns[child.id]), None, [], missing_table=random_name(random))
        return
    count = random.randint(1, min(2, len(columns[child.id]), len(columns[parent.id])))
    b.refer(
        random.sample(columns[child.id], count),
        parent,
        random.sample(columns[parent.id], count),
        name=_maybe_name(random),
        on_delete=random.choice(["", "cascade", "set null"]),
    )

"""Small models, one construct each, as every database says it: what `docs/translation.md` is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from designer.schema import (
    Check,
    Column,
    DomainType,
    EnumType,
    Exclusion,
    Expr,
    ForeignKey,
    Index,
    IndexPart,
    Key,
    Partitioning,
    Policy,
    Record,
    Schema,
    Sequence,
    Table,
    Use,
)

Probe = tuple[str, list[Record]]
"""(what it is in the words of its database, the records of a model `m` that has it)."""
_FAMILY = {"mariadb": "mysql"}
_TABLE = Table(id="t", parent="m", name="t")


def probes(dialect: str) -> Iterator[tuple[str, list[Probe]]]:
    """Yield (group, probes) of a database."""
    family = _FAMILY.get(dialect, dialect)
    for title, said in _GROUPS:
        found = said(family, dialect)
        if found:
            yield title, found


def column(written: str, kind: str, **fields: Any) -> Probe:
    """Return the probe of a column `c`, as it is written behind its name."""
    return written, [_TABLE, Column(id="c", parent="t", name="c", type=kind, **fields)]


def _defaults(family: str, _: str) -> list[Probe]:
    return [column(f"{kind} DEFAULT {text}", kind, default=Expr(text)) for kind, text in _DEFAULTS[family]]


def _numbering(family: str, _: str) -> list[Probe]:
    primary = Key(id="k", parent="t", primary=True, columns=("c",))
    found: list[Probe] = []
    for written, kind, fields, extra in _NUMBERING[family]:
        table = Table(id="t", parent="m", name="t", extra=extra)
        found.append(
            (written, [table, Column(id="c", parent="t", name="c", type=kind, nullable=False, **fields), primary])
        )
    return found


def _enums(family: str, _: str) -> list[Probe]:
    if family == "mysql":
        return [column("enum('a','b')", "enum('a','b')"), column("set('a','b')", "set('a','b')")]
    if family == "sqlite":
        check = Check(id="x", parent="t", expr=Expr("c IN ('a', 'b')", (Use(0, 1, "c"),)))
        return [("text CHECK (c IN ('a', 'b'))", [*column("", "text")[1], check])]
    enum = EnumType(id="e", parent="m", name="mood", values=("a", "b"))
    domain = DomainType(id="d", parent="m", name="percent", type="integer")
    limit = Check(id="x", parent="d", expr=Expr("VALUE <= 100"))
    return [
        ("mood, an enum of 'a', 'b'", [enum, _TABLE, Column(id="c", parent="t", name="c", type="mood", type_ref="e")]),
        ("percent, a domain over integer with CHECK (VALUE <= 100)",
         [domain, limit, _TABLE, Column(id="c", parent="t", name="c", type="percent", type_ref="d")]),
    ]  # fmt: skip


def _checks(family: str, _: str) -> list[Probe]:
    return [
        (f"{kind} CHECK ({text})", [*column("", kind)[1], Check(id="x", parent="t", expr=Expr(text))])
        for kind, text in _CHECKS[family]
    ]


def _generated(_family: str, _: str) -> list[Probe]:
    found: list[Probe] = []
    for text, kind in (("a * 2", "stored"), ("a * 2", "virtual"), ("upper(b)", "stored")):
        first = [
            Column(id="a", parent="t", name="a", type="integer"),
            Column(id="b", parent="t", name="b", type="varchar(9)"),
        ]
        result = "varchar(9)" if "upper" in text else "integer"
        made = Column(id="c", parent="t", name="c", type=result, generated=Expr(text), generated_kind=kind)
        found.append((f"{result} GENERATED ALWAYS AS ({text}) {kind.upper()}", [_TABLE, *first, made]))
    return found


def _indexes(family: str, _: str) -> list[Probe]:
    found: list[Probe] = []
    for written, kind, fields in _INDEXES[family]:
        columns = column("", kind)[1]
        said: dict[str, Any] = {"parts": (IndexPart(column="c"),), **fields}
        found.append((written, [*columns, Index(id="i", parent="t", name="i", **said)]))
    return found


def _constraints(family: str, _: str) -> list[Probe]:
    columns = [_TABLE, Column(id="a", parent="t", name="a", type="integer", nullable=False),
               Column(id="b", parent="t", name="b", type="integer", nullable=False)]  # fmt: skip
    primary = Key(id="k", parent="t", primary=True, columns=("a",))

    def refer(**fields: Any) -> list[Record]:
        key = ForeignKey(id="f", parent="t", columns=("b",), ref_table="t", ref_columns=("a",), **fields)
        return [*columns, primary, key]

    found: list[Probe] = [
        ("FOREIGN KEY (b) REFERENCES t (a) ON DELETE SET NULL, b not nullable", refer(on_delete="set null")),
    ]
    if family != "mysql":
        found.append(("FOREIGN KEY … ON DELETE SET DEFAULT", refer(on_delete="set default")))
        found.append(("FOREIGN KEY … DEFERRABLE INITIALLY DEFERRED", refer(deferrable=True, deferred=True)))
    if family == "postgresql":
        found += [
            ("FOREIGN KEY … MATCH FULL", refer(match="full")),
            ("FOREIGN KEY … NOT ENFORCED", refer(not_enforced=True)),
            ("UNIQUE NULLS NOT DISTINCT (b)",
             [*columns, Key(id="k", parent="t", columns=("b",), nulls_not_distinct=True)]),
            ("UNIQUE (b) DEFERRABLE", [*columns, Key(id="k", parent="t", columns=("b",), deferrable=True)]),
            ("EXCLUDE USING gist (a WITH =)",
             [*columns, Exclusion(id="x", parent="t", method="gist", parts=(IndexPart(column="a", operator="="),))]),
        ]  # fmt: skip
    return found


def _others(family: str, _: str) -> list[Probe]:
    plain = Column(id="c", parent="t", name="c", type="integer")
    found: list[Probe] = []
    if family != "sqlite":
        found.append(("COMMENT on a table and a column", [Table(id="t", parent="m", name="t", comment="people"),
                      Column(id="c", parent="t", name="c", type="integer", comment="how many")]))  # fmt: skip
    if family == "postgresql":
        found += [
            ("a table in the schema app",
             [Schema(id="s", parent="m", name="app"), Table(id="t", parent="s", name="t"), plain]),
            ("two columns c and C", [_TABLE, plain, Column(id="d", parent="t", name="C", type="integer")]),
            ("UNLOGGED", [Table(id="t", parent="m", name="t", persistence="unlogged"), plain]),
            ("INHERITS", [_TABLE, plain, Table(id="h", parent="m", name="h", inherits=("t",))]),
            ("a sequence of its own", [Sequence(id="q", parent="m", name="q", start=5)]),
            ("a policy", [Table(id="t", parent="m", name="t", row_security=True), plain,
                          Policy(id="p", parent="t", name="p", using=Expr("true"))]),
            ("PARTITION BY RANGE, two partitions of years", _of_years()),
        ]  # fmt: skip
    if family == "mysql":
        text = "(PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE)"
        by = Partitioning(id="p", parent="t", strategy="range", parts=(IndexPart(column="c"),), text=text)
        found += [
            ("timestamp ON UPDATE CURRENT_TIMESTAMP",
             [_TABLE, Column(id="a", parent="t", name="a", type="int"),
              Column(id="c", parent="t", name="c", type="timestamp", on_update="CURRENT_TIMESTAMP")]),
            ("PARTITION BY RANGE, two partitions", [_TABLE, plain, by]),
            ("ENGINE=MyISAM ROW_FORMAT=FIXED",
             [Table(id="t", parent="m", name="t", extra={"engine": "MyISAM", "row_format": "FIXED"}), plain]),
        ]  # fmt: skip
    if family == "sqlite":
        found += [
            ("STRICT", [Table(id="t", parent="m", name="t", extra={"strict": ""}), plain]),
            ("text COLLATE NOCASE", [_TABLE, Column(id="c", parent="t", name="c", type="text", collation="NOCASE")]),
        ]  # fmt: skip
    return found


def _of_years() -> list[Record]:
    by = Partitioning(id="p", parent="t", strategy="range", parts=(IndexPart(column="c"),))
    years = [
        Table(id=f"y{year}", parent="m", name=f"t{year}", partition_of="t",
              partition_bound=f"FOR VALUES FROM ('{year}-01-01') TO ('{year + 1}-01-01')")
        for year in (2020, 2021)
    ]  # fmt: skip
    return [_TABLE, Column(id="c", parent="t", name="c", type="date"), by, *years]


_GROUPS: tuple[tuple[str, Callable[[str, str], list[Probe]]], ...] = (
    ("Defaults", _defaults),
    ("Numbering of rows", _numbering),
    ("Enums and domains", _enums),
    ("Checks", _checks),
    ("Generated columns", _generated),
    ("Indexes", _indexes),
    ("Constraints", _constraints),
    ("Everything else", _others),
)

_DEFAULTS = {
    "postgresql": (
        ("timestamptz", "now()"), ("timestamp", "timezone('utc', now())"), ("date", "CURRENT_DATE"),
        ("timestamp", "now() + interval '1 day'"), ("uuid", "gen_random_uuid()"), ("boolean", "true"),
        ("integer", "7"), ("text", "'it''s'::text"), ("jsonb", "'{\"a\": 1}'::jsonb"), ("text[]", "'{a,b}'::text[]"),
        ("bytea", "'\\x00ff'::bytea"), ("bit(4)", "B'0101'"), ("text", "CURRENT_USER"),
    ),
    "mysql": (
        ("timestamp", "current_timestamp()"), ("date", "curdate()"), ("char(36)", "uuid()"), ("tinyint(1)", "1"),
        ("int", "7"), ("varchar(20)", "'it\\'s'"), ("json", "json_object()"), ("varbinary(4)", "x'00ff'"),
        ("bit(4)", "b'101'"), ("date", "'0000-00-00'"), ("varchar(40)", "user()"),
    ),
    "sqlite": (
        ("datetime", "CURRENT_TIMESTAMP"), ("date", "CURRENT_DATE"), ("boolean", "TRUE"), ("integer", "7"),
        ("text", "'it''s'"), ("blob", "x'00ff'"), ("datetime", "datetime('now', '+1 day')"),
    ),
}  # fmt: skip
_NUMBERING: dict[str, tuple[tuple[str, str, dict[str, Any], dict[str, str]], ...]] = {
    "postgresql": (
        ("bigint GENERATED ALWAYS AS IDENTITY", "bigint", {"identity": "always"}, {}),
        ("integer GENERATED BY DEFAULT AS IDENTITY (START WITH 1000 INCREMENT BY 10)", "integer",
         {"identity": "by default", "identity_options": "START WITH 1000 INCREMENT BY 10"}, {}),
        ("serial", "serial", {}, {}),
    ),
    "mysql": (
        ("bigint AUTO_INCREMENT", "bigint", {"identity": "auto_increment"}, {}),
        ("int unsigned AUTO_INCREMENT, from 1000 on", "int unsigned", {"identity": "auto_increment"},
         {"auto_increment": "1000"}),
    ),
    "sqlite": (
        ("INTEGER PRIMARY KEY", "INTEGER", {}, {}),
        ("INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER", {"identity": "autoincrement"}, {}),
    ),
}  # fmt: skip
_CHECKS = {
    "postgresql": (
        ("integer", "c > 0"), ("text", "char_length(c) < 9"), ("text", "c ~ '^[a-z]+$'"), ("text", "c ILIKE 'a%'"),
        ("text", "c LIKE 'a%'"), ("text", "c = ANY (ARRAY['a'::text, 'b'::text])"), ("text", "c || 'x' <> 'yx'"),
        ("date", "EXTRACT(year FROM c) > 2000"), ("jsonb", "c ->> 'kind' = 'a'"),
        ("jsonb", "jsonb_typeof(c) = 'object'"),
        ("int4range", "NOT isempty(c)"),
    ),
    "mysql": (
        ("int", "c > 0"), ("varchar(20)", "char_length(c) < 9"), ("varchar(20)", "length(c) < 9"),
        ("varchar(20)", "c regexp '^[a-z]+$'"), ("varchar(20)", "c like 'a%'"), ("tinyint(1)", "c = 1"),
        ("longtext", "json_valid(c)"), ("date", "year(c) > 2000"),
    ),
    "sqlite": (
        ("integer", "c > 0"), ("text", "length(c) < 9"), ("text", "c LIKE 'a%'"), ("text", "c GLOB 'a*'"),
        ("boolean", "c IN (0, 1)"), ("text", "typeof(c) = 'text'"),
    ),
}  # fmt: skip
_OVER = (IndexPart(expr=Expr("lower(c)", (Use(6, 7, "c"),))),)
_INDEXES: dict[str, tuple[tuple[str, str, dict[str, object]], ...]] = {
    "postgresql": (
        ("INDEX (c) on text", "text", {}), ("UNIQUE INDEX (c) on text", "text", {"unique": True}),
        ("INDEX (c DESC)", "integer", {"parts": (IndexPart(column="c", desc=True),)}),
        ("INDEX (c) WHERE c > 0", "integer", {"where": Expr("c > 0", (Use(0, 1, "c"),))}),
        ("UNIQUE INDEX (c) WHERE c > 0", "integer", {"unique": True, "where": Expr("c > 0", (Use(0, 1, "c"),))}),
        ("INDEX (lower(c))", "text", {"parts": _OVER}), ("INDEX (c) INCLUDE (c)", "integer", {"include": ("c",)}),
        ("INDEX USING gin (c)", "jsonb", {"method": "gin"}), ("INDEX USING gist (c)", "int4range", {"method": "gist"}),
        ("INDEX USING brin (c)", "date", {"method": "brin"}),
        ("INDEX USING gin (to_tsvector('english', c))", "text",
         {"method": "gin", "parts": (IndexPart(expr=Expr("to_tsvector('english', c)", (Use(23, 24, "c"),))),)}),
        ("INDEX USING gin (c gin_trgm_ops)", "text",
         {"method": "gin", "parts": (IndexPart(column="c", opclass="gin_trgm_ops"),)}),
        ("INDEX USING hnsw (c vector_l2_ops)", "vector(3)",
         {"method": "hnsw", "parts": (IndexPart(column="c", opclass="vector_l2_ops"),)}),
    ),
    "mysql": (
        ("KEY (c)", "varchar(20)", {}), ("KEY (c(10)) on text", "text", {"parts": (IndexPart(column="c", length=10),)}),
        ("UNIQUE KEY (c(10))", "varchar(20)", {"unique": True, "parts": (IndexPart(column="c", length=10),)}),
        ("KEY (c DESC)", "int", {"parts": (IndexPart(column="c", desc=True),)}),
        ("FULLTEXT KEY (c)", "text", {"method": "fulltext"}), ("SPATIAL KEY (c)", "point", {"method": "spatial"}),
    ),
    "sqlite": (
        ("INDEX (c)", "text", {}), ("INDEX (lower(c))", "text", {"parts": _OVER}),
        ("UNIQUE INDEX (c) WHERE c > 0", "integer", {"unique": True, "where": Expr("c > 0", (Use(0, 1, "c"),))}),
        ("INDEX (c COLLATE NOCASE)", "text", {"parts": (IndexPart(column="c", collation="NOCASE"),)}),
    ),
}  # fmt: skip

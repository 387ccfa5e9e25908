"""Seeded random designs: what is written applies, and read and written again it makes the same catalogs."""

from __future__ import annotations

import random

import psycopg
import pytest

from designer.importers.registry import read_any
from designer.schema import Check, Column, Design, EnumType, Expr, ForeignKey, Index, IndexPart, Key, Schema, Table, Use
from exporters.contract import Options
from exporters.registry import get
from tests.exporters.ddl.builder import Builder
from tests.nasty import names_for
from tests.proof.my_catalog import read as read_mariadb
from tests.proof.my_catalog import run
from tests.proof.pg_catalog import Reading, differences, read
from tests.servers import MariaServer, PostgresServer

TABLES = 14
TYPES = (
    "integer",
    "bigint",
    "text",
    "varchar(40)",
    "numeric(8,2)",
    "timestamptz",
    "boolean",
    "date",
    "uuid",
    "jsonb",
    "text[]",
)
DEFAULTS = {"integer": "0", "text": "'a''b'", "timestamptz": "now()", "boolean": "true", "uuid": "gen_random_uuid()"}
NAMES = [name for name in names_for(50) if len(name) < 40]


def random_design(seed: int) -> Design:
    """Return a design of 14 tables in three places, with foreign keys in every direction."""
    chance = random.Random(seed)
    make = Builder(name=f"random {seed}")
    homes = [make.model, make.add(Schema, make.model, name="app"), make.add(Schema, make.model, name='a"b')]
    kind, *names = chance.sample(NAMES, TABLES + 1)
    enum = make.add(EnumType, homes[1], name=kind, values=tuple(chance.sample(NAMES, 3)))
    tables = [make.table(name, parent=chance.choice(homes), comment=chance.choice(["", name])) for name in names]
    for table in tables:
        _columns(make, table, enum, chance)
        _constraints(make, table, chance)
    for _ in range(TABLES * 2):
        _foreign_key(make, chance.choice(tables), chance.choice(tables), chance)
    return make.design()


def _columns(make: Builder, table: Table, enum: EnumType, chance: random.Random) -> None:
    make.add(
        Column, table, name="id", type="integer", nullable=False, identity=chance.choice(["", "always", "by default"])
    )
    for name in chance.sample([name for name in NAMES if name != "id"], chance.randint(1, 7)):
        kind = chance.choice(TYPES)
        default = Expr(DEFAULTS[kind]) if kind in DEFAULTS and chance.random() < 0.5 else None
        make.add(Column, table, name=name, type=kind, nullable=chance.random() < 0.6, default=default)
    kind = '"' + enum.name.replace('"', '""') + '"'
    make.add(Column, table, name="of enum", type=f"app.{kind}{chance.choice(['', '[]'])}", type_ref=enum.id)


def _constraints(make: Builder, table: Table, chance: random.Random) -> None:
    columns = [each for each in make.records if isinstance(each, Column) and each.parent == table.id]
    named = "key of " + str(len(make.records))
    make.add(Key, table, primary=True, columns=(columns[0].id,), name=chance.choice(["", named]))
    picked = tuple(column.id for column in chance.sample(columns, min(len(columns), 2)))
    make.add(Key, table, columns=picked, name=chance.choice(["", f"u {named}"]))
    parts = tuple(IndexPart(column=each, desc=chance.random() < 0.5) for each in picked)
    make.add(Index, table, name=f"i {named}", parts=parts, unique=chance.random() < 0.3)
    for number in range(chance.randint(0, 3)):
        uses = (Use(0, 2, columns[0].id),)
        make.add(Check, table, name=chance.choice(["", f"c{number} {named}"]), expr=Expr(f"id > {number}", uses))


def _foreign_key(make: Builder, table: Table, target: Table, chance: random.Random) -> None:
    number = len(make.records)
    column = make.add(Column, table, name=f"ref {number}", type="integer")
    action = chance.choice(["", "cascade", "set null", "restrict"])
    ref = next(each for each in make.records if isinstance(each, Column) and each.parent == target.id)
    make.add(
        ForeignKey, table, name=chance.choice(["", f"fk {number}"]), columns=(column.id,), ref_table=target.id,
        ref_columns=(ref.id,), on_delete=action, deferrable=chance.random() < 0.2,
    )  # fmt: skip


def applied(server: PostgresServer, sql: str) -> Reading:
    dsn = server.new_database()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(sql.encode())
    return read(dsn)


@pytest.mark.postgres
@pytest.mark.parametrize("seed", range(6))
def test_postgres(postgres_server: PostgresServer, seed: int) -> None:
    design = random_design(seed)
    written = get("ddl").export(design, Options()).text
    again = get("ddl").export(read_any(written, "random.sql", "postgresql").design, Options()).text
    assert again == written
    found = applied(postgres_server, written)
    assert differences(found, applied(postgres_server, again)) == []
    expected = {Table: "table", Column: "column", ForeignKey: "constraint", Key: "constraint"}
    foreign = [text for (kind, _), text in found.items() if kind == "constraint" and text.startswith("f ")]
    assert len(foreign) == len(design.of(ForeignKey))
    for kind in (Table, Column):
        assert len([key for key in found if key[0] == expected[kind]]) == len(design.of(kind))


@pytest.mark.mariadb
@pytest.mark.parametrize("seed", range(3))
def test_mariadb(mariadb_server: MariaServer, seed: int) -> None:
    design = random_design(seed)
    parameters = mariadb_server.new_database()
    run(parameters, get("ddl").export(design, Options(dialect="mariadb")).text)
    found = read_mariadb(parameters)
    assert len([key for key in found if "FOREIGN KEY" in key[1]]) == len(design.of(ForeignKey))
    assert len([key for key in found if key[0] == "column"]) == len(design.of(Column))

"""What we write for PostgreSQL is applied by a real server, and its catalogs are compared."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import msgspec
import psycopg
import pytest

from designer.importers.registry import read_any
from designer.schema import (
    Check,
    Column,
    CompositeField,
    CompositeType,
    Design,
    DomainType,
    EnumType,
    Exclusion,
    Expr,
    ForeignKey,
    Index,
    IndexPart,
    Partitioning,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    Trigger,
    View,
)
from exporters.contract import Export, Options
from exporters.registry import get
from tests.exporters.ddl.builder import Builder
from tests.nasty import NAMES, names_for, nasty_design
from tests.proof.pg_catalog import Reading, differences, read
from tests.servers import PostgresServer

pytestmark = pytest.mark.postgres
CASE = (Path(__file__).parent / "cases" / "postgresql.sql").read_text()


def export(design: Design, dialect: str | None = None) -> Export:
    return get("ddl").export(design, Options(dialect=dialect))


def applied(server: PostgresServer, sql: str) -> Reading:
    dsn = server.new_database()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(sql.encode())
    return read(dsn)


def imported(sql: str) -> Design:
    return read_any(sql, "case.sql", "postgresql").design


def test_a_script_read_and_written_again_makes_the_same_catalogs(postgres_server: PostgresServer) -> None:
    written = export(imported(CASE)).text
    assert differences(applied(postgres_server, CASE), applied(postgres_server, written)) == []
    assert export(imported(written)).text == written


def test_a_dump_read_and_written_again_makes_the_same_catalogs(postgres_server: PostgresServer) -> None:
    dsn = postgres_server.new_database()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(CASE.encode())
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    dump = subprocess.run(
        [postgres_server.bin / "pg_dump", "--schema-only", "--no-owner", dsn], env=environment, check=True,
        capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert differences(read(dsn), applied(postgres_server, export(imported(dump)).text)) == []


HAND_WRITTEN = """
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('new', 'it''s paid');
CREATE DOMAIN shop.money AS numeric(10,2) DEFAULT 0 NOT NULL CONSTRAINT positive CHECK (VALUE >= 0);
CREATE TYPE shop.address AS (street text, zip text);
CREATE SEQUENCE shop.numbers INCREMENT BY 5 START WITH 100;
CREATE FUNCTION shop.tax(x numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT x * 0.2';
CREATE TABLE shop.people (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 10) PRIMARY KEY,
    email text COLLATE "C" CONSTRAINT must_have NOT NULL UNIQUE,
    home shop.address,
    friend bigint REFERENCES shop.people (id) ON DELETE SET NULL
);
CREATE TABLE shop."Order" (
    id integer DEFAULT nextval('shop.numbers') PRIMARY KEY,
    person bigint NOT NULL,
    state shop.state[] DEFAULT '{new}'::shop.state[],
    net shop.money,
    gross numeric GENERATED ALWAYS AS (shop.tax(net)) STORED,
    during tsrange,
    CHECK (gross > 0), CHECK (gross < 1000), CHECK (gross > net),
    CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&) WHERE (id > 0),
    CONSTRAINT buyer FOREIGN KEY (person) REFERENCES shop.people (id) DEFERRABLE INITIALLY DEFERRED
);
ALTER SEQUENCE shop.numbers OWNED BY shop."Order".id;
CREATE INDEX by_person ON shop."Order" USING btree (person DESC NULLS LAST, lower(id::text) text_pattern_ops)
    INCLUDE (net) WITH (fillfactor = 70) WHERE net > 5;
CREATE TABLE shop.log (at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE shop.log_2024 PARTITION OF shop.log FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE VIEW shop.rich (who) WITH (security_barrier = true) AS SELECT person FROM shop."Order" WHERE net > 100;
CREATE MATERIALIZED VIEW shop.sums AS SELECT count(*) AS n FROM shop.rich WITH NO DATA;
CREATE UNIQUE INDEX sums_n ON shop.sums (n);
CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER touch BEFORE UPDATE ON shop.people FOR EACH ROW EXECUTE FUNCTION shop.touch();
ALTER TABLE shop.people DISABLE TRIGGER touch;
ALTER TABLE shop.people ENABLE ROW LEVEL SECURITY;
COMMENT ON TABLE shop.people IS 'It''s \\ people';
COMMENT ON COLUMN shop.people.email IS 'where to write';
COMMENT ON CONSTRAINT people_friend_fkey ON shop.people IS 'one friend';
COMMENT ON INDEX shop.by_person IS 'for lists';
GRANT SELECT ON shop.people TO PUBLIC;
"""


def shop() -> Design:
    """The same as HAND_WRITTEN, in records."""
    make = Builder()
    schema = make.add(Schema, make.model, name="shop")
    state = make.add(EnumType, schema, name="state", values=("new", "it's paid"))
    money = make.add(DomainType, schema, name="money", type="numeric(10,2)", nullable=False, default=Expr("0"))
    make.add(Check, money, name="positive", expr=Expr("VALUE >= 0"))
    fields = (CompositeField(name="street", type="text"), CompositeField(name="zip", type="text"))
    address = make.add(CompositeType, schema, name="address", fields=fields)
    people = make.table("people", parent=schema, comment="It's \\ people", row_security=True)
    make.column(people, "id bigint!", identity="always", identity_options="START WITH 10")
    make.column(
        people, "email text!", collation='"C"', not_null_name="must_have", comment="where to write"
    )  # fmt: skip
    make.column(people, "home shop.address", type_ref=address.id)
    make.column(people, "friend bigint")
    make.key(people, "id", primary=True)
    make.key(people, "email")
    make.foreign_key(people, "friend", people, "id", on_delete="set null", comment="one friend")
    numbers = Sequence(id=make.fresh(), parent=schema.id, order="V", name="numbers", increment=5, start=100)
    order = _order(make, schema, state, money, people)
    make.records.append(msgspec.structs.replace(numbers, owned_by=make.of(order, "id")))
    _programs(make, schema, order, people)
    return make.design()


def _order(make: Builder, schema: Schema, state: EnumType, money: DomainType, people: Table) -> Table:
    order = make.table("Order", parent=schema)
    key = make.column(order, "id integer", default=Expr("nextval('shop.numbers')"))
    make.column(order, "person bigint!")
    make.column(order, "state shop.state[]", type_ref=state.id, default=Expr("'{new}'::shop.state[]"))
    net = make.column(order, "net shop.money", type_ref=money.id)
    gross = make.column(order, "gross numeric", generated=Expr("shop.tax(net)"), generated_kind="stored")
    during = make.column(order, "during tsrange")
    make.key(order, "id", primary=True)
    make.add(Check, order, expr=make.expr("gross > 0", gross))
    make.add(Check, order, expr=make.expr("gross < 1000", gross))
    make.add(Check, order, expr=make.expr("gross > net", gross, net))
    make.add(
        Exclusion, order, name="no_overlap", method="gist", where=make.expr("id > 0", key),
        parts=(IndexPart(column=during.id, operator="&&"),),
    )  # fmt: skip
    make.foreign_key(order, "person", people, "id", name="buyer", deferrable=True, deferred=True)
    make.add(
        Index, order, name="by_person", method="btree", options="fillfactor = 70", comment="for lists",
        include=(net.id,), where=make.expr("net > 5", net),
        parts=(
            IndexPart(column=make.of(order, "person"), desc=True, nulls="last"),
            IndexPart(expr=Expr("lower(id::text)"), opclass="text_pattern_ops"),
        ),
    )  # fmt: skip
    return order


def _programs(make: Builder, schema: Schema, order: Table, people: Table) -> None:
    log = make.table("log", "at date!", "note text", parent=schema)
    make.add(Partitioning, log, strategy="range", parts=(IndexPart(column=make.of(log, "at")),))
    bound = "FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')"
    make.table("log_2024", parent=schema, partition_of=log.id, partition_bound=bound)
    rich = View(id=make.fresh(), parent=schema.id, order="zz", name="rich", columns=("who",),
                options="security_barrier = true", depends_on=(order.id,),
                query=Expr('SELECT person FROM shop."Order" WHERE net > 100'))  # fmt: skip
    sums = make.add(
        View, schema, name="sums", materialized=True, with_data=False, depends_on=(rich.id,),
        query=Expr("SELECT count(*) AS n FROM shop.rich"),
    )  # fmt: skip
    make.records.append(rich)
    make.add(Index, sums, name="sums_n", unique=True, parts=(IndexPart(expr=Expr("n")),))
    tax = "CREATE FUNCTION shop.tax(x numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT x * 0.2'"
    make.add(Routine, schema, name="tax", text=Expr(tax))
    touch = "CREATE FUNCTION shop.touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    make.add(Routine, schema, name="touch", text=Expr(touch))
    make.add(
        Trigger, people, name="touch", enabled="disabled",
        text=Expr("CREATE TRIGGER touch BEFORE UPDATE ON shop.people FOR EACH ROW EXECUTE FUNCTION shop.touch()"),
    )  # fmt: skip
    make.add(Statement, make.model, text=Expr("GRANT SELECT ON shop.people TO PUBLIC"), dialect="postgresql")


def test_a_design_in_records_makes_the_catalogs_of_ddl_written_by_hand(postgres_server: PostgresServer) -> None:
    written = export(shop())
    assert written.notes == []
    assert differences(applied(postgres_server, HAND_WRITTEN), applied(postgres_server, written.text)) == []


@pytest.mark.parametrize("schema", [None, "public", 'a "schema"'])
def test_nasty_names_and_comments_arrive(postgres_server: PostgresServer, schema: str | None) -> None:
    design = nasty_design(names_for(63), schema=schema)
    found = applied(postgres_server, export(design).text)
    comments = {text for (kind, _), text in found.items() if kind == "comment"}
    assert len([key for key in found if key[0] == "table"]) == len(design.of(Table))
    assert comments == {record.comment for record in design.records() if record.comment}


def test_names_of_any_length_apply_with_a_note(postgres_server: PostgresServer) -> None:
    names = [name for name in NAMES if len(name.encode()) != 64 or name[0] != "x"]
    written = export(nasty_design(names))
    assert {note.code for note in written.notes} == {"name"}
    dsn = postgres_server.new_database()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(written.text.encode())


@pytest.mark.parametrize("there", [False, True])
def test_a_foreign_key_to_a_missing_table_applies_either_way(postgres_server: PostgresServer, there: bool) -> None:
    make = Builder()
    users = make.table("users", "id integer", "role integer")
    make.add(
        ForeignKey, users, name="a $wholekey$ b", columns=(make.of(users, "role"),),
        missing_table='"My Roles"', missing_columns=("id",),
    )  # fmt: skip
    written = export(make.design())
    assert [note.code for note in written.notes] == ["missing-table"]
    before = 'CREATE TABLE "My Roles" (id integer PRIMARY KEY);' if there else ""
    found = applied(postgres_server, before + written.text)
    assert (("constraint", 'public.users."a $wholekey$ b"') in found) is there


def test_what_a_server_refuses_is_a_comment_that_nothing_can_end(postgres_server: PostgresServer) -> None:
    make = Builder()
    refused = {"refused": "no */ operator\nclass; DROP TABLE x"}
    table = make.table("t", "id integer!")
    generated = Expr("now()")
    make.add(Column, table, name="g", type="timestamptz", generated=generated, nullable=False, extra=refused)
    part = IndexPart(column=make.of(table, "id"), operator="=")
    make.add(Index, table, name="a\nb */", parts=(part,), extra=refused)
    make.add(Exclusion, table, name="e", method="gist", parts=(part,), extra=refused)
    make.add(Check, table, name="c\u2028d", expr=Expr("nothing > 0"), extra=refused)
    view = make.add(View, make.model, name="v", query=Expr("SELECT * FROM nowhere"), extra=refused)
    make.add(View, make.model, name="w", query=Expr("SELECT * FROM v"), depends_on=(view.id,))
    written = export(make.design())
    found = applied(postgres_server, written.text)
    assert len([note for note in written.notes if note.code == "refused"]) == 6
    assert ("column", "public.t.g") in found
    assert not [key for key in found if key[0] in ("index", "view")]


def test_servers_name_unnamed_constraints_as_before(postgres_server: PostgresServer) -> None:
    sql = """CREATE TABLE a (id int PRIMARY KEY, b_id int REFERENCES a, CHECK (id > 1), x int CHECK (x > 2) CHECK (id > x),
        UNIQUE (x, id), CHECK (id > x + 1), CONSTRAINT a_x_check1 CHECK (x > 9), UNIQUE (x));
        CREATE TABLE c (id int PRIMARY KEY, d int, e int REFERENCES a (id));
        CREATE TABLE d (id int PRIMARY KEY, c int REFERENCES c);
        ALTER TABLE c ADD FOREIGN KEY (d) REFERENCES d; ALTER TABLE c ADD FOREIGN KEY (d) REFERENCES a;"""
    written = export(imported(sql)).text
    assert differences(applied(postgres_server, sql), applied(postgres_server, written)) == []


def test_index_names_that_meet_in_a_schema_are_told_apart(postgres_server: PostgresServer) -> None:
    make = Builder()
    for name in ("one", "two"):
        table = make.table(name, "id integer")
        make.add(Index, table, name="by_id", parts=(IndexPart(column=make.of(table, "id")),))
    written = export(make.design())
    assert [note.code for note in written.notes] == ["name-taken"]
    assert {"public.by_id", "public.two_by_id"} <= {key[1] for key in applied(postgres_server, written.text)}


@pytest.mark.parametrize("dialect", ["mariadb", "sqlite"])
def test_designs_of_other_databases_apply(postgres_server: PostgresServer, dialect: str) -> None:
    sql = (Path(__file__).parent / "cases" / f"{dialect}.sql").read_text()
    design = read_any(sql, "case.sql", dialect).design
    found = applied(postgres_server, export(design, "postgresql").text)
    assert len([key for key in found if key[0] == "table"]) == len(design.of(Table))


def test_nasty_designs_of_other_databases_apply(postgres_server: PostgresServer) -> None:
    applied(postgres_server, export(nasty_design(names_for(64, "characters"), target="mariadb"), "postgresql").text)


def test_renamed_types_and_columns_are_written_with_their_names_of_today(postgres_server: PostgresServer) -> None:
    make = Builder()
    app = make.add(Schema, make.model, name="app")
    state = make.add(EnumType, app, name='St"ate', values=("a",))
    money = make.add(DomainType, app, name="time", type="numeric")
    table = make.table("orders", parent=app)
    make.column(table, "s app.state[]", type_ref=state.id)
    make.column(table, "unqualified state", type_ref=state.id)
    make.column(table, "net app.money", type_ref=money.id)
    gross = make.column(table, "gross numeric")
    make.add(Check, table, expr=make.expr("gross > 0", gross))
    make.records = [msgspec.structs.replace(each, name="select") if each is gross else each for each in make.records]
    found = applied(postgres_server, export(make.design()).text)
    assert found["column", "app.orders.s"].split()[1] == 'app."St""ate"[]'
    assert found["column", "app.orders.unqualified"].split()[1] == 'app."St""ate"'
    assert found["column", "app.orders.net"].split()[1] == 'app."time"'
    assert found["constraint", "app.orders.orders_select_check"] == """c CHECK (("select" > (0)::numeric))"""

"""A rich schema is made on a real MariaDB, dumped, imported, and every record compared with the server's catalog."""

from __future__ import annotations

from typing import Any

import pytest

from designer.importers.contract import Outcome
from designer.schema import (
    Check,
    Column,
    ForeignKey,
    Index,
    IndexPart,
    Key,
    Partitioning,
    Routine,
    Sequence,
    Statement,
    Table,
    Trigger,
    View,
)
from tests.importers.mysql.server import Filled, filled
from tests.importers.reading import Read
from tests.servers import MariaServer

pytestmark = pytest.mark.mariadb


@pytest.fixture(scope="module")
def shop(mariadb_server: MariaServer) -> Filled:
    return filled(mariadb_server.new_database())


@pytest.fixture(scope="module")
def got(shop: Filled) -> Read:
    return Read(shop.dump, "mariadb")


def test_nothing_failed(got: Read) -> None:
    assert got.problems() == []
    kept = [each.what for each in got.with_outcome(Outcome.VERBATIM)]
    assert kept == ["CREATE EVENT nightly"]


def test_inserts_are_skipped_and_counted(got: Read) -> None:
    inserts = [each for each in got.with_outcome(Outcome.SKIPPED) if each.what == "INSERT"]
    assert [each.count for each in inserts] == [1]
    assert got.text.split("\n")[inserts[0].line - 1].startswith("INSERT INTO `Kunde`")


def test_every_column(shop: Filled, got: Read) -> None:
    rows = shop.rows(
        "SELECT table_name, column_name, column_type, is_nullable, column_default, character_set_name, collation_name,"
        " extra, column_comment, generation_expression FROM information_schema.columns JOIN information_schema.tables"
        " USING (table_schema, table_name) WHERE table_schema = %s AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')"
        " ORDER BY table_name, ordinal_position"
    )
    assert len(rows) == sum(len(got.of(Column, table)) for table in got.of(Table))
    for table, name, kind, nullable, default, charset, collation, extra, comment, generated in rows:
        column = got.column(table, name)
        assert column.type == kind.split(" /*M!")[0]
        assert column.nullable == (nullable == "YES")
        assert (column.default.text if column.default else "NULL") == (default or "NULL")
        assert "charset" not in column.extra or column.extra["charset"] == charset
        assert column.collation in ("", collation)
        assert column.comment == comment
        assert (column.generated.text if column.generated else None) == generated
        assert_extra(column, extra)


def assert_extra(column: Column, extra: str) -> None:
    words = extra.upper()
    assert (column.identity == "auto_increment") == ("AUTO_INCREMENT" in words)
    assert (column.extra.get("invisible") == "true") == ("INVISIBLE" in words)
    assert column.generated_kind == ("stored" if "STORED" in words else "virtual" if "VIRTUAL" in words else "")
    assert ("ON UPDATE " + column.on_update.upper() in words) == bool(column.on_update)
    assert (column.extra.get("system_versioning") == "without") == ("WITHOUT SYSTEM VERSIONING" in words)


def parts_of(record: Key | Index) -> tuple[IndexPart, ...]:
    if isinstance(record, Index):
        return record.parts
    return record.parts or tuple(IndexPart(column=column) for column in record.columns)


def test_every_key_and_index(shop: Filled, got: Read) -> None:
    rows = shop.rows(
        "SELECT table_name, index_name, seq_in_index, column_name, non_unique, sub_part, collation, index_type,"
        " index_comment, ignored FROM information_schema.statistics WHERE table_schema = %s"
        " ORDER BY table_name, index_name, seq_in_index"
    )
    count = 0
    for table, name, number, column, non_unique, length, order, method, comment, ignored in rows:
        record = index_named(got, table, name)
        part = parts_of(record)[number - 1]
        count += 1
        assert got.name(part.column) == column
        assert (isinstance(record, Key) or record.unique) != bool(non_unique)
        assert part.length == (length if method in ("BTREE", "HASH") else None)
        assert part.desc == (order == "D")
        assert record.comment == comment
        assert (record.extra.get("ignored") == "true") == (ignored == "YES")
        if method in ("FULLTEXT", "SPATIAL"):
            assert isinstance(record, Index)
            assert record.method == method.lower()
    ours = [*got.of(Key), *got.of(Index)]
    assert count == sum(len(parts_of(each)) for each in ours)


def index_named(got: Read, table: str, name: str) -> Key | Index:
    parent = got.table(table)
    if name == "PRIMARY":
        return got.key(table, primary=True)
    return next(each for each in [*got.of(Key, parent), *got.of(Index, parent)] if each.name == name)


def test_every_foreign_key(shop: Filled, got: Read) -> None:
    rules = shop.rows(
        "SELECT table_name, constraint_name, referenced_table_name, delete_rule, update_rule"
        " FROM information_schema.referential_constraints WHERE constraint_schema = %s"
    )
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for table, name, column, referred in shop.rows(
        "SELECT table_name, constraint_name, column_name, referenced_column_name FROM"
        " information_schema.key_column_usage WHERE table_schema = %s AND referenced_table_name IS NOT NULL"
        " ORDER BY ordinal_position"
    ):
        pairs.setdefault((table, name), []).append((column, referred))
    assert len(rules) == len(got.of(ForeignKey))
    for table, name, target, on_delete, on_update in rules:
        key = got.named(ForeignKey, name, got.table(table))
        assert got.name(key.ref_table) == target
        assert list(zip(got.names(key.columns), got.names(key.ref_columns), strict=True)) == pairs[table, name]
        assert (key.on_delete or "restrict") == on_delete.lower()
        assert (key.on_update or "restrict") == on_update.lower()


def test_every_check(shop: Filled, got: Read) -> None:
    rows = shop.rows(
        "SELECT table_name, constraint_name, check_clause FROM information_schema.check_constraints"
        " WHERE constraint_schema = %s"
    )
    theirs = sorted((table, clause) for table, _, clause in rows)
    assert theirs == sorted((got.name(each.parent), each.expr.text) for each in got.of(Check))
    assert [each.name for each in got.of(Check) if each.name] == ["positive"]


def test_table_options(shop: Filled, got: Read) -> None:
    rows = shop.rows(
        "SELECT table_name, engine, table_collation, table_comment, auto_increment FROM information_schema.tables"
        " WHERE table_schema = %s AND table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')"
    )
    assert sorted(row[0] for row in rows) == sorted(each.name for each in got.of(Table))
    for name, engine, collation, comment, auto_increment in rows:
        table = got.table(name)
        assert table.extra["engine"] == engine
        assert table.extra["collation"] == collation
        assert table.extra["charset"] == collation.split("_")[0]
        assert table.comment == comment
        assert "auto_increment" not in table.extra or int(table.extra["auto_increment"]) == auto_increment
    assert got.table("Kunde").extra["row_format"] == "DYNAMIC"
    assert got.table("versioned").extra["system_versioning"] == "true"
    assert got.table("in memory").extra["max_rows"] == "1000"
    assert got.column("squeezed", "t").extra["compressed"] == "true"


def test_partitions(got: Read) -> None:
    found = {got.name(each.parent): each for each in got.of(Partitioning)}
    assert {name: each.strategy for name, each in found.items()} == {
        "measure": "range", "by_list": "list columns", "by_key": "linear key",
    }  # fmt: skip
    assert found["measure"].text.startswith("SUBPARTITION BY HASH (`region`)\nSUBPARTITIONS 2\n(PARTITION `old`")
    assert got.marked(found["measure"].parts[0].expr) == [("`day`", "day")]
    assert [got.name(part.column) for part in found["by_list"].parts] == ["a", "b"]
    assert found["by_list"].text == "(PARTITION `p` VALUES IN ((1,'x'),(2,'y')) ENGINE = InnoDB)"
    assert (found["by_key"].parts, found["by_key"].text) == ((), "PARTITIONS 3")


def test_views_are_the_final_ones(shop: Filled, got: Read) -> None:
    rows = shop.rows(
        "SELECT table_name, view_definition, security_type FROM information_schema.views WHERE table_schema = %s"
    )
    assert len(rows) == len(got.of(View)) == 3
    database = f"`{shop.parameters['database']}`."
    for name, definition, security in rows:
        view = got.named(View, name)
        assert view.query.text == definition.replace(database, "")
        assert view.extra["sql_security"] == security.lower()
        assert view.extra["definer"] == "`root`@`localhost`"
    assert got.named(View, "big").check_option == "local"
    assert got.named(View, "big").extra["algorithm"] == "merge"
    assert sorted(got.names(got.named(View, "totals").depends_on)) == ["Kunde", "order"]
    assert sorted(got.names(got.named(View, "a_view_of_views").depends_on)) == ["big", "totals"]


def test_marks_in_a_view(got: Read) -> None:
    marked = got.marked(got.named(View, "totals").query)
    assert ("`Kunde`", "Kunde") in marked
    assert ("`amount`", "amount") in marked
    assert ("`customer`", "customer") in marked


def code(text: str) -> str:
    return " ".join(text.split())


def test_triggers(shop: Filled, got: Read) -> None:
    rows: list[Any] = shop.rows(
        "SELECT trigger_name, event_object_table, action_statement FROM information_schema.triggers WHERE trigger_schema = %s"
    )
    assert len(rows) == len(got.of(Trigger)) == 2
    for name, table, body in rows:
        trigger = got.named(Trigger, name)
        assert got.name(trigger.parent) == table
        assert trigger.text.text.startswith(f"CREATE DEFINER=`root`@`localhost` TRIGGER `{name}` ")
        assert code(trigger.text.text).endswith(code(body.replace("-- a comment; with a semicolon", "")))
    assert ("`amount`", "amount") in got.marked(got.named(Trigger, "before_order").text)


def test_routines_sequences_and_events(shop: Filled, got: Read) -> None:
    rows = shop.rows("SELECT routine_name, routine_type FROM information_schema.routines WHERE routine_schema = %s")
    assert sorted(rows) == sorted((each.name, each.routine_kind.upper()) for each in got.of(Routine))
    body = got.named(Routine, "clean up").text.text
    assert body.startswith("CREATE DEFINER=`root`@`localhost` PROCEDURE `clean up`(IN `days` int, OUT `gone` int)")
    assert body.endswith("INTO `gone`;\nEND")
    numbers = got.named(Sequence, "numbers")
    assert (numbers.start, numbers.increment, numbers.minimum, numbers.maximum) == (100, -5, -1000, 100)
    assert (numbers.cache, numbers.cycle) == (7, True)
    [event] = got.of(Statement)
    assert event.text.text.startswith("CREATE DEFINER=`root`@`localhost` EVENT `nightly`")
    assert event.text.text.endswith("DELETE FROM `line`; END")


def test_the_script_itself_says_the_same(got: Read) -> None:
    """What a person writes gives the same tables as what the server dumps of it, except for what the server adds."""
    from tests.importers.mysql.server import RICH

    written = Read(RICH, "mariadb")
    assert written.problems() == []
    for table in got.of(Table):
        assert written.columns(table.name) == got.columns(table.name)
        ours = [got.names(each.columns) for each in got.of(ForeignKey, table)]
        assert sorted(ours) == sorted(
            written.names(each.columns) for each in written.of(ForeignKey, written.table(table.name))
        )
        keys = sorted(got.names(each.columns) for each in got.of(Key, table))
        assert keys == sorted(written.names(each.columns) for each in written.of(Key, written.table(table.name)))
    assert sorted(each.name for each in written.of(View)) == sorted(each.name for each in got.of(View))
    assert sorted(each.name for each in written.of(Trigger)) == sorted(each.name for each in got.of(Trigger))

"""Scripts as documents have them: mixed dialects, fragments, placeholders, other databases."""

import pytest

from designer.importers.contract import Outcome
from designer.schema import Index, Key, Statement, Table
from tests.importers.postgres.reading import Reading


def test_index_clauses_in_a_table_mean_what_they_mean() -> None:
    reading = Reading(
        """CREATE TABLE goods (
             id uuid PRIMARY KEY,
             name varchar(255), body text, tags text[], at timestamptz,

             CONSTRAINT named CHECK (name <> 'a, (b'),
             UNIQUE KEY uk_name (name, at), -- unique
             INDEX idx_at (at DESC),
             KEY (name),
             INDEX idx_tags USING GIN (tags),
             FULLTEXT INDEX idx_words (name, body)
           );"""
    )
    assert reading.columns("goods") == ["id", "name", "body", "tags", "at"]
    assert reading.names(reading.one(Key, "uk_name").columns) == ["name", "at"]
    assert reading.one(Index, "idx_at").parts[0].desc
    assert reading.one(Index, "idx_tags").method == "gin"
    words = reading.one(Index, "idx_words")
    assert words.parts[0].expr is not None
    assert words.parts[0].expr.text == "to_tsvector('english', coalesce(name, '') || ' ' || coalesce(body, ''))"
    assert reading.used(words.parts[0].expr) == [("name", "name"), ("body", "body")]
    assert [line for _, line in reading.told()] == [6, 7, 8, 9, 10]
    assert any("GIN index over to_tsvector" in message for message, _ in reading.told())


def test_a_column_called_key_is_no_key() -> None:
    reading = Reading("CREATE TABLE t (key varchar(20), index_ int, INDEX i (key))")
    assert reading.columns("t") == ["key", "index_"]
    assert reading.names(tuple(part.column or "" for part in reading.one(Index).parts)) == ["key"]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ('db.products.createIndex({ name: "text" })', "MongoDB"),
        ("CREATE TABLE k (a uuid, m MAP<TEXT, TEXT>, PRIMARY KEY ((a), m))", "Cassandra"),
        ("CREATE KEYSPACE k WITH replication = {'class': 'x'}", "Cassandra"),
        ("SELECT * FROM t WHERE id = $root_id", "placeholder $root_id"),
        ("SELECT * FROM t WHERE id = :name", "placeholder :name"),
        ("price DECIMAL(10,2)", "syntax error"),
        ("SELECT * FROM t WHERE a AND ...", "syntax error"),
        ("CREATE TABLE `x` (a int) ENGINE=InnoDB", "MySQL"),
    ],
)
def test_a_bad_statement_costs_only_itself(statement: str, reason: str) -> None:
    reading = Reading(f"CREATE TABLE t (id int);\n{statement};\nCREATE TABLE u (id int);")
    assert [table.name for table in reading.all(Table)] == ["t", "u"]
    ((message, line),) = reading.told(Outcome.FAILED)
    assert reason in message
    assert line == 2
    assert reading.one(Statement).text.text == statement
    assert reading.one(Statement).phase == "never"


def test_an_odd_quote_and_a_missing_semicolon_cost_one_statement() -> None:
    reading = Reading(
        "CREATE TABLE a (x int);\nCOMMENT ON TABLE a IS 'it's bad';\nCREATE TABLE b (y text DEFAULT 'q')\n\n"
        "CREATE TABLE c (z int);"
    )
    assert [table.name for table in reading.all(Table)] == ["a", "b", "c"]
    assert [line for _, line in reading.told()] == [2]


def test_queries_and_data_are_counted_not_kept() -> None:
    reading = Reading(
        "CREATE TABLE t (a int);\n"
        + "INSERT INTO t VALUES (1);\n" * 5
        + "SELECT * FROM t;\nBEGIN;\nUPDATE t SET a = 2;\n"
        "COMMIT;\nSELECT setval('s', 3);\nSELECT * FROM t WHERE a = $1;"
    )
    skipped = [(each.what, each.count, each.line) for each in reading.findings if each.outcome is Outcome.SKIPPED]
    assert skipped[0] == ("INSERT INTO t", 5, 2)
    assert not reading.all(Statement)
    assert "placeholder $1" in reading.findings[-1].message


def test_calls_that_may_change_the_schema_are_kept() -> None:
    reading = Reading("CREATE EXTENSION timescaledb; CREATE TABLE m (t int); SELECT create_hypertable('m', 't');")
    assert reading.one(Statement).text.text == "SELECT create_hypertable('m', 't')"
    assert reading.one(Statement).phase == "after"


def test_hints_and_comments_change_nothing() -> None:
    reading = Reading("/*+ IndexScan(t) */ SELECT * FROM t;\n-- c\n/* /* x */ CREATE TABLE t (a int);")
    assert reading.one(Table).name == "t"

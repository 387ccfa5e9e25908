"""What constraints say about dependencies, and what they do not say."""

from __future__ import annotations

import pytest

from designer.demo import demo_design
from designer.dependencies.subject import subject_of
from designer.schema import Dependency, Entity, Table
from tests.dependencies.model.tables import columns, implied_by, read, stated, subject, table

KEYS = {
    "CREATE TABLE t (a int PRIMARY KEY, b int);": ["a -> *"],
    "CREATE TABLE t (a int, b int, c int, PRIMARY KEY (b, a));": ["a,b -> *"],
    "CREATE TABLE t (a int PRIMARY KEY, b int NOT NULL UNIQUE);": ["a -> *", "b -> *"],
    "CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE);": ["a -> *"],
    "CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE NULLS NOT DISTINCT);": ["a -> *", "b -> *"],
    "CREATE TABLE t (a int NOT NULL, b int, c int, UNIQUE (a, b));": [],
    "CREATE TABLE t (a int NOT NULL, b int); CREATE UNIQUE INDEX ON t (a);": ["a -> *"],
    "CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX ON t (a);": [],
    "CREATE TABLE t (a int NOT NULL, b int); CREATE UNIQUE INDEX ON t (a) WHERE b > 0;": [],
    "CREATE TABLE t (a text NOT NULL, b int); CREATE UNIQUE INDEX ON t (lower(a));": [],
    "CREATE TABLE t (a int NOT NULL, b int); CREATE INDEX ON t (a);": [],
    "CREATE TABLE t (a int, b int); CREATE UNIQUE INDEX ON t (a) NULLS NOT DISTINCT;": ["a -> *"],
    "CREATE TABLE t (a int NOT NULL, b int, EXCLUDE USING gist (a WITH =));": ["a -> *"],
    "CREATE TABLE t (a int NOT NULL, b int4range NOT NULL, EXCLUDE USING gist (a WITH =, b WITH &&));": [],
    "CREATE DOMAIN d AS int NOT NULL; CREATE TABLE t (a d UNIQUE, b int);": ["a -> *"],
    "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b int);": [],
    "CREATE TABLE t (a int, b int);": [],
}


@pytest.mark.parametrize(("sql", "expected"), KEYS.items(), ids=KEYS)
def test_a_key_determines_all_columns_where_no_row_escapes_it(sql: str, expected: list[str]) -> None:
    assert implied_by(sql) == expected


FACTS = {
    "CREATE TABLE t (a int, b int, c int GENERATED ALWAYS AS (a + b) STORED);": ["a,b -> c"],
    "CREATE TABLE t (a int NOT NULL, b int NOT NULL, CHECK (a = b));": ["a -> b", "b -> a"],
    "CREATE TABLE t (a int NOT NULL, b int, CHECK (a = b));": [],
    "CREATE TABLE t (a int, b int, CHECK (a IS NOT DISTINCT FROM b));": ["a -> b", "b -> a"],
    "CREATE TABLE t (a int NOT NULL, b int NOT NULL, c int, CHECK (a = b AND c > 0));": ["a -> b", "b -> a"],
    "CREATE TABLE t (a int NOT NULL, b int NOT NULL, c int, CHECK (a = b OR c > 0));": [],
    "CREATE TABLE t (a int NOT NULL, b int NOT NULL, CHECK (a <= b));": [],
    "CREATE TABLE t (a int NOT NULL, b int NOT NULL, CHECK (a = b + 1));": [],
    "CREATE TABLE t (a int NOT NULL, b int NOT NULL, CHECK (NOT (a = b)));": [],
    "CREATE TABLE t (a text NOT NULL, b int, CHECK (a = 'x'));": [" -> a"],
    "CREATE TABLE t (a text, b int, CHECK (a = 'x'));": [],
    "CREATE TABLE t (a int NOT NULL, b int NOT NULL, CHECK (a = b) NOT ENFORCED);": [],
}


@pytest.mark.parametrize(("sql", "expected"), FACTS.items(), ids=FACTS)
def test_generated_columns_and_equal_ones_are_dependencies(sql: str, expected: list[str]) -> None:
    assert implied_by(sql) == expected


PARENT = "CREATE TABLE p (id int PRIMARY KEY, tenant int NOT NULL, UNIQUE (id, tenant));"


def test_a_foreign_key_over_more_than_a_key_says_what_depends_on_the_key() -> None:
    columns_of = "p_id int NOT NULL, tenant int NOT NULL, FOREIGN KEY (p_id, tenant) REFERENCES p (id, tenant)"
    assert implied_by(f"{PARENT} CREATE TABLE t ({columns_of});") == ["p_id -> tenant"]


def test_a_foreign_key_with_a_hole_says_nothing() -> None:
    columns_of = "p_id int NOT NULL, tenant int, FOREIGN KEY (p_id, tenant) REFERENCES p (id, tenant)"
    assert implied_by(f"{PARENT} CREATE TABLE t ({columns_of});") == []
    assert implied_by(f"{PARENT} CREATE TABLE t ({columns_of} MATCH FULL);") == ["p_id -> tenant"]


def test_a_prefix_of_a_column_that_is_unique_makes_the_whole_unique() -> None:
    sql = "CREATE TABLE t (a varchar(90) NOT NULL, b int, UNIQUE KEY k (a(10)));"
    assert implied_by(sql, dialect="mysql") == ["a -> *"]


def test_a_unique_reference_is_one_to_one() -> None:
    sql = "CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, user_id int NOT NULL UNIQUE"
    found = subject(f"{sql} REFERENCES users, name text);")
    assert [each.reason for each in found.origins] == [
        "id is the primary key", "user_id is the unique key, one row for one of users",
    ]  # fmt: skip


def test_each_dependency_says_where_it_comes_from() -> None:
    found = subject("CREATE TABLE t (a int PRIMARY KEY, b int NOT NULL UNIQUE, c int GENERATED ALWAYS AS (b) STORED);")
    assert [each.reason for each in found.origins] == [
        "a is the primary key", "b is the unique key", "c is computed from b",
    ]  # fmt: skip
    assert all(each.kept and each.source == "model" for each in found.origins)


def test_stated_dependencies_join_those_of_the_model() -> None:
    design = stated(read("CREATE TABLE t (a int PRIMARY KEY, b int, c int);"), "b -> c", decided_by="Ada")
    found = subject_of(design, table(design))
    assert found.origins[-1].reason == "stated by Ada"
    assert found.columns == tuple(columns(design).values())
    assert found.names(found.relation.fds[-1].left) == "b"


@pytest.mark.parametrize(("state", "there"), [("confirmed", 1), ("waived", 1), ("proposed", 0), ("refuted", 0)])
def test_only_what_holds_is_in_the_relation(state: str, there: int) -> None:
    design = stated(read("CREATE TABLE t (a int, b int);"), "a -> b", state=state)
    assert len(subject_of(design, table(design)).relation.fds) == there
    proposed = subject_of(design, table(design), with_proposed=True)
    assert len(proposed.relation.fds) == (0 if state == "refuted" else 1)


def test_a_dependency_of_a_column_that_left_the_table_is_passed_over() -> None:
    design = read("CREATE TABLE t (a int, b int); CREATE TABLE u (c int);")
    stranger = columns(design, "u")["c"]
    record = Dependency(id="strange", parent=table(design), determinant=(stranger,), dependent=(columns(design)["a"],))
    assert subject_of(design.changed((), [record]), table(design)).relation.fds == ()


def test_an_entity_has_its_attributes_and_what_it_belongs_to() -> None:
    design = demo_design()
    logical = [each for each in design.of(Entity) if each.name == "Order item"][-1]
    found = subject_of(design, logical.id)
    assert set(found.relation.attributes) >= {"line no", "quantity", "Order", "Variant"}
    keys = [found.names(fd.left) for fd in found.relation.fds]
    assert keys == ["line no, Order"]


def test_what_is_neither_table_nor_entity_has_no_relation() -> None:
    design = read("CREATE TABLE t (a int);")
    with pytest.raises(KeyError):
        subject_of(design, columns(design)["a"])
    assert len(design.of(Table)) == 1

"""What may have another name is asked about, scored; what was answered is one object."""

from __future__ import annotations

import pytest

from designer.evolution.contract import MigrationProblem
from designer.evolution.renames import value_of
from designer.schema import Column, EnumType, Table
from tests.evolution.align.texts import between, told

USERS = "CREATE TABLE users (id int PRIMARY KEY, mail text NOT NULL, born date, name text)"
PEOPLE = "CREATE TABLE people (id int PRIMARY KEY, mail text NOT NULL, born date, name text)"


def _pairs(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.old_label, each.new_label) for each in between(old, new).candidates]


def test_a_table_by_its_columns() -> None:
    found = between(
        f"{USERS}; CREATE TABLE logs (at timestamp, said text)", f"{PEOPLE}; CREATE TABLE news (n int)"
    ).candidates
    assert [(each.kind, each.old_label, each.new_label) for each in found] == [
        ("table", "public.users", "public.people")
    ]
    assert found[0].likeness > 0.8
    assert "4 of 4 columns" in found[0].why


def test_a_column_by_type_place_and_name() -> None:
    old, new = USERS, USERS.replace("mail text", "email text")
    assert _pairs(old, new) == [("column", "public.users.mail", "public.users.email")]
    assert _pairs(USERS, USERS.replace("mail text NOT NULL", "number int")) == []


def test_ties_are_all_asked_about() -> None:
    old = "CREATE TABLE t (id int, aaa text, zzz date)"
    new = "CREATE TABLE t (id int, bbb text, ccc text, zzz date)"
    assert {each[2] for each in _pairs(old, new)} == {"public.t.bbb", "public.t.ccc"}


def test_a_schema_a_move_a_view_an_enum() -> None:
    assert _pairs("CREATE SCHEMA a; CREATE TABLE a.t (i int)", "CREATE SCHEMA b; CREATE TABLE b.t (i int)") == [
        ("schema", "a", "b")
    ]
    assert _pairs("CREATE TABLE t (i int, j int)", "CREATE SCHEMA b; CREATE TABLE b.t (i int, j int)") == [
        ("table", "public.t", "b.t")
    ]
    view = "CREATE TABLE t (i int); CREATE VIEW {} AS SELECT i FROM t"
    assert _pairs(view.format("v"), view.format("w")) == [("view", "public.v", "public.w")]
    enum = "CREATE TYPE {} AS ENUM ('a', 'b')"
    assert _pairs(enum.format("one"), enum.format("two")) == [("enum type", "public.one", "public.two")]


def test_what_holds_no_rows_is_renamed_without_a_question() -> None:
    there = between(
        "CREATE TABLE t (i int CONSTRAINT a CHECK (i > 0))", "CREATE TABLE t (i int CONSTRAINT b CHECK (i > 0))"
    )
    assert told(there) == ["~a: name"]
    assert not there.candidates


ASKED = [
    (USERS, PEOPLE, ("users=people",), ["~users: name"]),
    (USERS, PEOPLE.replace("mail", "email"), ("users=people", "users.mail=email"), ["~mail: name", "~users: name"]),
    (USERS, PEOPLE.replace("mail", "email"), ("public.users=public.people", "users.mail=people.email"), ["~mail: name", "~users: name"]),
    ('CREATE TABLE "Order" (i int)', 'CREATE TABLE "my.orders=" (i int)', ('"Order"="my.orders="',), ["~Order: name"]),
    ("CREATE TABLE t (a int, b text)", "CREATE TABLE t (b int, a text)", ("t.a=b", "t.b=a"), ["~a: name", "~b: name"]),
    ("CREATE TABLE t (i int)", "CREATE SCHEMA s; CREATE TABLE s.t (i int)", ("t=s.t",), ["+s", "~t: parent"]),
    ("CREATE SCHEMA a; CREATE TABLE a.t (i int)", "CREATE SCHEMA b; CREATE TABLE b.t (i int)", ("a=b",), ["~a: name"]),
    ("CREATE TYPE m AS ENUM ('x', 'y')", "CREATE TYPE m AS ENUM ('z', 'y')", ("m.x=z",), ["~m: values"]),
    ("CREATE TABLE t (i int); CREATE VIEW v AS SELECT i FROM t", "CREATE TABLE t (i int); CREATE VIEW w AS SELECT i FROM t", ("v=w",), ["~v: name"]),
    (f"{USERS}; CREATE VIEW v AS SELECT mail FROM users", f"{PEOPLE}; CREATE VIEW v AS SELECT mail FROM people", ("users=people",), ["~users: name"]),
    ("CREATE TABLE t (i int); CREATE INDEX x ON t (i)", "CREATE TABLE t (i bigint); CREATE INDEX y ON t (i, i)", ("public.x=y",),
     ["~i: logical, type", "~x: name, parts"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "renames", "wanted"), ASKED)
def test_what_was_asked_for_is_one_object(old: str, new: str, renames: tuple[str, ...], wanted: list[str]) -> None:
    there = between(old, new, renames=renames)
    assert [each for each in told(there) if not each.endswith(": order")] == wanted
    assert not there.candidates


def test_renamed_columns_of_a_swap_keep_their_own_values() -> None:
    there = between("CREATE TABLE t (a int, b text)", "CREATE TABLE t (b int, a text)", renames=("t.a=b", "t.b=a"))
    before = {each.id: each.type for each in there.old.of(Column)}
    assert {each.id: each.type for each in there.new.of(Column)} == before


def test_values_are_told_by_enum() -> None:
    old, new = "CREATE TYPE m AS ENUM ('a.b', 'b', 'c')", "CREATE TYPE m AS ENUM ('a.x', 'y', 'c')"
    there = between(old, new, renames=('m."a.b"="a.x"', "m.b=y"))
    assert there.values == {there.old.of(EnumType)[0].id: {"a.b": "a.x", "b": "y"}}
    assert value_of(there.old.of(EnumType)[0], "m.a.b") == "a.b"


WRONG = [
    "users",
    "=people",
    "users=",
    "nobody=people",
    "users=nobody",
    "users.nothing=email",
    "a=b=c",
    "users.mail=people.id",
]


@pytest.mark.parametrize("text", WRONG)
def test_a_rename_that_is_none_says_what_to_do(text: str) -> None:
    with pytest.raises(MigrationProblem, match=r"rename"):
        between(USERS, PEOPLE, renames=(text,))


def test_tables_of_nothing_in_common_are_not_asked_about() -> None:
    many = "; ".join(f"CREATE TABLE a{n} (x{n} int, y{n} text)" for n in range(30))
    other = "; ".join(f"CREATE TABLE b{n} (p{n} date, q{n} bytea)" for n in range(30))
    there = between(many, other)
    assert not there.candidates
    assert len(there.new.of(Table)) == 30

"""What is the same on both sides leaves nothing to do, and what is not is told field by field."""

from __future__ import annotations

import pytest

from designer.change.change import diff
from designer.evolution.align import aligned, share_ids
from designer.evolution.contract import MigrationProblem
from designer.schema import Column, CompositeType, Design, Index, Table
from tests.evolution.align.texts import between, design, left, told

PG, MY, MARIA, LITE = "postgresql", "mysql", "mariadb", "sqlite"
SAME = [
    (PG, False, "CREATE TABLE a (i int); CREATE TABLE b (i int)", "CREATE TABLE b (i int); CREATE TABLE a (i int)"),
    (PG, False, "CREATE TABLE t (i int)", "CREATE TABLE public.t (i integer)"),
    (PG, False, "CREATE TABLE t (i int UNIQUE)", "CREATE TABLE t (i int); ALTER TABLE t ADD CONSTRAINT t_i_key UNIQUE (i)"),
    (PG, True, "CREATE TABLE t (id serial PRIMARY KEY)",
     "CREATE TABLE public.t (id integer NOT NULL); CREATE SEQUENCE public.t_id_seq AS integer OWNED BY public.t.id; "
     "ALTER TABLE ONLY public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass); "
     "ALTER TABLE ONLY public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id)"),
    (PG, True, "CREATE TABLE t (v varchar(9) CHECK (v IN ('a', 'b')))",
     "CREATE TABLE public.t (v character varying(9), CONSTRAINT t_v_check CHECK (((v)::text = ANY "
     "((ARRAY['a'::character varying, 'b'::character varying])::text[]))))"),
    (PG, True, "CREATE TABLE t (a int, b int, PRIMARY KEY (a)) PARTITION BY RANGE (a); "
     "CREATE TABLE p PARTITION OF t FOR VALUES FROM (1) TO (9); CREATE INDEX p_b ON p (b)",
     "CREATE TABLE t (a integer NOT NULL, b integer) PARTITION BY RANGE (a); CREATE TABLE p (a integer NOT NULL, b integer); "
     "ALTER TABLE ONLY t ATTACH PARTITION p FOR VALUES FROM (1) TO (9); ALTER TABLE ONLY t ADD CONSTRAINT t_pkey PRIMARY KEY (a); "
     "ALTER TABLE ONLY p ADD CONSTRAINT p_pkey PRIMARY KEY (a); CREATE INDEX p_b ON p USING btree (b)"),
    (PG, False, "CREATE TABLE t (i int); GRANT ALL ON t TO joe; REVOKE DELETE ON t FROM joe; GRANT SELECT ON t TO ann",
     "CREATE TABLE t (i int); GRANT SELECT ON t TO ann; GRANT SELECT, INSERT, UPDATE, TRUNCATE, REFERENCES, TRIGGER, MAINTAIN ON t TO joe"),
    (PG, False, "CREATE TABLE a (i int PRIMARY KEY); CREATE TABLE b (i int PRIMARY KEY); CREATE PUBLICATION p FOR TABLE a, b",
     "CREATE TABLE a (i int PRIMARY KEY); CREATE TABLE b (i int PRIMARY KEY); CREATE PUBLICATION p FOR TABLE a; "
     "ALTER PUBLICATION p ADD TABLE ONLY b"),
    (PG, False, "CREATE TABLE t (i int); ALTER TABLE t OWNER TO joe; INSERT INTO t VALUES (1)", "CREATE TABLE t (i int)"),
    (PG, True, "CREATE TABLE t (i int); CREATE INDEX ON t (i int4_ops)", "CREATE TABLE t (i integer); CREATE INDEX t_i_idx ON t USING btree (i)"),
    (MY, True, "CREATE TABLE a (i int PRIMARY KEY); CREATE TABLE b (i int, FOREIGN KEY (i) REFERENCES a (i))",
     "CREATE TABLE `a` (`i` int NOT NULL, PRIMARY KEY (`i`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4; "
     "CREATE TABLE `b` (`i` int DEFAULT NULL, KEY `i` (`i`), CONSTRAINT `b_ibfk_1` FOREIGN KEY (`i`) REFERENCES `a` (`i`)) ENGINE=InnoDB"),
    (MARIA, True, "CREATE TABLE t (j json)",
     "CREATE TABLE `t` (`j` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`j`))) ENGINE=InnoDB"),
    (LITE, False, "CREATE TABLE T (a INT); CREATE INDEX Ix ON T (A)", "CREATE TABLE T (a INT); CREATE INDEX Ix ON T (a)"),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "is_dump", "old", "new"), SAME)
def test_the_same_in_other_words(dialect: str, is_dump: bool, old: str, new: str) -> None:
    there = between(old, new, dialect, printed=(False, is_dump))
    assert told(there) == []
    assert not there.candidates
    assert told(between(new, old, dialect, printed=(is_dump, False))) == []


CHANGED = [
    (PG, "CREATE TABLE t (i int)", "CREATE TABLE t (i bigint, n text)", ["+n", "~i: logical, type"]),
    (PG, "CREATE TABLE t (i int DEFAULT 1, n text)", "CREATE TABLE t (i int DEFAULT 2)", ["-n", "~i: default"]),
    (PG, "CREATE TABLE t (i int); CREATE INDEX x ON t (i)", "CREATE TABLE t (i int); CREATE INDEX y ON t (i)", ["~x: name"]),
    (PG, "CREATE TABLE t (a text); CREATE INDEX x ON t (a)", "CREATE TABLE t (a text); CREATE INDEX x ON t (a text_pattern_ops)", ["~x: parts"]),
    (PG, "CREATE TABLE t (a int UNIQUE)", "CREATE TABLE t (a int CONSTRAINT one UNIQUE)", ["~Key: name"]),
    (PG, "CREATE TABLE t (a int, b int)", "CREATE TABLE t (b int, a int)", ["~a: order", "~b: order"]),
    (PG, "CREATE TABLE t (i int CHECK (i > 0))", "CREATE TABLE t (i int CHECK (i > 1))", ["~Check: expr"]),
    (PG, "CREATE TABLE t (i int); GRANT SELECT ON t TO joe", "CREATE TABLE t (i int); GRANT UPDATE ON t TO joe", ["+Statement", "-Statement"]),
    (MY, "CREATE TABLE t (i int)", "CREATE TABLE t (i int) ENGINE=MyISAM", ["~t: extra"]),
    (MY, "CREATE TABLE t (s text)", "CREATE TABLE t (s text COLLATE utf8mb4_bin)", ["~s: collation"]),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "old", "new", "wanted"), CHANGED)
def test_a_change_is_told(dialect: str, old: str, new: str, wanted: list[str]) -> None:
    assert told(between(old, new, dialect)) == wanted


def test_a_new_column_gets_a_place_between_those_that_are_there() -> None:
    there = between("CREATE TABLE t (a int, b int)", "CREATE TABLE t (n int, a int, m int, b int, o int)")
    table = there.new.of(Table)[0]
    assert [each.name for each in there.new.of(Column, table.id)] == ["n", "a", "m", "b", "o"]
    assert not left(there).changed


def test_spelling_is_trusted_only_where_a_server_wrote_one_side() -> None:
    old = "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT a + (b + 1) AS n FROM t"
    new = "CREATE TABLE t (a int, b int); CREATE VIEW v AS SELECT (a + b) + 1 AS n FROM t"
    assert told(between(old, new)) == ["~v: query"]
    there = between(old, new, printed=(True, False))
    assert told(there) == []
    assert [each.code for each in there.unsure] == ["spelled"]


def test_an_operator_class_that_a_server_printed_is_not_the_usual_one() -> None:
    table, index = "CREATE TABLE t (a text);", "CREATE INDEX i ON t USING gin (a{});"
    old, new = table + index.format(" gin_trgm_ops"), table + index.format("")
    assert told(between(old, new, printed=(True, False)))
    assert told(between(new, old, printed=(False, True)))


def test_one_object_with_another_parent_keeps_its_id() -> None:
    there = between(
        "CREATE TABLE t (i int, CHECK (i > 0))", "CREATE TABLE t (i bigint, CHECK (i > 0)); CREATE INDEX x ON t (i)"
    )
    index = there.new.of(Index)[0]
    assert index.parent == there.old.of(Table)[0].id
    assert index.parts[0].column == there.old.of(Column)[0].id


def test_states_of_one_design_are_taken_at_their_word() -> None:
    old = design("CREATE TABLE t (mail text DEFAULT 'x', n int)")
    column, number = old.of(Column)
    renamed = [type(column)(**{**_fields(column), "name": "email", "type": "TEXT"})]
    new = old.changed([number.id], renamed)
    assert share_ids(old, new)
    there = aligned(old, new, PG)
    change = diff(there.old, there.new)
    assert dict(change.changed) == {column.id: {"name": ("mail", "email")}}
    assert set(change.removed) == {number.id}


def test_no_physical_model_is_a_problem() -> None:
    with pytest.raises(MigrationProblem, match="no physical model"):
        aligned(Design(), Design(), PG)


def test_from_and_to_nothing() -> None:
    full, nothing = "CREATE TABLE t (i int)", "-- nothing"
    assert told(between(nothing, full)) == ["+i", "+t"]
    assert told(between(full, nothing)) == ["-i", "-t"]


def _fields(record: Column) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__struct_fields__}


def test_a_privilege_taken_away_is_told() -> None:
    old = "CREATE TABLE t (i int); GRANT ALL ON t TO joe"
    assert told(between(old, f"{old}; REVOKE DELETE ON t FROM joe")) == ["+Statement"]


def test_a_sequence_that_is_owned_on_one_side_is_one_sequence() -> None:
    old = "CREATE TABLE t (i int); CREATE SEQUENCE s OWNED BY t.i"
    assert told(between(old, old.replace(" OWNED BY t.i", ""))) == ["~s: owned_by"]


def test_bodies_that_name_what_is_renamed_are_the_new_ones_where_the_server_leaves_them() -> None:
    old = "CREATE TABLE t (i int); CREATE VIEW v AS SELECT i FROM t"
    new = "CREATE TABLE u (i int); CREATE VIEW v AS SELECT `i` FROM `u`"
    assert told(between(old, new, MY, renames=("t=u",))) == ["~t: name", "~v: query"]


def test_an_identity_brings_its_sequence_and_the_name_of_that() -> None:
    new = "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME t_id_seq1))"
    assert told(between("CREATE TABLE t (id int NOT NULL)", new)) == ["~id: identity, identity_options"]
    assert told(between("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY)", new)) == ["~id: identity_options"]
    assert told(between("CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY)", new.replace("seq1", "seq"))) == []


def test_a_grant_on_what_is_not_known_is_no_less_a_grant() -> None:
    old = "CREATE SCHEMA s; CREATE TABLE s.t (i serial)"
    grant = "GRANT USAGE ON ALL SEQUENCES IN SCHEMA s TO joe"
    assert told(between(old, f"{old}; {grant}")) == ["+Statement"]
    assert told(between(f"{old}; {grant}", f"{old}; {grant.replace('USAGE', 'usage ')}")) in (
        [],
        ["+Statement", "-Statement"],
    )
    assert told(between(f"{old}; {grant}", f"{old};  {grant}")) == []


def test_words_of_the_new_side_keep_the_path_they_are_meant_under() -> None:
    old = "CREATE SCHEMA s; CREATE TYPE s.m AS ENUM ('a'); CREATE TYPE s.c AS (m s.m)"
    new = "CREATE SCHEMA s; SET search_path = s; CREATE TYPE m AS ENUM ('a'); CREATE TYPE c AS (m m)"
    assert told(between(old, new, printed=(True, False))) == []
    there = between(old, new.replace("(m m)", "(m m, n int)"), printed=(True, False))
    assert told(there) == ["~c: extra, fields"]
    assert there.new.of(CompositeType)[0].extra["search_path"]

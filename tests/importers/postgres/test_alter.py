"""ALTER, RENAME, DROP, COMMENT: applied to what the script made before."""

from designer.importers.contract import Outcome
from designer.schema import Check, ForeignKey, Index, Key, Policy, Publication, Routine, Statement, Table, Trigger, View
from tests.importers.postgres.reading import Reading


def test_columns_come_go_and_change() -> None:
    reading = Reading(
        """CREATE TABLE t (a int, gone text UNIQUE, b varchar(8));
           CREATE INDEX i ON t (lower(gone)); CREATE INDEX j ON t (a) WHERE gone IS NULL; CREATE INDEX k ON t (a);
           ALTER TABLE t DROP COLUMN gone, ADD COLUMN c jsonb NOT NULL DEFAULT '{}',
             ALTER COLUMN b TYPE text COLLATE "C" USING b::text, ALTER b SET DEFAULT 'x', ALTER a SET NOT NULL;
           ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME t_a_seq START WITH 7);"""
    )
    assert reading.columns("t") == ["a", "b", "c"]
    assert [index.name for index in reading.all(Index)] == ["k"]
    assert not reading.all(Key)
    b, a = reading.column("t", "b"), reading.column("t", "a")
    assert (b.type, b.collation, b.default.text) == ("text", '"C"', "'x'")  # type: ignore[union-attr]
    assert (a.identity, a.identity_options) == ("always", "SEQUENCE NAME t_a_seq START WITH 7")


def test_an_up_and_a_down_migration_cancel_out() -> None:
    reading = Reading(
        """CREATE TABLE users (id int PRIMARY KEY);
           ALTER TABLE users ADD COLUMN prefs jsonb DEFAULT '{}';
           CREATE INDEX idx_prefs ON users USING gin (prefs);
           DROP INDEX IF EXISTS idx_prefs;
           ALTER TABLE users DROP COLUMN prefs;
           DROP TABLE IF EXISTS never_was;"""
    )
    assert reading.columns("users") == ["id"]
    assert not reading.all(Index)
    assert not reading.told()


def test_a_rename_rewrites_nothing_but_names() -> None:
    reading = Reading(
        """CREATE TABLE old (a int CHECK (a > 0), b int REFERENCES old (a), UNIQUE (a));
           CREATE INDEX i ON old (a) WHERE a < 9;
           ALTER TABLE old RENAME COLUMN a TO z;
           ALTER TABLE old RENAME TO fresh;
           ALTER TABLE fresh RENAME CONSTRAINT old_a_key TO uq;
           ALTER INDEX i RENAME TO ix;"""
    )
    check = reading.one(Check)
    assert (check.name, check.expr.text, reading.used(check.expr)) == ("old_a_check", "a > 0", [("a", "z")])
    assert reading.one(Key).name == "uq"
    assert reading.one(Index).name == "ix"
    assert reading.names(reading.one(ForeignKey).ref_columns) == ["z"]
    assert not reading.told()


def test_comments_go_to_their_records() -> None:
    reading = Reading(
        """CREATE TABLE t (a int PRIMARY KEY, b int); CREATE INDEX ON t (b, lower(b::text));
           CREATE FUNCTION f(x integer, y varchar(3)) RETURNS int LANGUAGE sql AS 'SELECT 1';
           CREATE FUNCTION f(x text) RETURNS int LANGUAGE sql AS 'SELECT 2';
           COMMENT ON TABLE t IS 'it''s'; COMMENT ON COLUMN t.b IS E'tab\\there';
           COMMENT ON CONSTRAINT t_pkey ON t IS 'key'; COMMENT ON INDEX t_b_lower_idx IS 'index';
           COMMENT ON FUNCTION f(int, character varying) IS 'first';
           COMMENT ON COLUMN t.b IS 'last word';"""
    )
    assert (reading.one(Table).comment, reading.column("t", "b").comment) == ("it's", "last word")
    assert (reading.one(Key).name, reading.one(Key).comment) == ("t_pkey", "key")
    assert (reading.one(Index).name, reading.one(Index).comment) == ("t_b_lower_idx", "index")
    assert [routine.comment for routine in reading.all(Routine)] == ["first", ""]


def test_commands_on_a_table_that_is_not_there_are_kept() -> None:
    reading = Reading("\nALTER TABLE nowhere ADD COLUMN a int;\n\n  CREATE INDEX i ON nowhere (a);")
    assert [line for _, line in reading.told(Outcome.WARNING)] == [2, 4]
    assert {each.phase for each in reading.all(Statement)} == {"never"}
    assert {each.extra["needs"] for each in reading.all(Statement)} == {"table nowhere"}


def test_an_index_before_its_table_waits_for_it() -> None:
    reading = Reading("CREATE INDEX i ON t (a);\nCREATE TABLE t (a int);")
    assert reading.one(Index).parent == reading.one(Table).id
    assert reading.told() == [("table t comes later in the script; a server would refuse this order", 1)]


def test_programs() -> None:
    reading = Reading(
        """CREATE TABLE t (id int PRIMARY KEY, owner text, n text);
           CREATE VIEW v (x) WITH (security_barrier=true) AS SELECT t.id FROM t WHERE n > 'a' WITH LOCAL CHECK OPTION;
           CREATE MATERIALIZED VIEW mv AS WITH c AS (SELECT id FROM t) SELECT * FROM c JOIN v ON true WITH NO DATA;
           CREATE UNIQUE INDEX mvi ON mv (id);
           CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN INSERT INTO t VALUES (1); RETURN NEW; END; $$;
           CREATE TRIGGER tr BEFORE UPDATE OF n ON t FOR EACH ROW WHEN (OLD.n <> NEW.n) EXECUTE FUNCTION touch();
           ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, DISABLE TRIGGER tr;
           CREATE POLICY p ON t AS RESTRICTIVE FOR UPDATE USING ((owner = CURRENT_USER)) WITH CHECK (id > 0);
           CREATE PUBLICATION pub FOR TABLE t WHERE (id > 1);"""
    )
    view, mat = reading.one(View, "v"), reading.one(View, "mv")
    assert (view.query.text, view.check_option) == ("SELECT t.id FROM t WHERE n > 'a'", "local")
    assert reading.used(view.query) == [("t", "t"), ("id", "id"), ("t", "t"), ("n", "n")]
    assert (mat.materialized, mat.with_data, mat.depends_on) == (True, False, (reading.one(Table).id, view.id))
    assert reading.one(Index).parent == mat.id
    routine, trigger = reading.one(Routine), reading.one(Trigger)
    assert (routine.signature, reading.used(routine.text)) == ("()", [("touch", "touch"), ("t", "t")])
    assert trigger.enabled == "disabled"
    assert reading.used(trigger.text) == [
        ("tr", "tr"),
        ("n", "n"),
        ("t", "t"),
        ("n", "n"),
        ("n", "n"),
        ("touch", "touch"),
    ]
    policy = reading.one(Policy)
    assert (policy.restrictive, policy.command, policy.using.text) == (True, "update", "owner = CURRENT_USER")  # type: ignore[union-attr]
    assert (reading.one(Table).row_security, reading.one(Table).force_row_security) == (True, True)
    assert reading.names(reading.one(Publication).tables) == ["t"]
    assert not reading.told()


def test_indexes_with_everything() -> None:
    reading = Reading(
        """CREATE EXTENSION pg_trgm;
           CREATE TABLE t (a int, n text);
           CREATE UNIQUE INDEX i ON ONLY t USING btree (lower(n) COLLATE "C" text_pattern_ops DESC NULLS LAST, (a + 1), a)
             INCLUDE (n) NULLS NOT DISTINCT WITH (fillfactor = 60) TABLESPACE fast WHERE ((a > 0) AND (n <> ''));
           CREATE INDEX g ON t USING gin (n gin_trgm_ops(siglen = 32));"""
    )
    index = reading.one(Index, "i")
    first, second, third = index.parts
    assert first.expr is not None
    assert (first.expr.text, first.collation, first.opclass) == ("lower(n)", '"C"', "text_pattern_ops")
    assert (first.desc, first.nulls) == (True, "last")
    assert second.expr is not None
    assert (second.expr.text, third.column) == ("a + 1", reading.column("t", "a").id)
    assert index.where is not None
    assert index.where.text == "(a > 0) AND (n <> '')"
    assert (index.unique, index.only, index.nulls_not_distinct, index.options, index.tablespace) == (
        True, True, True, "fillfactor = 60", "fast",
    )  # fmt: skip
    assert reading.one(Index, "g").parts[0].opclass == "gin_trgm_ops(siglen = 32)"

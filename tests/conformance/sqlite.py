"""What SQLite answers to the list of constructs."""

from __future__ import annotations

from designer.dialects.base import words
from tests.conformance.cases import Case, Skip
from tests.conformance.sqlite_skips import SKIPS
from tests.nasty import NAMES, literal

_FOLDED = list({name.lower(): name for name in NAMES}.values())
"""Names as SQLite tells them apart: the case of ASCII letters does not count."""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _nasty_names() -> str:
    """Return a table, column, key, check, index, view and trigger of each name."""
    statements = []
    for number, name in enumerate(_FOLDED):
        own, index, view = (_quoted(f"{kind} {name}") for kind in ("t", "i", "v"))
        column = _quoted(name)
        statements += (
            f"CREATE TABLE {own} (id INTEGER PRIMARY KEY, {column} TEXT CONSTRAINT {column} CHECK ({column} <> ''),"
            f" up INTEGER, CONSTRAINT {_quoted(name + ' u')} UNIQUE ({column}, up),"
            f" CONSTRAINT {_quoted(name + ' f')} FOREIGN KEY (up) REFERENCES {own} (id));",
            f"CREATE INDEX {index} ON {own} ({column} DESC) WHERE {column} IS NOT NULL;",
            f"CREATE VIEW {view} AS SELECT {column} AS {column} FROM {own};",
            f"CREATE TRIGGER {_quoted(f'g {name}')} AFTER UPDATE OF {column} ON {own} BEGIN"
            f" UPDATE {own} SET up = {number} WHERE {column} = NEW.{column}; END;",
        )
    return "\n".join(statements)


def _nasty_values() -> str:
    """Return a table whose defaults and checks hold each text."""
    columns = ",\n".join(
        f"c{number} TEXT DEFAULT {literal(name)} CHECK (c{number} <> {literal(name)} OR c{number} = {literal(name * 2)})"
        for number, name in enumerate(NAMES)
    )
    return f"CREATE TABLE values_nasty ({columns});"


_RESERVED = words("""
abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case
cast check collate column commit conflict constraint create cross current current_date current_time
current_timestamp database default deferrable deferred delete desc detach distinct do drop each else end escape
except exclude exclusive exists explain fail filter first following for foreign from full generated glob group
groups having if ignore immediate in index indexed initially inner insert instead intersect into is isnull join key
last left like limit match materialized natural no not nothing notnull null nulls of offset on or order others outer
over partition plan pragma preceding primary query raise range recursive references regexp reindex release rename
replace restrict returning right rollback row rows savepoint select set table temp temporary then ties to
transaction trigger unbounded union unique update using vacuum values view virtual when where window with without
""")

CASES: dict[str, Case] = {name: Skip(reason) for name, reason in SKIPS.items()} | {
    "table": "CREATE TABLE table_plain (a INT, b TEXT); CREATE TABLE main.table_of_main (a);"
    " CREATE TABLE IF NOT EXISTS table_if (a INTEGER PRIMARY KEY);",
    "options": "PRAGMA encoding = 'UTF-16le'; PRAGMA auto_vacuum = 1; PRAGMA application_id = -1129138976;"
    " PRAGMA user_version = 3; PRAGMA user_version(42); PRAGMA foreign_keys = ON;"
    " CREATE TABLE options_both (a INTEGER PRIMARY KEY, b ANY) STRICT, WITHOUT ROWID;"
    " CREATE TABLE options_turned (a INTEGER PRIMARY KEY, b ANY) without rowid, strict;",
    "table_without_rowid": "CREATE TABLE rowid_none (a TEXT, b INT, c TEXT, PRIMARY KEY (b DESC, a COLLATE NOCASE)) WITHOUT ROWID;"
    " CREATE TABLE rowid_none_plain (a TEXT PRIMARY KEY, b INT) WITHOUT ROWID;",
    "strict_table": "CREATE TABLE strict_table (a INT, b INTEGER PRIMARY KEY, c REAL, d TEXT, e BLOB, f ANY NOT NULL) STRICT;",
    "types_numeric": "CREATE TABLE types_numeric (a TINYINT, b SMALLINT, c MEDIUMINT, d INT, e BIGINT, f UNSIGNED BIG INT, g INT2,"
    " h INT8, i REAL, j DOUBLE PRECISION, k FLOAT, l NUMERIC, m DECIMAL(10,5), n DECIMAL ( 10 , 5 ), o NUMERIC(-3,+2), p FLOATING POINT);",
    "types_text": "CREATE TABLE types_text (a CHARACTER(20), b VARCHAR(255), c VARYING CHARACTER(255), d NCHAR(55),"
    " e NATIVE CHARACTER(70), f NVARCHAR(100), g TEXT, h CLOB, i STRING, j char, k LONG VARCHAR);",
    "types_binary": "CREATE TABLE types_binary (a BLOB, b BINARY(16), c VARBINARY(255), d BLOB DEFAULT x'00FF' NOT NULL, e);",
    "types_temporal": "CREATE TABLE types_temporal (a DATE, b DATETIME, c TIMESTAMP, d TIME, e TIMESTAMP WITH TIME ZONE,"
    " f DATETIME(6), g TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP);",
    "types_json": "CREATE TABLE types_json (a JSON, b JSONB, c TEXT CHECK (json_valid(c)));",
    "types_uuid": "CREATE TABLE types_uuid (a UUID PRIMARY KEY, b CHAR(36) DEFAULT (lower(hex(randomblob(16)))), c GUID);",
    "types_bit": "CREATE TABLE types_bit (a BIT, b BIT(8), c BIT VARYING(5));",
    "types_boolean": "CREATE TABLE types_boolean (a BOOLEAN DEFAULT TRUE, b BOOL NOT NULL DEFAULT false, c boolean CHECK (c IN (0, 1)));",
    "types_as_written": "CREATE TABLE types_as_written (a My Own Type, b [quoted type], c \"Type with \"\"quotes\"\"\"(3), d 'string type',"
    " e `back tick`, f varchar  (  20 ), g Int4 Unsigned ZeroFill, h, i /* none */ , j ENUM('a','b'), k NUMBER(*), l long\n broken);".replace(
        "j ENUM('a','b'), k NUMBER(*), ", ""
    ),
    "not_null": "CREATE TABLE not_null (a INT NOT NULL, b TEXT NOT NULL ON CONFLICT IGNORE, c NOT NULL ON CONFLICT REPLACE DEFAULT 1, d INT NULL,"
    " e NOT NULL ON CONFLICT ROLLBACK, f NOT NULL ON CONFLICT FAIL, g NOT NULL ON CONFLICT ABORT);",
    "named_not_null": 'CREATE TABLE named_not_null (a INT CONSTRAINT a_there NOT NULL, b CONSTRAINT "b there" NOT NULL ON CONFLICT IGNORE);',
    "default_literal": "CREATE TABLE default_literal (a INT DEFAULT 0, b DEFAULT -1, c DEFAULT +1.5e-3, d DEFAULT 'it''s', e DEFAULT x'0aff',"
    " f DEFAULT 0x1F, g DEFAULT TRUE, h DEFAULT \"legacy string\", i DEFAULT word, j DEFAULT .5, k TEXT DEFAULT '' NOT NULL,"
    " l DEFAULT 'a' COLLATE NOCASE, m DEFAULT - 7, n DEFAULT 9223372036854775807, o DEFAULT [bracket], p DEFAULT `tick`,"
    " q DEFAULT 'line\nbreak -- no comment /* none */');",
    "default_expression": "CREATE TABLE default_expression (a DEFAULT (1 + 2), b DEFAULT CURRENT_TIMESTAMP, c DEFAULT CURRENT_DATE,"
    " d DEFAULT current_time, e DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), f DEFAULT (((7))), g DEFAULT ('a' || 'b'),"
    " h DEFAULT (datetime('now', 'localtime')) NOT NULL, i INT DEFAULT (CASE WHEN 1 THEN 2 ELSE 3 END) UNIQUE);",
    "default_null_and_empty": "CREATE TABLE default_null (a DEFAULT NULL, b TEXT DEFAULT '', c TEXT DEFAULT 'NULL', d DEFAULT (NULL), e DEFAULT \"\");",
    "generated_stored": "CREATE TABLE generated_stored (a INT, b INT GENERATED ALWAYS AS (a * 2) STORED, c AS (b || ',' || \"a\") STORED NOT NULL,"
    " d TEXT AS ((a)) STORED UNIQUE);",
    "generated_virtual": "CREATE TABLE generated_virtual (a TEXT, b INT GENERATED ALWAYS AS (json_extract(a, '$.b')) VIRTUAL,"
    " c AS (a || b), d INTEGER AS (length(a)) CHECK (d > 0)); CREATE INDEX generated_virtual_b ON generated_virtual (b);",
    "auto_increment": "CREATE TABLE auto_increment (id INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT);"
    " CREATE TABLE auto_increment_named (b TEXT, id INTEGER NOT NULL CONSTRAINT counted PRIMARY KEY ASC ON CONFLICT REPLACE AUTOINCREMENT);"
    " CREATE TABLE auto_increment_below (b TEXT, id INTEGER, PRIMARY KEY (id AUTOINCREMENT));"
    " CREATE TABLE auto_increment_down (id INTEGER, b, CONSTRAINT down PRIMARY KEY (id DESC AUTOINCREMENT));",
    "column_collation": "CREATE TABLE column_collation (a TEXT COLLATE NOCASE, b TEXT COLLATE RTRIM NOT NULL, c COLLATE \"BINARY\" UNIQUE, d TEXT NOT NULL COLLATE nocase DEFAULT 'x');",
    "primary_key": "CREATE TABLE primary_key (a TEXT PRIMARY KEY, b INT); CREATE TABLE primary_key_alias (a INTEGER PRIMARY KEY, b);"
    " CREATE TABLE primary_key_below (a INTEGER, b, PRIMARY KEY (a)); CREATE TABLE primary_key_no_alias (a INT PRIMARY KEY);",
    "composite_primary_key": "CREATE TABLE composite_primary_key (a TEXT, b INT, c INT, PRIMARY KEY (c, a));",
    "named_primary_key": 'CREATE TABLE named_primary_key (a INT CONSTRAINT "the key" PRIMARY KEY, b);'
    " CREATE TABLE named_primary_key_below (a INT, b INT, CONSTRAINT pk_below PRIMARY KEY (b, a) ON CONFLICT IGNORE);",
    "unique_key": "CREATE TABLE unique_key (a INT UNIQUE, b INT, c TEXT, CONSTRAINT unique_b UNIQUE (b), UNIQUE (a, b), UNIQUE (c), PRIMARY KEY (a));"
    " CREATE TABLE unique_key_turned (a INT, b INT UNIQUE, c INT UNIQUE, UNIQUE (b, c), UNIQUE (a), UNIQUE (c, b));",
    "key_descending": "CREATE TABLE key_descending (a INT, b INT, PRIMARY KEY (a DESC, b), UNIQUE (b DESC));"
    " CREATE TABLE key_descending_no_alias (id INTEGER PRIMARY KEY DESC, b);"
    " CREATE TABLE key_descending_alias (id INTEGER, b, PRIMARY KEY (id DESC));",
    "key_options": "CREATE TABLE key_options (a INT UNIQUE ON CONFLICT IGNORE, b INT PRIMARY KEY ON CONFLICT REPLACE, c TEXT, d,"
    " UNIQUE (c COLLATE NOCASE, d) ON CONFLICT FAIL, CONSTRAINT q UNIQUE (d) ON CONFLICT ROLLBACK);",
    "foreign_key": "CREATE TABLE foreign_key_to (id INTEGER PRIMARY KEY, code TEXT UNIQUE);"
    " CREATE TABLE foreign_key (a INT REFERENCES foreign_key_to (id), b TEXT, c INT REFERENCES foreign_key_to, d INT,"
    " FOREIGN KEY (b) REFERENCES Foreign_Key_To (CODE), CONSTRAINT fk_d FOREIGN KEY (d) REFERENCES foreign_key_to,"
    " e INT REFERENCES foreign_key_nowhere (x), f REFERENCES foreign_key_later);".replace(
        ", e INT REFERENCES foreign_key_nowhere (x), f REFERENCES foreign_key_later);",
        ", CONSTRAINT lost FOREIGN KEY (a) REFERENCES foreign_key_nowhere (x));",
    )
    + " CREATE TABLE foreign_key_early (a REFERENCES foreign_key_later); CREATE TABLE foreign_key_later (b INTEGER PRIMARY KEY);"
    " CREATE TABLE foreign_key_lost (a REFERENCES foreign_key_to (missing), b REFERENCES foreign_key_view);"
    " CREATE VIEW foreign_key_view AS SELECT 1 AS x;",
    "composite_foreign_key": "CREATE TABLE composite_to (a INT, b INT, c TEXT, PRIMARY KEY (a, b), UNIQUE (c, b));"
    " CREATE TABLE composite_from (x INT, y INT, z TEXT, FOREIGN KEY (x, y) REFERENCES composite_to,"
    " FOREIGN KEY (y, z) REFERENCES composite_to (b, c) ON DELETE CASCADE, FOREIGN KEY (x, y) REFERENCES composite_to (a, b));",
    "self_reference": "CREATE TABLE self_reference (id INTEGER PRIMARY KEY, up INT REFERENCES self_reference, other INT REFERENCES self_reference (id) ON DELETE SET NULL);",
    "cycle_of_references": "CREATE TABLE cycle_a (id INTEGER PRIMARY KEY, b INT REFERENCES cycle_b (id));"
    " CREATE TABLE cycle_b (id INTEGER PRIMARY KEY, c INT REFERENCES cycle_c); CREATE TABLE cycle_c (id INTEGER PRIMARY KEY, a INT REFERENCES cycle_a);",
    "foreign_key_actions": "CREATE TABLE actions_to (id INTEGER PRIMARY KEY);"
    " CREATE TABLE actions (a REFERENCES actions_to ON DELETE CASCADE ON UPDATE SET NULL, b DEFAULT 1 REFERENCES actions_to (id) ON UPDATE SET DEFAULT ON DELETE RESTRICT,"
    " c REFERENCES actions_to ON DELETE NO ACTION, d INT NOT NULL REFERENCES actions_to (id) ON DELETE SET DEFAULT);",
    "foreign_key_match_full": "CREATE TABLE match_to (id INTEGER PRIMARY KEY); CREATE TABLE match_from (a REFERENCES match_to (id) MATCH FULL, b REFERENCES match_to MATCH SIMPLE, c REFERENCES match_to MATCH PARTIAL ON DELETE CASCADE);",
    "foreign_key_deferrable": "CREATE TABLE deferrable_to (id INTEGER PRIMARY KEY); CREATE TABLE deferrable_from ("
    " a REFERENCES deferrable_to DEFERRABLE INITIALLY DEFERRED, b REFERENCES deferrable_to (id) ON DELETE CASCADE DEFERRABLE,"
    " c REFERENCES deferrable_to NOT DEFERRABLE, d REFERENCES deferrable_to DEFERRABLE INITIALLY IMMEDIATE, e, f,"
    " CONSTRAINT later FOREIGN KEY (e) REFERENCES deferrable_to (id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,"
    " FOREIGN KEY (f) REFERENCES deferrable_to NOT DEFERRABLE INITIALLY DEFERRED);",
    "check_column": "CREATE TABLE check_column (a INT CHECK (a > 0), b TEXT CONSTRAINT b_short CHECK (length(b) < 10) CHECK (b <> ''),"
    " c INT CHECK ((c > 0)), d CHECK (d IN ('x', \"legacy\")) DEFAULT 'x', e CHECK (typeof(e) = 'text' OR e IS NULL) NOT NULL);",
    "check_table": "CREATE TABLE check_table (a INT, b INT, CHECK (a < b), CONSTRAINT sum_small CHECK (a + b < 100), CHECK (a), CHECK (1),"
    " CONSTRAINT both CHECK ((a IS NULL) = (b IS NULL)) ON CONFLICT IGNORE, CHECK (a BETWEEN 1 AND 5 AND b LIKE '%''%' ESCAPE '\\' OR a IN (1, 2) COLLATE NOCASE))"
    " ;",
    "index": "CREATE TABLE index_plain (a INT, b INT, \"c d\" TEXT); CREATE INDEX index_a ON index_plain (a);"
    ' CREATE INDEX IF NOT EXISTS "index of c" ON index_plain ("c d", b); CREATE INDEX main.index_main ON index_plain (b);',
    "unique_index": "CREATE TABLE unique_index (a INT, b INT); CREATE UNIQUE INDEX unique_ab ON unique_index (a, b);",
    "index_partial": "CREATE TABLE index_partial (a INT, b TEXT, c INT); CREATE INDEX partial_a ON index_partial (a) WHERE b IS NOT NULL;"
    " CREATE UNIQUE INDEX partial_b ON index_partial (b) WHERE (a > 0 AND c = 'x''y'); CREATE INDEX partial_c ON index_partial (c) WHERE c;",
    "index_expression": "CREATE TABLE index_expression (a INT, b TEXT); CREATE INDEX expression_sum ON index_expression (a + 1, lower(b) DESC);"
    " CREATE INDEX expression_paren ON index_expression ((a * 2), (b)); CREATE UNIQUE INDEX expression_case ON index_expression (CASE WHEN a THEN b END);"
    " CREATE INDEX expression_json ON index_expression (json_extract(b, '$.x') COLLATE NOCASE, b || 'x'); CREATE INDEX expression_legacy ON index_expression (b, substr(b, 1, 2));",
    "index_descending": "CREATE TABLE index_descending (a INT, b INT); CREATE INDEX descending_a ON index_descending (a DESC, b ASC);",
    "index_collation": "CREATE TABLE index_collation (a TEXT, b TEXT COLLATE NOCASE); CREATE INDEX collation_a ON index_collation (a COLLATE NOCASE DESC, b COLLATE \"binary\");"
    " CREATE INDEX collation_b ON index_collation (b); CREATE INDEX collation_e ON index_collation (a || b COLLATE rtrim);",
    "index_fulltext": "CREATE TABLE fulltext_docs (id INTEGER PRIMARY KEY, title TEXT, body TEXT);"
    " CREATE VIRTUAL TABLE fulltext5 USING fts5(title, body, content='fulltext_docs', content_rowid='id', tokenize = \"unicode61 remove_diacritics 2\", prefix='2 3');"
    " CREATE VIRTUAL TABLE fulltext4 USING fts4(content=\"fulltext_docs\", title, body, notindexed=body, matchinfo=fts3);"
    " CREATE VIRTUAL TABLE fulltext3 USING FTS3(a, b TEXT, tokenize=porter); CREATE VIRTUAL TABLE fulltext_words USING fts4aux(fulltext4);"
    " CREATE VIRTUAL TABLE fulltext_vocabulary USING fts5vocab('fulltext5', 'row');",
    "index_spatial": "CREATE VIRTUAL TABLE spatial_boxes USING rtree(id, min_x, max_x, min_y, max_y, +label TEXT);"
    " CREATE VIRTUAL TABLE spatial_whole USING rtree_i32(id, a, b);",
    "index_statistics": "CREATE TABLE index_statistics (a INT, b TEXT); CREATE INDEX statistics_a ON index_statistics (a, b);"
    " INSERT INTO index_statistics VALUES (1, 'x'), (2, 'y'); ANALYZE;",
    "view": "CREATE TABLE view_of (a INT, b TEXT); CREATE VIEW view_plain AS SELECT a, b AS \"b b\" FROM view_of WHERE b <> ';' -- at the end\n;"
    " CREATE VIEW IF NOT EXISTS view_missing AS SELECT * FROM view_not_there; CREATE VIEW main.view_values AS VALUES (1, 2), (3, 4);",
    "view_columns": "CREATE TABLE view_columns_of (a INT, b TEXT); CREATE VIEW view_columns (\"first one\", second) AS SELECT a, count(*) FROM view_columns_of GROUP BY a HAVING count(*) > 1;",
    "view_of_view": "CREATE VIEW view_upper AS SELECT * FROM view_lower; CREATE TABLE view_ground (a); CREATE VIEW view_lower AS SELECT a FROM view_ground;",
    "recursive_view": "CREATE VIEW recursive_view AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n;",
    "trigger": "CREATE TABLE trigger_on (a INT, b TEXT); CREATE TABLE trigger_log (what TEXT, at TEXT);"
    " CREATE TRIGGER trigger_plain AFTER INSERT ON trigger_on BEGIN INSERT INTO trigger_log VALUES ('new; END', datetime('now')); UPDATE trigger_on SET b = 'x' WHERE a = NEW.a; END;"
    ' CREATE TRIGGER IF NOT EXISTS "trigger quoted" BEFORE DELETE ON "trigger_on" FOR EACH ROW BEGIN SELECT RAISE(ABORT, \'no\'); END;'
    " CREATE TRIGGER trigger_case DELETE ON trigger_on BEGIN SELECT CASE WHEN OLD.a THEN RAISE(IGNORE) END; END;",
    "trigger_when": "CREATE TABLE trigger_when (a INT, b INT); CREATE TRIGGER trigger_when_on BEFORE UPDATE ON trigger_when WHEN OLD.a <> NEW.a AND NEW.b IS NULL BEGIN SELECT RAISE(FAIL, 'a'); END;",
    "trigger_columns": 'CREATE TABLE trigger_columns (a INT, "b c" INT, d); CREATE TRIGGER trigger_of AFTER UPDATE OF a, "b c" ON trigger_columns BEGIN UPDATE trigger_columns SET d = 1; END;',
    "instead_of_trigger": "CREATE TABLE instead_ground (a INT); CREATE VIEW instead_view AS SELECT a FROM instead_ground;"
    " CREATE TRIGGER instead_insert INSTEAD OF INSERT ON instead_view BEGIN INSERT INTO instead_ground VALUES (NEW.a); END;"
    " CREATE TRIGGER instead_update INSTEAD OF UPDATE OF a ON instead_view BEGIN UPDATE instead_ground SET a = NEW.a; END;",
    "virtual_table": "CREATE VIRTUAL TABLE virtual_mail USING fts5(sender, body, tokenize = 'porter ascii'); CREATE TABLE virtual_mail_log (a);"
    " CREATE VIRTUAL TABLE [virtual boxes] USING rtree(id,a,b); CREATE TABLE virtual_plain (a REFERENCES virtual_mail);",
    "virtual_table_content": "CREATE TABLE content_of (id INTEGER PRIMARY KEY, body TEXT); CREATE VIRTUAL TABLE content_search USING fts5(body, content=content_of, content_rowid=id);"
    " CREATE TRIGGER content_new AFTER INSERT ON content_of BEGIN INSERT INTO content_search (rowid, body) VALUES (new.id, new.body); END;"
    " CREATE TRIGGER content_gone AFTER DELETE ON content_of BEGIN INSERT INTO content_search (content_search, rowid, body) VALUES ('delete', old.id, old.body); END;"
    " INSERT INTO content_of (body) VALUES ('words');",
    "names_nasty": _nasty_names(),
    "values_nasty": _nasty_values(),
    "long_names": "".join(f"CREATE TABLE {'long_' * 60}{n} ({'c' * 300} INT PRIMARY KEY); CREATE INDEX {'i' * 400}{n} ON {'long_' * 60}{n} ({'c' * 300});" for n in range(2)),
    "reserved_words": "".join(f'CREATE TABLE "{word}" ("{word}" INT CHECK ("{word}" > 0) REFERENCES "{word}" ("{word}"), "{word} 2" UNIQUE); CREATE INDEX "index {word}" ON "{word}" ("{word}");' for word in sorted(_RESERVED))
    + "CREATE TABLE reserved_bare (abort, action, after, always, asc, before, begin, by, cascade, cast, column, conflict, current, database, desc, do, each, end, fail, filter, first, key, last, match, no, of, offset, plan, query, row, temp, view, virtual, rename);",
}  # fmt: skip

ALONE = frozenset({"options"})
"""They set what holds for the whole file."""

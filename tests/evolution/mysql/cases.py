"""Changes that MariaDB makes difficult. All stand in one old and one new database, so `@t` is a name of this case alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

_OWN = re.compile(r"@(\w+)")


@dataclass(frozen=True)
class Case:
    """One change: the old script with rows in it, the new script, and words that the way up has or has not."""

    name: str
    old: str
    new: str
    has: tuple[str, ...] = ()
    has_not: tuple[str, ...] = ()
    renames: tuple[str, ...] = ()

    def text(self, written: str) -> str:
        """Return a text with the names of this case alone."""
        return _OWN.sub(lambda found: f"{self.name}_{found[1]}", written)


PARENT = "CREATE TABLE @p (id int PRIMARY KEY); INSERT INTO @p VALUES (1); "
_NEW_PARENT = "CREATE TABLE @p (id int PRIMARY KEY); "
_RANGE = "CREATE TABLE @t (id int, d int) PARTITION BY RANGE (d) "

TABLES = (
    Case("options", "CREATE TABLE @t (a int) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=4 COMMENT='x'",
         "CREATE TABLE @t (a int) ROW_FORMAT=DYNAMIC STATS_PERSISTENT=1 COMMENT='it''s; -- \\\\ ok'", ("KEY_BLOCK_SIZE=0",)),
    Case("convert", "CREATE TABLE @t (a varchar(20), b text, e enum('a','b'), n int) CHARSET latin1;"
         " INSERT INTO @t VALUES ('é', 'é', 'a', 1)",
         "CREATE TABLE @t (a varchar(20), z int, b text, e enum('a','b','c') NOT NULL, n int) CHARSET utf8mb4 COLLATE utf8mb4_bin",
         ("CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "MODIFY COLUMN b text"), ("MODIFY COLUMN a ",)),
    Case("convert_apart", PARENT + "CREATE TABLE @t (a varchar(20), b varchar(5), c int, e varchar(9), KEY k (b), CONSTRAINT @f FOREIGN KEY (c)"
         " REFERENCES @p (id)) CHARSET latin1; CREATE TABLE @u (a int, KEY (a), CONSTRAINT @g FOREIGN KEY (a) REFERENCES @p (id))",
         _NEW_PARENT + "CREATE TABLE @t (a varchar(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin, b varchar(16), c int, d datetime, e varchar(9) BINARY,"
         " CONSTRAINT @f FOREIGN KEY (c) REFERENCES @p (id) ON DELETE CASCADE) CHARSET utf8mb4"),
    Case("convert_some", "CREATE TABLE @t (a varchar(20), c char(3) CHARACTER SET ascii) CHARSET latin1",
         "CREATE TABLE @t (a varchar(20), c char(3) CHARACTER SET ascii) CHARSET utf8mb4",
         ("DEFAULT CHARACTER SET utf8mb4", "MODIFY COLUMN a"), ("CONVERT", "MODIFY COLUMN c")),
    Case("binary", "CREATE TABLE @t (a varchar(20), b varchar(9) BINARY, c char(3) CHARACTER SET ascii) CHARSET latin1",
         "CREATE TABLE @t (a varchar(20) BINARY, b varchar(9), c char(3) BINARY) CHARSET latin1", ("MODIFY COLUMN a",)),
    Case("default_charset", "CREATE TABLE @t (a int) CHARSET latin1", "CREATE TABLE @t (a int) CHARSET utf8mb4",
         ("DEFAULT CHARACTER SET utf8mb4",), ("CONVERT",)),
    Case("engine", PARENT + "CREATE TABLE @t (a int, CONSTRAINT @f FOREIGN KEY (a) REFERENCES @p (id)); INSERT INTO @t VALUES (1)",
         "CREATE TABLE @p (id int PRIMARY KEY) ENGINE=MyISAM; CREATE TABLE @t (a int) ENGINE=MyISAM", ("ENGINE=MyISAM",)),
    Case("versioned", "CREATE TABLE @t (id int PRIMARY KEY, a int); INSERT INTO @t VALUES (1, NULL)",
         "CREATE TABLE @t (id int PRIMARY KEY, a int NOT NULL DEFAULT 3, b int) WITH SYSTEM VERSIONING", ("ADD SYSTEM VERSIONING",)),
    Case("versioned_more", "CREATE TABLE @t (id int PRIMARY KEY, a int) WITH SYSTEM VERSIONING; INSERT INTO @t VALUES (1, 2)",
         "CREATE TABLE @t (id int PRIMARY KEY, a bigint, b int) WITH SYSTEM VERSIONING", ("b int",)),
    Case("period", "CREATE TABLE @t (id int, s date, e date)",
         "CREATE TABLE @t (id int, s date, e date, x int, PERIOD FOR p (s, e), UNIQUE u (id, p WITHOUT OVERLAPS))", ("ADD PERIOD",)),
    Case("partition_added", _RANGE + "(PARTITION a VALUES LESS THAN (10)); INSERT INTO @t VALUES (1, 5)",
         _RANGE + "(PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN MAXVALUE)", ("ADD PARTITION",)),
    Case("partition_split",
         _RANGE + "(PARTITION a VALUES LESS THAN (10), PARTITION z VALUES LESS THAN MAXVALUE); INSERT INTO @t VALUES (1, 15)",
         _RANGE + "(PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20), PARTITION z VALUES LESS THAN MAXVALUE)",
         ("REORGANIZE PARTITION z INTO",)),
    Case("partition_merged",
         _RANGE + "(PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20)); INSERT INTO @t VALUES (1, 5)",
         _RANGE + "(PARTITION b VALUES LESS THAN (20))", ("REORGANIZE PARTITION a, b INTO",), ("DROP PARTITION",)),
    Case("partition_bounds",
         _RANGE + "(PARTITION a VALUES LESS THAN (10), PARTITION b VALUES LESS THAN (20)); INSERT INTO @t VALUES (1, 11)",
         _RANGE + "(PARTITION a VALUES LESS THAN (12), PARTITION b VALUES LESS THAN (30))", ("REORGANIZE",)),
    Case("partition_count", "CREATE TABLE @t (d int) PARTITION BY HASH (d) PARTITIONS 4; INSERT INTO @t VALUES (1), (7)",
         "CREATE TABLE @t (d int) PARTITION BY HASH (d) PARTITIONS 6", ("ADD PARTITION PARTITIONS 2",)),
    Case("partition_key", "CREATE TABLE @t (id int PRIMARY KEY, d int NOT NULL); INSERT INTO @t VALUES (1, 1)",
         "CREATE TABLE @t (id int, d int NOT NULL, PRIMARY KEY (id, d)) PARTITION BY KEY (d) PARTITIONS 3",
         ("ADD PRIMARY KEY (id, d)\nPARTITION BY KEY",)),
)  # fmt: skip

COLUMNS = (
    Case("order", "CREATE TABLE @t (a int, b int, c int, d int, e int); INSERT INTO @t VALUES (1, 2, 3, 4, 5)",
         "CREATE TABLE @t (x int, e int, b int, y int, a int, z int, d int, w int)", ("ADD COLUMN x int FIRST", "ADD COLUMN w int;")),
    Case("backfill", "CREATE TABLE @t (a int, u timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp);"
         " INSERT INTO @t VALUES (NULL, '2001-01-01')",
         "CREATE TABLE @t (a int NOT NULL DEFAULT 4, u timestamp NOT NULL DEFAULT current_timestamp ON UPDATE current_timestamp)",
         ("SET a = 4, u = u WHERE a IS NULL",)),
    Case("backfill_retyped", "CREATE TABLE @t (a enum('x','y'), b int); INSERT INTO @t VALUES (NULL, 1)",
         "CREATE TABLE @t (a enum('x','y','z') NOT NULL DEFAULT 'y', b int)", ("SET a = 'y' WHERE a IS NULL",)),
    Case("generated", "CREATE TABLE @t (a int, v int AS (a + 1) VIRTUAL, s int AS (a * 2) STORED, w int, p int AS (a + 5), KEY (v));"
         " INSERT INTO @t (a) VALUES (1)",
         "CREATE TABLE @t (a int, v int AS (a + 1) STORED, s int, w int AS (a + 7) STORED, p int, KEY (v))",
         ("UPDATE generated_t SET p = (a + 5)",)),
    Case("generated_base", "CREATE TABLE @t (a int, v int AS (a + 1), s int AS (a + 2) STORED, KEY (v), CHECK (s > 0));"
         " INSERT INTO @t (a) VALUES (1)",
         "CREATE TABLE @t (g bigint AS (b + 1) STORED, b int DEFAULT 3, a bigint, v bigint AS (a + 1), s int AS (a + 2) STORED,"
         " KEY (v), CHECK (s > 0))"),
    Case("generated_gone", "CREATE TABLE @t (a int, b int, g int AS (a + 1), h int AS (g + b)); INSERT INTO @t (a, b) VALUES (1, 1)",
         "CREATE TABLE @t (b int, h int AS (b))"),
    Case("auto_increment", "CREATE TABLE @t (id int AUTO_INCREMENT PRIMARY KEY, a int NOT NULL); INSERT INTO @t VALUES (1, 2), (3, 4)",
         "CREATE TABLE @t (id int NOT NULL, a int AUTO_INCREMENT PRIMARY KEY)", ("DROP PRIMARY KEY,",)),
    Case("auto_increment_new", "CREATE TABLE @t (a int, b int); INSERT INTO @t VALUES (1, 2)",
         "CREATE TABLE @t (id int AUTO_INCREMENT PRIMARY KEY, a int, b int, KEY (a))"),
    Case("collation", "CREATE TABLE @t (a varchar(9) COLLATE utf8mb4_bin, b varchar(9), c char(2) CHARSET latin1) CHARSET utf8mb4",
         "CREATE TABLE @t (a varchar(9), b varchar(9) COLLATE utf8mb4_bin, c char(2)) CHARSET utf8mb4"),
    Case("defaults", "CREATE TABLE @t (a int DEFAULT 3, b varchar(9) NOT NULL DEFAULT 'x', c datetime DEFAULT NULL)",
         "CREATE TABLE @t (a int, b varchar(9) NOT NULL DEFAULT 'it''s', c datetime DEFAULT now())",
         ("ALTER COLUMN a SET DEFAULT NULL", "ALTER COLUMN b SET DEFAULT 'it''s'"), ("MODIFY COLUMN a", "MODIFY COLUMN b")),
    Case("default_gone", "CREATE TABLE @t (a int NOT NULL DEFAULT 3, b int DEFAULT NULL)", "CREATE TABLE @t (a int NOT NULL, b int NOT NULL)",
         ("ALTER COLUMN a DROP DEFAULT", "MODIFY COLUMN b int NOT NULL"), ("NOT NULL DEFAULT NULL",)),
    Case("json", "CREATE TABLE @t (a json); INSERT INTO @t VALUES (NULL), ('[1]')",
         "CREATE TABLE @t (a json NOT NULL DEFAULT '{}', b json, c longtext)"),
    Case("zero_date", "CREATE TABLE @t (a int)",
         "CREATE TABLE @t (a int, d datetime NOT NULL DEFAULT '0000-00-00 00:00:00', e date DEFAULT '2000-00-00')"),
    Case("nasty", "CREATE TABLE `@a``b` (`x y` int, `select` varchar(9), `ü;--` int, KEY `k'\"` (`x y`)); INSERT INTO `@a``b` VALUES (1, 'x', 2)",
         "CREATE TABLE `@a``b` (`x y` bigint COMMENT 'it''s; //$$', `select` varchar(19) DEFAULT 'a\\\\''b', `n\"` int,"
         " KEY `k'\"` (`x y`, `select`)); CREATE VIEW `@v;` AS SELECT `x y` AS `a``` FROM `@a``b`"),
)  # fmt: skip

KEYS = (
    Case("key_kinds", "CREATE TABLE @t (a varchar(200), b text, c int, KEY ka (a(10)), FULLTEXT fb (b), KEY kc (c), UNIQUE ua (a))",
         "CREATE TABLE @t (a varchar(200), b text, c int, KEY ka (a(20) DESC, c), FULLTEXT fb (a, b), UNIQUE kc (c) COMMENT 'x',"
         " KEY kh (c) USING HASH, KEY ki (c) IGNORED)"),
    Case("unique_index", "CREATE TABLE @t (a int, b int); CREATE UNIQUE INDEX x ON @t (a); CREATE INDEX y ON @t (b)",
         "CREATE TABLE @t (a int, b int, UNIQUE KEY x (a), UNIQUE KEY y (b), KEY b (b))", ("RENAME INDEX y TO b", "ADD UNIQUE KEY y"), ("INDEX x",)),
    Case("ignored", "CREATE TABLE @t (a int, KEY k (a))", "CREATE TABLE @t (a int, KEY k (a) IGNORED)", ("ALTER INDEX k IGNORED",), ("DROP",)),
    Case("primary", "CREATE TABLE @t (a int NOT NULL, b int NOT NULL, c int, PRIMARY KEY (a)); INSERT INTO @t VALUES (1, 2, 3)",
         "CREATE TABLE @t (a int, b int NOT NULL, c int, PRIMARY KEY (b, c))"),
    Case("checks", "CREATE TABLE @t (a int, CHECK (a > 0), b int CHECK (b > 1), CONSTRAINT most CHECK (a < 9)); INSERT INTO @t VALUES (1, 5)",
         "CREATE TABLE @t (a int, CHECK (a > 0), b int CHECK (b > 2), c int CHECK (c > 1), CONSTRAINT most CHECK (a < 10))",
         ("DROP CONSTRAINT most,",), ("CONSTRAINT_1",)),
    Case("reference_types", PARENT + "CREATE TABLE @c (id int PRIMARY KEY, p int NOT NULL, CONSTRAINT @f FOREIGN KEY (p) REFERENCES @p (id)"
         " ON DELETE CASCADE); INSERT INTO @c VALUES (1, 1)",
         "CREATE TABLE @p (id bigint unsigned AUTO_INCREMENT PRIMARY KEY); CREATE TABLE @c (id int PRIMARY KEY, p bigint unsigned NOT NULL,"
         " CONSTRAINT @f FOREIGN KEY (p) REFERENCES @p (id) ON DELETE CASCADE)", ("DROP FOREIGN KEY",), ("DROP INDEX",)),
    Case("reference_charset", "CREATE TABLE @p (id varchar(20) PRIMARY KEY) CHARSET latin1; CREATE TABLE @c (p varchar(20), CONSTRAINT @f"
         " FOREIGN KEY (p) REFERENCES @p (id)) CHARSET latin1; INSERT INTO @p VALUES ('é'); INSERT INTO @c VALUES ('é')",
         "CREATE TABLE @p (id varchar(20) PRIMARY KEY) CHARSET utf8mb4; CREATE TABLE @c (p varchar(20), CONSTRAINT @f"
         " FOREIGN KEY (p) REFERENCES @p (id)) CHARSET utf8mb4"),
    Case("reference_index", PARENT + "CREATE TABLE @c (p int, FOREIGN KEY (p) REFERENCES @p (id)); INSERT INTO @c VALUES (1)",
         _NEW_PARENT + "CREATE TABLE @c (p int, q int, KEY pq (p, q), FOREIGN KEY (p) REFERENCES @p (id))", ("DROP INDEX p,",), ("FOREIGN KEY",)),
    Case("reference_other_index", PARENT + "CREATE TABLE @c (p int, KEY p (p), FOREIGN KEY (p) REFERENCES @p (id))",
         _NEW_PARENT + "CREATE TABLE @c (p int, q int, KEY pq (p, q), FOREIGN KEY (p) REFERENCES @p (id))", ("DROP INDEX p,",), ("FOREIGN KEY",)),
    Case("reference_twice", PARENT + "CREATE TABLE @q (id int PRIMARY KEY); CREATE TABLE @c (a int, CONSTRAINT @x FOREIGN KEY (a) REFERENCES @p (id))",
         _NEW_PARENT + "CREATE TABLE @q (id int PRIMARY KEY); CREATE TABLE @c (a int, CONSTRAINT @y FOREIGN KEY (a) REFERENCES @q (id),"
         " CONSTRAINT @x FOREIGN KEY (a) REFERENCES @p (id))"),
    Case("reference_numbers", PARENT + "CREATE TABLE @c (a int, b int, c int, CONSTRAINT @c_ibfk_1 FOREIGN KEY (a) REFERENCES @p (id),"
         " CONSTRAINT @c_ibfk_2 FOREIGN KEY (b) REFERENCES @p (id))",
         _NEW_PARENT + "CREATE TABLE @c (a int, b int, c int, CONSTRAINT @c_ibfk_2 FOREIGN KEY (a) REFERENCES @p (id),"
         " CONSTRAINT @c_ibfk_3 FOREIGN KEY (b) REFERENCES @p (id), CONSTRAINT @c_ibfk_1 FOREIGN KEY (c) REFERENCES @p (id))"),
    Case("reference_implied", PARENT + "CREATE TABLE @c (p int, KEY zz (p), FOREIGN KEY (p) REFERENCES @p (id)); INSERT INTO @c VALUES (1)",
         _NEW_PARENT + "CREATE TABLE @c (p int, FOREIGN KEY (p) REFERENCES @p (id))", ("RENAME INDEX zz TO p",), ("FOREIGN KEY",)),
    Case("reference_unnamed", PARENT + "CREATE TABLE @c (a int, b int, FOREIGN KEY (a) REFERENCES @p (id)); INSERT INTO @c VALUES (1, 1)",
         _NEW_PARENT + "CREATE TABLE @c (a int, b int, FOREIGN KEY (b) REFERENCES @p (id), FOREIGN KEY (a) REFERENCES @p (id))"),
    Case("reference_gone", PARENT + "CREATE TABLE @c (id int, p int, FOREIGN KEY (p) REFERENCES @p (id)); INSERT INTO @c VALUES (1, 1)",
         _NEW_PARENT + "CREATE TABLE @c (id int)"),
    Case("reference_circle", "CREATE TABLE @a (id int PRIMARY KEY, b int); CREATE TABLE @b (id int PRIMARY KEY, a int, CONSTRAINT @fb FOREIGN KEY (a)"
         " REFERENCES @a (id)); ALTER TABLE @a ADD CONSTRAINT @fa FOREIGN KEY (b) REFERENCES @b (id)",
         "CREATE TABLE @x (i int)"),
    Case("reference_primary", "CREATE TABLE @p (id int PRIMARY KEY, u int NOT NULL, UNIQUE uu (u)); CREATE TABLE @c (p int, CONSTRAINT @f"
         " FOREIGN KEY (p) REFERENCES @p (id)); INSERT INTO @p VALUES (1, 2); INSERT INTO @c VALUES (1)",
         "CREATE TABLE @p (id int NOT NULL, u int NOT NULL, PRIMARY KEY (u), UNIQUE ii (id)); CREATE TABLE @c (p int, CONSTRAINT @f"
         " FOREIGN KEY (p) REFERENCES @p (id))", ("DROP PRIMARY KEY",), ("FOREIGN KEY",)),
    Case("reference_name", PARENT + "CREATE TABLE @c (p int, CONSTRAINT @f FOREIGN KEY (p) REFERENCES @p (id)); INSERT INTO @c VALUES (1)",
         _NEW_PARENT + "CREATE TABLE @c (p int, CONSTRAINT @g FOREIGN KEY (p) REFERENCES @p (id))", ("RENAME INDEX",)),
)  # fmt: skip

TEXTS = (
    Case("views", "CREATE TABLE @t (a int, b int); CREATE VIEW @v AS SELECT a FROM @t; CREATE VIEW @w AS SELECT a FROM @v;"
         " CREATE VIEW @star AS SELECT * FROM @t; CREATE VIEW @over AS SELECT * FROM @star",
         "CREATE TABLE @t (a int, c int, b bigint); CREATE VIEW @u AS SELECT b FROM @t; CREATE VIEW @v AS SELECT a, c FROM @t JOIN @u;"
         " CREATE VIEW @w AS SELECT c FROM @v; CREATE VIEW @star AS SELECT * FROM @t; CREATE VIEW @over AS SELECT * FROM @star;"
         " CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW @k AS SELECT * FROM @star WITH CHECK OPTION", (), ("DROP VIEW",)),
    Case("view_and_table", "CREATE TABLE @t (a int); CREATE VIEW @v AS SELECT a FROM @t", "CREATE TABLE @v (a int); CREATE VIEW @t AS SELECT a FROM @v"),
    Case("programs", "CREATE FUNCTION @f(a int) RETURNS int DETERMINISTIC RETURN a; CREATE TABLE @t (a int, b int)"
         ";\nDELIMITER //\nCREATE PROCEDURE @p(IN x int) BEGIN SELECT x; SELECT 2; END\n//\nDELIMITER ;\n"
         "CREATE TRIGGER @t1 BEFORE INSERT ON @t FOR EACH ROW SET NEW.a = 1; CREATE TRIGGER @t2 BEFORE INSERT ON @t FOR EACH ROW SET NEW.b = 2;"
         " CREATE TRIGGER @t3 AFTER INSERT ON @t FOR EACH ROW DO 0; CREATE EVENT @e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO SELECT 1",
         "CREATE FUNCTION @f(a int, b int) RETURNS varchar(20) DETERMINISTIC RETURN concat(a, ';', b); CREATE TABLE @t (a int, b int)"
         ";\nDELIMITER //\nCREATE PROCEDURE @q(IN x int) BEGIN SELECT x; SELECT 3; END\n//\nDELIMITER ;\n"
         "CREATE TRIGGER @t0 BEFORE INSERT ON @t FOR EACH ROW SET NEW.b = 7; CREATE TRIGGER @t1 BEFORE INSERT ON @t FOR EACH ROW SET NEW.a = 1;"
         " CREATE TRIGGER @t2 BEFORE INSERT ON @t FOR EACH ROW SET NEW.b = 2; CREATE TRIGGER @t3 AFTER INSERT ON @t FOR EACH ROW DO 0;"
         " CREATE EVENT @e ON SCHEDULE EVERY 2 DAY STARTS '2030-01-01' DO SELECT 1",
         ("CREATE OR REPLACE FUNCTION", "CREATE OR REPLACE EVENT"), ("DROP TRIGGER programs_t3", "DROP EVENT")),
    Case("sequences", "CREATE SEQUENCE @s START WITH 5; CREATE SEQUENCE @g",
         "CREATE SEQUENCE @s START WITH 5 INCREMENT BY 5 MAXVALUE 900 CYCLE; CREATE SEQUENCE @h", ("ALTER SEQUENCE",)),
)  # fmt: skip

RENAMES = (
    Case("table", "CREATE TABLE @a (id int PRIMARY KEY, x int, FOREIGN KEY (x) REFERENCES @a (id)); CREATE VIEW @v AS SELECT id, x FROM @a;"
         " INSERT INTO @a VALUES (1, 1)",
         "CREATE TABLE @b (id int PRIMARY KEY, x int, FOREIGN KEY (x) REFERENCES @b (id)); CREATE VIEW @v AS SELECT id, x FROM @b",
         ("RENAME TABLE",), ("FOREIGN KEY", "CREATE TABLE"), ("@a=@b",)),
    Case("tables_swapped", "CREATE TABLE @a (id int PRIMARY KEY, x int); CREATE TABLE @b (id int PRIMARY KEY, y varchar(3));"
         " INSERT INTO @a VALUES (1, 1); INSERT INTO @b VALUES (1, 'x')",
         "CREATE TABLE @b (id int PRIMARY KEY, x int); CREATE TABLE @a (id int PRIMARY KEY, y varchar(3))",
         ("RENAME TABLE",), ("CREATE TABLE", "DROP"), ("@a=@b", "@b=@a")),
    Case("onto_dropped", "CREATE TABLE @a (id int PRIMARY KEY, x int); CREATE TABLE @b (y varchar(3)); INSERT INTO @a VALUES (1, 1)",
         "CREATE TABLE @b (id int PRIMARY KEY, x int)", ("RENAME TABLE",), (), ("@a=@b",)),
    Case("column", "CREATE TABLE @a (x int, y int AS (x + 1), z int DEFAULT (x), w int CHECK (w > 0), KEY kx (x), CHECK (x > 0));"
         " INSERT INTO @a (x) VALUES (1)",
         "CREATE TABLE @a (x2 int, y int AS (x2 + 1), z int DEFAULT (x2), w2 int CHECK (w2 > 0), KEY kx (x2), CHECK (x2 > 0))",
         ("RENAME COLUMN x TO x2", "CHANGE COLUMN w w2"), ("DROP COLUMN",), ("@a.x=x2", "@a.w=w2")),
    Case("columns_swapped", "CREATE TABLE @a (x int, y varchar(3)); INSERT INTO @a VALUES (1, 'y')", "CREATE TABLE @a (y int, x varchar(3))",
         ("RENAME COLUMN",), ("DROP COLUMN",), ("@a.x=y", "@a.y=x")),
    Case("column_onto_dropped", "CREATE TABLE @a (x int, y varchar(3)); INSERT INTO @a VALUES (1, 'y')", "CREATE TABLE @a (y int)",
         ("RENAME COLUMN x TO y",), (), ("@a.x=y",)),
    Case("column_retyped", PARENT + "CREATE TABLE @a (id int PRIMARY KEY, x int, FOREIGN KEY (x) REFERENCES @p (id)); INSERT INTO @a VALUES (1, 1), (2, NULL)",
         "CREATE TABLE @p (pid bigint PRIMARY KEY); CREATE TABLE @a (id int PRIMARY KEY, p_id bigint NOT NULL DEFAULT 1,"
         " CONSTRAINT @f FOREIGN KEY (p_id) REFERENCES @p (pid))", ("RENAME COLUMN",), (), ("@p.id=pid", "@a.x=p_id")),
    Case("indexes_swapped", "CREATE TABLE @a (x int, y int, KEY i (x), UNIQUE j (y))", "CREATE TABLE @a (x int, y int, KEY j (x), UNIQUE i (y))"),
    Case("used_in_trigger", "CREATE TABLE @a (x int); CREATE TABLE @n (q int); INSERT INTO @n VALUES (1);"
         " CREATE TRIGGER @g BEFORE INSERT ON @a FOR EACH ROW SET NEW.x = 1",
         "CREATE TABLE @a (y int); CREATE TABLE @n (q int); CREATE TRIGGER @g BEFORE INSERT ON @a FOR EACH ROW SET NEW.y = 1",
         ("DROP TRIGGER", "RENAME COLUMN x TO y"), (), ("@a.x=y",)),
)  # fmt: skip

CASES = (*TABLES, *COLUMNS, *KEYS, *TEXTS, *RENAMES)

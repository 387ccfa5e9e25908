"""Single changes of a MariaDB schema."""

from __future__ import annotations

from tests.evolution.changes.change import Change, kinds

BASE = """
CREATE TABLE users (
    id int NOT NULL AUTO_INCREMENT,
    email varchar(100) NOT NULL,
    nick varchar(40) DEFAULT NULL,
    age int DEFAULT 18,
    mood enum('sad','ok','happy') DEFAULT 'ok',
    born date DEFAULT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY users_email (email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci COMMENT='who buys';
CREATE TABLE orders (
    id bigint NOT NULL AUTO_INCREMENT,
    user_id int NOT NULL,
    total decimal(10,2) NOT NULL DEFAULT 0.00 COMMENT 'without tax',
    placed datetime DEFAULT NULL,
    note text DEFAULT NULL,
    PRIMARY KEY (id),
    KEY orders_user (user_id),
    CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT total_positive CHECK (total >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE VIEW spent AS SELECT u.id, u.email, o.total FROM users u JOIN orders o ON o.user_id = u.id;
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW SET NEW.nick = trim(NEW.nick);
"""
ROWS = """
INSERT INTO users (email, nick, age, born) VALUES
    ('a@x', 'Al', 30, '1990-01-01'), ('b@x', 'Bo', NULL, NULL), ('c@x', NULL, 7, '2000-02-29');
INSERT INTO orders (user_id, total, placed, note) VALUES
    (1, 10, '2024-05-05 10:00', 'x'), (1, 0, NULL, NULL), (2, 99.99, '2025-01-01', 'y');
"""

_ENUM = "enum('sad','ok','happy')"
_BEFORE_KEYS = "    born date DEFAULT NULL,\n"


def _column(name: str, text: str) -> Change:
    return Change(name=name, swap={_BEFORE_KEYS: f"{_BEFORE_KEYS}    {text},\n"}, does="add column")


def _key(name: str, text: str, does: str = "create index") -> Change:
    return Change(
        name=name, swap={"    KEY orders_user (user_id),": f"    KEY orders_user (user_id),\n    {text},"}, does=does
    )


_LOG = """CREATE TABLE log (id int NOT NULL, at date NOT NULL, note text, PRIMARY KEY (id, at))"""
_PARTS = (
    " PARTITION BY RANGE (to_days(at)) (PARTITION p0 VALUES LESS THAN (738000) ENGINE = InnoDB,"
    " PARTITION p1 VALUES LESS THAN (739500) ENGINE = InnoDB"
)
_LOGGED = "INSERT INTO log VALUES (1, '2020-02-02', 'a'), (2, '2024-04-04', NULL);"
_PAIR = "CREATE TABLE pair (a int NOT NULL, b int NOT NULL, c varchar(20), PRIMARY KEY (a, b));"
_PAIRS = "INSERT INTO pair VALUES (1, 1, 'x'), (1, 2, NULL), (2, 1, 'y');"
_CODES = "CREATE TABLE codes (id int PRIMARY KEY, code varchar(10) DEFAULT '7', n int NOT NULL DEFAULT 1);"
_CODED = "INSERT INTO codes VALUES (1, '12', 4), (2, NULL, 5);"
_MAILS = """CREATE TABLE mails (id int PRIMARY KEY, mail varchar(20));
CREATE VIEW mailed AS SELECT id, mail FROM mails; CREATE VIEW all_mails AS SELECT * FROM mails;
CREATE VIEW mailed_twice AS SELECT mailed.mail, 1 AS n FROM mailed; CREATE VIEW twice AS SELECT a.* FROM all_mails a;"""
_RENAMED = {
    "id int PRIMARY KEY, mail": "id int PRIMARY KEY, email",
    "id, mail ": "id, email ",
    "mailed.mail": "mailed.email",
}
_YOUNG = "CREATE VIEW young AS SELECT id, email, age FROM users WHERE age < 30;"
_SUM = "CREATE FUNCTION plus(a int, b int) RETURNS int DETERMINISTIC RETURN a + b;"

TABLES = [
    Change(
        name="table", does="create table",
        new="CREATE TABLE parts (id int PRIMARY KEY, order_id bigint NOT NULL, n int DEFAULT 1 CHECK (n > 0), UNIQUE u (order_id, n),"
        " CONSTRAINT parts_fk FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE) COMMENT='of orders';",
    ),
    Change(name="engine", both=_CODES.replace(";", " ENGINE=InnoDB;"), swap={"DEFAULT 1) ENGINE=InnoDB": "DEFAULT 1) ENGINE=Aria"},
           rows=_CODED, does="rewrite table"),
    Change(name="row_format", both=_CODES.replace(";", " ROW_FORMAT=DYNAMIC;"), swap={"=DYNAMIC": "=COMPACT"}, rows=_CODED),
    Change(name="table_charset", both="CREATE TABLE cs (a varchar(10), b int) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;",
           swap={"b int) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci": "b int) DEFAULT CHARSET=latin1 COLLATE=latin1_swedish_ci"},
           rows="INSERT INTO cs VALUES ('a', 1);"),
    Change(name="table_comment", swap={"'who buys'": "'who''s buying'"}, does="comment"),
    Change(name="partition_new", both=_LOG + ";", swap={_LOG: _LOG + _PARTS + ")"}, rows=_LOGGED, does="partition table"),
    Change(name="partition_add", both=_LOG + _PARTS + ");", does="create table", rows=_LOGGED,
           swap={"(739500) ENGINE = InnoDB": "(739500) ENGINE = InnoDB, PARTITION p2 VALUES LESS THAN MAXVALUE ENGINE = InnoDB"}),
    Change(name="partition_key", both=_LOG + " PARTITION BY HASH (id) PARTITIONS 4;", swap={"HASH (id) PARTITIONS 4": "KEY (id) PARTITIONS 2"},
           rows=_LOGGED, does="partition table"),
    Change(name="rename_table", renames=("codes=numbers",), both=_CODES, swap={"TABLE codes": "TABLE numbers"}, rows=_CODED, does="rename"),
    Change(
        name="rename_table_used", renames=("users=people",), remade=kinds("trigger"),
        swap={"TABLE users": "TABLE people", "REFERENCES users": "REFERENCES people", "FROM users u": "FROM people u",
              "UPDATE ON users": "UPDATE ON people"},
    ),
    Change(name="versioning", both=_CODES, swap={"n int NOT NULL DEFAULT 1)": "n int NOT NULL DEFAULT 1) WITH SYSTEM VERSIONING"},
           rows=_CODED),
    Change(name="quoted", both="CREATE TABLE `odd ``name` (`select` int PRIMARY KEY, `grün; --` varchar(9));",
           rows="INSERT INTO `odd ``name` VALUES (1, 'a');",
           swap={"varchar(9))": "varchar(9), `ta\"b.le` int DEFAULT 3, KEY `an index` (`grün; --`))"}),
    Change(name="long_name", does="create table", new=f"CREATE TABLE {'t' * 64} ({'c' * 64} int PRIMARY KEY, KEY {'k' * 64} ({'c' * 64}));"),
]  # fmt: skip

COLUMNS = [
    _column("column", "phone varchar(20) DEFAULT NULL"),
    _column("column_nn_default", "level int NOT NULL DEFAULT 1"),
    _column("generated_virtual", "short varchar(40) GENERATED ALWAYS AS (lower(nick)) VIRTUAL"),
    _column("generated_stored", "older int GENERATED ALWAYS AS (age + 1) STORED"),
    _column("column_invisible", "hidden int INVISIBLE DEFAULT 4"),
    _column("column_json", "doc json DEFAULT NULL"),
    Change(name="column_first", swap={"users (\n": "users (\n    tag varchar(5) DEFAULT 'x',\n"}, does="add column"),
    Change(name="column_after", swap={"    age int": "    tag varchar(5) DEFAULT 'x',\n    age int"}, does="add column"),
    Change(name="column_moved", both=_CODES, rows=_CODED, swap={"code varchar(10) DEFAULT '7', n int NOT NULL DEFAULT 1":
           "n int NOT NULL DEFAULT 1, code varchar(10) DEFAULT '7'"}, does="alter column"),
    Change(name="column_replaced", both=_CODES, rows=_CODED, swap={"n int NOT NULL DEFAULT 1": "m int NOT NULL DEFAULT 2"},
           does="alter table"),
    Change(name="type_widen", swap={"nick varchar(40)": "nick varchar(80)"}, does="alter type"),
    Change(name="type_int_bigint", swap={"    id int NOT": "    id bigint NOT", "user_id int": "user_id bigint"},
           remade=kinds("foreign key")),
    Change(name="type_unsigned", both=_CODES, swap={"n int NOT": "n int unsigned NOT"}, rows=_CODED, does="alter type"),
    Change(name="type_text_int", both=_CODES, swap={"code varchar(10) DEFAULT '7'": "code int DEFAULT 7"}, rows=_CODED),
    Change(name="type_decimal", swap={"decimal(10,2)": "decimal(14,4)", "DEFAULT 0.00": "DEFAULT 0.0000"},
           retyped=kinds("orders.total")),
    Change(name="enum_append", swap={_ENUM: "enum('sad','ok','happy','elated')"}, does="alter type"),
    Change(name="enum_middle", swap={_ENUM: "enum('sad','meh','ok','happy')"}, does="alter type"),
    Change(name="default_change", swap={"DEFAULT 18": "DEFAULT 21"}, does="set default"),
    Change(name="default_drop", swap={"age int DEFAULT 18": "age int DEFAULT NULL"}),
    Change(name="default_func", swap={"placed datetime DEFAULT NULL": "placed datetime DEFAULT current_timestamp()"}),
    Change(name="on_update", both="CREATE TABLE st (id int, at timestamp NOT NULL DEFAULT current_timestamp());",
           swap={"DEFAULT current_timestamp()": "DEFAULT current_timestamp() ON UPDATE current_timestamp()"}, rows="INSERT INTO st VALUES (1, '2024-01-01');"),
    Change(name="not_null", both="CREATE TABLE n (a int, b varchar(5) DEFAULT 'x');", rows="INSERT INTO n VALUES (1, 'b');",
           swap={"(a int, b": "(a int NOT NULL, b"}, does="set not null"),
    Change(name="auto_increment_add", both=_CODES, swap={"id int PRIMARY KEY": "id int AUTO_INCREMENT PRIMARY KEY"}, rows=_CODED,
           probe="INSERT INTO codes (id, n) VALUES (90, 1)"),
    Change(name="column_comment", swap={"'without tax'": "'all of it'"}, does="comment"),
    Change(name="column_collation", swap={"nick varchar(40)": "nick varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"}),
    Change(name="generated_change", both="CREATE TABLE g (a int, b int GENERATED ALWAYS AS (a + 1) STORED);",
           swap={"(a + 1)": "(a + 2)"}, rows="INSERT INTO g (a) VALUES (1);", retyped=kinds("g.b")),
    Change(name="rename_column", renames=("orders.total=orders.amount",), swap={"    total decimal": "    amount decimal",
           "CHECK (total": "CHECK (amount", "o.total": "o.amount AS total"}, remade=kinds("check")),
    Change(name="rename_column_fk", renames=("orders.user_id=orders.buyer_id",),
           swap={"    user_id int": "    buyer_id int", "KEY orders_user (user_id)": "KEY orders_user (buyer_id)",
                 "FOREIGN KEY (user_id)": "FOREIGN KEY (buyer_id)", "o.user_id": "o.buyer_id"}),
]  # fmt: skip

KEYS = [
    Change(name="pk_order", both=_PAIR, rows=_PAIRS, swap={"PRIMARY KEY (a, b)": "PRIMARY KEY (b, a)"}, remade=kinds("primary key, key")),
    Change(name="pk_auto_increment", both="CREATE TABLE p (id int NOT NULL AUTO_INCREMENT, k int NOT NULL DEFAULT 0, PRIMARY KEY (id));",
           swap={"PRIMARY KEY (id));": "PRIMARY KEY (id, k), KEY p_k (k));"}, rows="INSERT INTO p VALUES (1, 5), (2, 5);",
           remade=kinds("primary key, key")),
    _key("unique", "UNIQUE KEY orders_when (placed, id)", "add unique"),
    _key("check_add", "CONSTRAINT placed_late CHECK (placed > '2000-01-01')", "add check"),
    Change(name="check_change", swap={"CHECK (total >= 0)": "CHECK (total > -1)"}, does="alter table"),
    Change(name="check_column", both="CREATE TABLE k (kind varchar(9) CHECK (kind <> ''));", swap={"kind <> ''": "kind in ('a', 'b')"},
           rows="INSERT INTO k VALUES ('a');", remade=kinds("check")),
    Change(name="fk_add", both="CREATE TABLE rate (user_id int);", rows="INSERT INTO rate VALUES (1);",
           swap={"rate (user_id int)": "rate (user_id int, KEY by_user (user_id), CONSTRAINT rate_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL)"},
           does="add foreign key, create index"),
    Change(name="fk_action", swap={"REFERENCES users (id)": "REFERENCES users (id) ON DELETE CASCADE ON UPDATE CASCADE"},
           remade=kinds("foreign key"), does="add foreign key, drop constraint"),
    Change(name="fk_index_change", swap={"KEY orders_user (user_id)": "KEY orders_user (user_id, placed)"},
           remade=kinds("index, foreign key")),
    Change(name="fk_index_dropped", swap={"    KEY orders_user (user_id),": "    KEY orders_both (user_id, placed),"},
           remade=kinds("foreign key")),
    Change(name="fk_multi", both=_PAIR + "CREATE TABLE of_pair (x int, y int, KEY xy (x, y));", rows=_PAIRS + "INSERT INTO of_pair VALUES (1, 2);",
           swap={"KEY xy (x, y)": "KEY xy (x, y), CONSTRAINT of_pair_fk FOREIGN KEY (x, y) REFERENCES pair (a, b)"}, does="add foreign key"),
    Change(name="fk_cycle", new="CREATE TABLE hen (id int PRIMARY KEY, egg int); CREATE TABLE egg (id int PRIMARY KEY, hen int,"
           " CONSTRAINT egg_hen FOREIGN KEY (hen) REFERENCES hen (id));"
           "ALTER TABLE hen ADD CONSTRAINT hen_egg FOREIGN KEY (egg) REFERENCES egg (id);"),
    Change(name="self_fk", both="CREATE TABLE tree (id int PRIMARY KEY, up int, KEY tree_up (up));", rows="INSERT INTO tree VALUES (1, NULL), (2, 1);",
           swap={"KEY tree_up (up)": "KEY tree_up (up), CONSTRAINT tree_fk FOREIGN KEY (up) REFERENCES tree (id)"}, does="add foreign key"),
    _key("index", "KEY orders_when (placed, total)"),
    _key("index_prefix", "KEY orders_note (note(20))"),
    _key("index_fulltext", "FULLTEXT KEY orders_words (note)"),
    _key("index_desc", "KEY orders_late (placed DESC, id)"),
    _key("index_comment", "KEY orders_when (placed) COMMENT 'late'"),
    _key("index_ignored", "KEY orders_when (placed) IGNORED"),
    Change(name="index_spatial", both="CREATE TABLE geo (id int PRIMARY KEY, at point NOT NULL);", does="create index",
           swap={"at point NOT NULL": "at point NOT NULL, SPATIAL KEY geo_at (at)"}, rows="INSERT INTO geo VALUES (1, point(1, 2));"),
    Change(name="rename_index", renames=("orders.orders_user=orders.orders_by_user",), swap={"KEY orders_user (": "KEY orders_by_user ("}, does="rename"),
]  # fmt: skip

PROGRAMS = [
    Change(name="view_new", new=_YOUNG + "CREATE VIEW younger AS SELECT * FROM young WHERE age < 9;", does="create, create"),
    Change(name="view_change", both=_YOUNG, swap={"id, email, age FROM": "id, age, born FROM"}, does="replace"),
    Change(name="view_renamed_col", renames=("mails.mail=mails.email",), both=_MAILS, swap=_RENAMED, does="rename, replace, replace, replace, replace"),
    Change(name="view_on_view", both=_YOUNG + "CREATE VIEW younger AS SELECT id FROM young;", swap={"id, email, age FROM": "id, nick FROM"}),
    Change(name="function", new=_SUM, does="create"),
    Change(name="function_body", both=_SUM, swap={"a + b;": "a - b;"}, remade=kinds("function, routine")),
    Change(name="procedure", does="create",
           new="\nDELIMITER $$\nCREATE PROCEDURE tidy(IN n int)\nBEGIN\n  DELETE FROM orders WHERE id = n;\n  SELECT 1;\nEND\n$$\nDELIMITER ;\n"),
    Change(name="trigger", new="CREATE TRIGGER orders_add BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = coalesce(NEW.note, 'x');", does="create"),
    Change(name="trigger_change", swap={"trim(NEW.nick)": "lower(NEW.nick)"}, remade=kinds("trigger")),
    Change(name="trigger_order", new="CREATE TRIGGER users_second BEFORE UPDATE ON users FOR EACH ROW FOLLOWS users_touch SET NEW.age = 1;", does="create"),
    Change(name="event", new="CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DO DELETE FROM orders WHERE id < 0;", does="create"),
    Change(name="sequence", new="CREATE SEQUENCE numbers START WITH 5 INCREMENT BY 2;", does="create"),
    Change(name="sequence_options", both="CREATE SEQUENCE numbers START WITH 5;", swap={"START WITH 5": "START WITH 5 INCREMENT BY 3 MAXVALUE 9000"}),
]  # fmt: skip
CHANGES: list[Change] = [*TABLES, *COLUMNS, *KEYS, *PROGRAMS]

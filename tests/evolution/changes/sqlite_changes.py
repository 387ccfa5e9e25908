"""Single changes of an SQLite schema."""

from __future__ import annotations

from tests.evolution.changes.change import Change, kinds

BASE = """
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email TEXT NOT NULL UNIQUE,
    nick VARCHAR(40),
    age INTEGER DEFAULT 18,
    born DATE
);
CREATE TABLE orders (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    total NUMERIC(10,2) NOT NULL DEFAULT 0,
    placed TEXT,
    CONSTRAINT total_positive CHECK (total >= 0)
);
CREATE INDEX orders_user ON orders (user_id);
CREATE VIEW spent AS SELECT u.id, u.email, o.total FROM users u JOIN orders o ON o.user_id = u.id;
CREATE TRIGGER users_touch AFTER UPDATE ON users BEGIN UPDATE orders SET placed = 'x' WHERE user_id = NEW.id; END;
"""
ROWS = """
INSERT INTO users (email, nick, age, born) VALUES
    ('a@x', 'Al', 30, '1990-01-01'), ('b@x', 'Bo', NULL, NULL), ('c@x', NULL, 7, '2000-02-29');
INSERT INTO orders (user_id, total, placed) VALUES (1, 10, '2024-05-05'), (1, 0, NULL), (2, 99.99, '2025-01-01');
"""

_AGAIN = "create, rebuild table"
_LAST = "    born DATE\n"
_CODES = "CREATE TABLE codes (id INTEGER PRIMARY KEY, code TEXT DEFAULT '7', n INT NOT NULL DEFAULT 1);"
_CODED = "INSERT INTO codes VALUES (1, '12', 4), (2, NULL, 5);"
_MAILS = """CREATE TABLE mails (id INTEGER PRIMARY KEY, mail varchar(20));
CREATE VIEW mailed AS SELECT id, mail FROM mails; CREATE VIEW all_mails AS SELECT * FROM mails;
CREATE VIEW mailed_twice AS SELECT mailed.mail, 1 AS n FROM mailed; CREATE VIEW twice AS SELECT a.* FROM all_mails a;"""
_RENAMED = {
    "id INTEGER PRIMARY KEY, mail": "id INTEGER PRIMARY KEY, email",
    "id, mail ": "id, email ",
    "mailed.mail": "mailed.email",
}
_YOUNG = "CREATE VIEW young AS SELECT id, email, age FROM users WHERE age < 30;"
_PAIR = "CREATE TABLE pair (a INT NOT NULL, b INT NOT NULL, c TEXT, PRIMARY KEY (a, b));"
_PAIRS = "INSERT INTO pair VALUES (1, 1, 'x'), (1, 2, NULL), (2, 1, 'y');"


def _column(name: str, text: str, does: str | None = "add column") -> Change:
    return Change(name=name, swap={_LAST: f"    born DATE,\n    {text}\n"}, does=does)


def _rebuilt(name: str, before: str, after: str, along: str = "create") -> Change:
    return Change(name=name, swap={before: after}, does=f"{along}, rebuild table")


def _of_codes(name: str, before: str, after: str, **more: object) -> Change:
    return Change(name=name, both=_CODES, rows=_CODED, swap={before: after}, does="rebuild table", **more)  # type: ignore[arg-type]


CHANGES: list[Change] = [
    Change(name="table", does="create table",
           new="CREATE TABLE parts (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id), n INT CHECK (n > 0));"),
    _column("column", "phone TEXT"),
    _column("column_nn_default", "level INTEGER NOT NULL DEFAULT 1"),
    _column("column_fk", "boss INTEGER REFERENCES users (id)"),
    _column("column_check", "level INTEGER CHECK (level > 0)", None),
    _column("column_unique", "phone TEXT UNIQUE", _AGAIN),
    _column("column_default_now", "at TEXT DEFAULT CURRENT_TIMESTAMP", _AGAIN),
    _column("generated_virtual", "short TEXT GENERATED ALWAYS AS (lower(nick)) VIRTUAL"),
    _column("generated_stored", "short TEXT GENERATED ALWAYS AS (lower(nick)) STORED", _AGAIN),
    Change(name="column_middle", swap={"    age INTEGER": "    phone TEXT,\n    age INTEGER"}, does=_AGAIN),
    Change(name="column_replaced", both=_CODES, rows=_CODED, swap={"n INT NOT NULL DEFAULT 1": "m INT NOT NULL DEFAULT 2"},
           does="add column, drop column"),
    _of_codes("column_moved", "code TEXT DEFAULT '7', n INT NOT NULL DEFAULT 1", "n INT NOT NULL DEFAULT 1, code TEXT DEFAULT '7'"),
    Change(name="column_dropped", both=_CODES, rows=_CODED, swap={", n INT NOT NULL DEFAULT 1": ""}, does="drop column"),
    _rebuilt("type", "nick VARCHAR(40)", "nick VARCHAR(80)"),
    _of_codes("type_affinity", "code TEXT", "code INTEGER", retyped=kinds("codes.code")),
    _rebuilt("default_change", "DEFAULT 18", "DEFAULT 21"),
    _rebuilt("default_drop", "age INTEGER DEFAULT 18", "age INTEGER"),
    Change(name="not_null", both="CREATE TABLE n (a INT, b TEXT);", rows="INSERT INTO n VALUES (1, 'x');", swap={"a INT,": "a INT NOT NULL,"},
           does="rebuild table"),
    _of_codes("collation", "code TEXT DEFAULT", "code TEXT COLLATE NOCASE DEFAULT"),
    _of_codes("autoincrement", "codes (id INTEGER PRIMARY KEY", "codes (id INTEGER PRIMARY KEY AUTOINCREMENT"),
    Change(name="pk_order", both=_PAIR, rows=_PAIRS, swap={"PRIMARY KEY (a, b)": "PRIMARY KEY (b, a)"}, does="rebuild table"),
    Change(name="without_rowid", both=_PAIR, rows=_PAIRS, swap={"(a, b))": "(a, b)) WITHOUT ROWID"}, does="rebuild table"),
    Change(name="strict", both="CREATE TABLE s (a INT, b TEXT);", rows="INSERT INTO s VALUES (1, 'x');", swap={"a INT, b TEXT)": "a INT, b TEXT) STRICT"},
           does="rebuild table"),
    Change(name="unique", both=_PAIR, rows=_PAIRS, swap={"(a, b))": "(a, b), UNIQUE (c, a))"}, does="rebuild table"),
    Change(name="unique_conflict", both=_PAIR, rows=_PAIRS, swap={"(a, b))": "(a, b), UNIQUE (c) ON CONFLICT IGNORE)"}, does="rebuild table"),
    _of_codes("check_add", "n INT NOT NULL DEFAULT 1)", "n INT NOT NULL DEFAULT 1, CONSTRAINT small CHECK (n < 90))"),
    _rebuilt("check_change", "CHECK (total >= 0)", "CHECK (total > -1)", "create index"),
    _rebuilt("fk_action", "ON DELETE CASCADE", "ON DELETE RESTRICT", "create index"),
    _rebuilt("fk_deferrable", "ON DELETE CASCADE", "ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED", "create index"),
    Change(name="fk_add", both="CREATE TABLE rate (user_id INT);", rows="INSERT INTO rate VALUES (1);",
           swap={"rate (user_id INT)": "rate (user_id INT, FOREIGN KEY (user_id) REFERENCES users (id))"}, does="rebuild table"),
    Change(name="fk_cycle", does="create table, create table",
           new="CREATE TABLE hen (id INTEGER PRIMARY KEY, egg INT REFERENCES egg (id)); CREATE TABLE egg (id INTEGER PRIMARY KEY, hen INT REFERENCES hen (id));"),
    Change(name="index", new="CREATE INDEX orders_when ON orders (placed DESC, id);", does="create index"),
    Change(name="index_partial", new="CREATE UNIQUE INDEX live ON orders (user_id) WHERE total > 50;", does="create index"),
    Change(name="index_expr", new="CREATE INDEX by_nick ON users (lower(nick), age COLLATE NOCASE);", does="create index"),
    Change(name="index_change", swap={"ON orders (user_id)": "ON orders (user_id, placed)"}, does="create index, drop index",
           remade=kinds("index")),
    Change(name="view_new", new=_YOUNG + "CREATE VIEW younger AS SELECT * FROM young WHERE age < 9;", does="create, create"),
    Change(name="view_renamed_col", renames=("mails.mail=mails.email",), both=_MAILS, swap=_RENAMED, remade=kinds("view")),
    Change(name="view_change", both=_YOUNG + "CREATE VIEW younger AS SELECT id FROM young;", swap={"id, email, age FROM": "id, born FROM"},
           remade=kinds("view")),
    Change(name="trigger", does="create",
           new="CREATE TRIGGER orders_add AFTER INSERT ON orders WHEN NEW.total > 5 BEGIN UPDATE users SET age = 1 WHERE id = NEW.user_id; SELECT 1; END;"),
    Change(name="trigger_change", swap={"SET placed = 'x'": "SET placed = 'y'"}, remade=kinds("trigger"), does="create, drop"),
    Change(name="trigger_instead", new="CREATE TRIGGER spent_add INSTEAD OF INSERT ON spent BEGIN SELECT 1; END;", does="create"),
    Change(name="virtual_table", new="CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'porter');"),
    Change(name="rename_table", renames=("users=people",), swap={"TABLE users": "TABLE people", "REFERENCES users": "REFERENCES people",
           "FROM users u": "FROM people u", "UPDATE ON users": "UPDATE ON people"}, does="rename"),
    Change(name="rename_column", renames=("orders.total=orders.amount",), does="rename",
           swap={"    total NUMERIC": "    amount NUMERIC", "(total >= 0)": "(amount >= 0)", "o.total FROM": "o.amount FROM"}),
    Change(name="rename_index", renames=("orders_user=orders_by_user",), swap={"INDEX orders_user": "INDEX orders_by_user"},
           remade=kinds("index"), does="create index, drop index"),
    Change(name="quoted", both='CREATE TABLE "odd ""name" ("select" INTEGER PRIMARY KEY, "grün; --" TEXT);',
           rows="""INSERT INTO "odd ""name" VALUES (1, 'a');""",
           new='CREATE INDEX "an index" ON "odd ""name" ("grün; --");', does="create index"),
]  # fmt: skip

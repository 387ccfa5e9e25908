"""Random edits of a rich schema: the way up gives what the new design gives, the way down the old one, rows are kept."""

from __future__ import annotations

import pytest

from tests.evolution.sqlite.edits import Editor
from tests.evolution.sqlite.lite import between, design, script_of, travel

SCHEMA = """
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE, age INTEGER DEFAULT 18 CHECK (age > 0), UNIQUE (name));
CREATE TABLE orders (id INTEGER PRIMARY KEY, "user" INTEGER NOT NULL REFERENCES users ON DELETE CASCADE, total NUMERIC DEFAULT 0, note TEXT,
    twice AS (total * 2), thrice INT GENERATED ALWAYS AS (total * 3) STORED);
CREATE TABLE lines (order_id INTEGER, line INTEGER, text TEXT, PRIMARY KEY (order_id, line), FOREIGN KEY (order_id) REFERENCES orders (id)) WITHOUT ROWID;
CREATE TABLE tree (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES tree (id), label TEXT);
CREATE TABLE loose (a, b BLOB, c REAL);
CREATE TABLE hard (k TEXT PRIMARY KEY, v INTEGER) STRICT;
CREATE INDEX by_note ON orders (note COLLATE NOCASE, total DESC) WHERE total > 0;
CREATE UNIQUE INDEX by_label ON tree (lower(label));
CREATE VIEW spent AS SELECT u.name, o.total FROM users u JOIN orders o ON o."user" = u.id;
CREATE VIEW more AS SELECT * FROM spent;
CREATE TRIGGER log AFTER INSERT ON orders BEGIN UPDATE users SET age = age + 1 WHERE id = new."user"; END;
CREATE TRIGGER spent_add INSTEAD OF INSERT ON spent BEGIN SELECT 1; END;
"""
ROWS = """
INSERT INTO users (name, age) VALUES ('a', 1), ('b', 2), ('c', 3); DELETE FROM users WHERE id = 3;
INSERT INTO orders (id, "user", total, note) VALUES (1, 1, 5, 'x'), (2, 2, 0, NULL);
INSERT INTO lines VALUES (1, 1, 'p'), (1, 2, NULL); INSERT INTO tree VALUES (1, NULL, 'A'), (2, 1, 'B');
INSERT INTO loose VALUES (1, x'00', 1.5), ('t', NULL, 2); INSERT INTO hard VALUES ('k', 1);
"""
SEEDS, NIGHTLY = range(60), range(60, 2060)


def _check(seed: int) -> None:
    old = Editor(design(SCHEMA), seed).edit(0)
    new = Editor(old, seed).edit(1 + seed % 9)
    found = travel(old, new, rows=ROWS)
    assert not found.faults, "\n".join([*found.faults, found.sql()])
    counts = [{name: len(rows) for name, rows in each.items()} for each in found.rows]
    assert counts[0] == counts[2], found.sql()
    assert sorted(counts[0].values()) == sorted(counts[1].values()), found.sql()
    assert found.rows[0].get("sqlite_sequence") == found.rows[2].get("sqlite_sequence")


@pytest.mark.parametrize("seed", SEEDS)
def test_up_and_down(seed: int) -> None:
    _check(seed)


@pytest.mark.slow
def test_many() -> None:
    for seed in NIGHTLY:
        _check(seed)


def test_nothing_to_do() -> None:
    state = design(SCHEMA)
    assert not travel(state, state).up.steps
    assert not between(SCHEMA, script_of(state)).up.steps

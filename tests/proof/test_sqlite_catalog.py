"""The reader of SQLite sees every single change, and takes no other spelling for one."""

from __future__ import annotations

import sqlite3

import pytest

from tests.proof.sqlite_catalog import Reading, differences, reading

BASE = """
PRAGMA user_version = 1;
CREATE TABLE p (id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT COLLATE NOCASE NOT NULL DEFAULT 'x' UNIQUE, n INT CHECK (n > 0));
CREATE TABLE c (a INTEGER PRIMARY KEY DESC, p INT REFERENCES p (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  q INT REFERENCES p, g INT AS (a + 1) STORED, h INT GENERATED ALWAYS AS (a) VIRTUAL, d REAL DEFAULT (1 + 2),
  UNIQUE (a, p) ON CONFLICT IGNORE, CONSTRAINT named CHECK (a <> 7), CHECK (d > 1));
CREATE TABLE w (k TEXT PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE s (k TEXT) STRICT;
CREATE INDEX i ON c (p, lower(d) DESC) WHERE q IS NOT NULL;
CREATE VIEW v AS SELECT a, 'It' AS b FROM c;
CREATE TRIGGER t AFTER UPDATE OF a ON c BEGIN DELETE FROM p WHERE id = 1; END;
CREATE VIRTUAL TABLE f USING fts5(x, tokenize = 'porter');
"""
CHANGES = [
    ("user_version = 1", "user_version = 2"), (" AUTOINCREMENT", ""), ("COLLATE NOCASE", "COLLATE RTRIM"), (" COLLATE NOCASE", ""),
    (" NOT NULL DEFAULT", " DEFAULT"), ("DEFAULT 'x'", "DEFAULT 'y'"), ("DEFAULT 'x'", "DEFAULT 'X'"), (" UNIQUE, n", ", n"),
    ("n > 0", "n > 1"), (" CHECK (n > 0)", ""), ("n INT CHECK", "n INTEGER CHECK"), ("KEY DESC", "KEY"), ("ON DELETE CASCADE", "ON UPDATE CASCADE"),
    ("ON DELETE CASCADE ", ""), (" DEFERRABLE INITIALLY DEFERRED", ""), ("INITIALLY DEFERRED", "INITIALLY IMMEDIATE"), ("REFERENCES p (id)", "REFERENCES p"),
    ("REFERENCES p,", "REFERENCES p (id),"), ("REFERENCES p,", "REFERENCES w,"), ("a + 1", "a + 2"), (") STORED", ") VIRTUAL"), ("AS (a) VIRTUAL", "AS (a) STORED"),
    ("1 + 2", "1 - 2"), ("UNIQUE (a, p)", "UNIQUE (p, a)"), (" ON CONFLICT IGNORE", ""), ("CONFLICT IGNORE", "CONFLICT FAIL"),
    ("CONSTRAINT named CHECK", "CHECK"), ("a <> 7", "a <> 8"), (", CHECK (d > 1)", ""), (" WITHOUT ROWID", ""), (" STRICT", ""), ("(p, lower(d) DESC)", "(p, lower(d))"),
    ("(p, lower(d) DESC)", "(lower(d) DESC, p)"), ("CREATE INDEX i", "CREATE UNIQUE INDEX i"), (" WHERE q IS NOT NULL", ""), ("q IS NOT NULL", "q IS NULL"), ("INDEX i ", "INDEX j "),
    ("'It'", "'it'"), ("SELECT a,", "SELECT p,"), ("VIEW v AS", "VIEW v (a, b) AS"), ("UPDATE OF a ON", "UPDATE ON"), ("AFTER", "BEFORE"), ("id = 1", "id = 2"),
    ("'porter'", "'ascii'"), ("k TEXT PRIMARY KEY, v", "v, k TEXT PRIMARY KEY"), ("v) WITHOUT", "v, u) WITHOUT"), ("TABLE s (k", "TABLE s (l"),
]  # fmt: skip
SPELLINGS = [
    ("CREATE TABLE w (k TEXT PRIMARY KEY, v)", 'create  table "w"(\n[k] TEXT /* key */ PRIMARY KEY, -- the key\n`v`)'),
    ("DEFAULT 'x' UNIQUE", "UNIQUE DEFAULT 'x'"), ("NOT NULL DEFAULT 'x'", "NOT NULL ON CONFLICT ABORT DEFAULT 'x'"),
    ("CHECK (n > 0)", "CHECK ((n > 0))"), ("n INT CHECK", "n INT NULL CHECK"), ("AS (a + 1) STORED", "GENERATED ALWAYS AS (a + 1) STORED"),
    ("REFERENCES p,", "REFERENCES p MATCH SIMPLE ON UPDATE NO ACTION NOT DEFERRABLE,"), ("(p, lower(d) DESC)", "(p ASC, lower(d) DESC)"),
    (" UNIQUE, n INT CHECK (n > 0));", ", n INT CHECK (n > 0), UNIQUE (code));"), ("n INT CHECK (n > 0))", "n INT, CHECK (n > 0))"),
]  # fmt: skip


def made(text: str) -> Reading:
    base = sqlite3.connect(":memory:")
    base.executescript(text)
    found = reading(base)
    base.close()
    return found


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_a_change_is_seen(old: str, new: str) -> None:
    assert old in BASE
    assert differences(made(BASE), made(BASE.replace(old, new, 1)))


@pytest.mark.parametrize(("old", "new"), SPELLINGS)
def test_a_spelling_is_no_change(old: str, new: str) -> None:
    assert old in BASE
    assert differences(made(BASE), made(BASE.replace(old, new, 1))) == []

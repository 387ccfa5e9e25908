CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    email VARCHAR(255) COLLATE NOCASE NOT NULL ON CONFLICT IGNORE UNIQUE ON CONFLICT REPLACE,
    n INT DEFAULT (1+2) CHECK (n > 0),
    t TEXT DEFAULT CURRENT_TIMESTAMP,
    "a b",
    g INT GENERATED ALWAYS AS (n*2) STORED,
    v GENERATED ALWAYS AS (n*3) VIRTUAL
);
CREATE UNIQUE INDEX i1 ON users (lower(email), n DESC) WHERE n > 3;
CREATE INDEX i2 ON users (email COLLATE BINARY);

CREATE TABLE later (
    k TEXT NOT NULL PRIMARY KEY
) WITHOUT ROWID, STRICT;

CREATE TABLE posts (
    id INTEGER,
    k TEXT,
    user_id REFERENCES users (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    other INT REFERENCES nowhere (x),
    PRIMARY KEY (id, k),
    UNIQUE (k, id),
    CONSTRAINT c CHECK (id > 3),
    FOREIGN KEY (k) REFERENCES later (k)
) WITHOUT ROWID;

CREATE TABLE nm (
    id INTEGER,
    x INT CONSTRAINT nn NOT NULL,
    y,
    CONSTRAINT pkn PRIMARY KEY (id),
    UNIQUE (y)
);

CREATE VIEW vw (a) AS
SELECT id FROM users;

CREATE TRIGGER tr AFTER INSERT ON users BEGIN UPDATE users SET n = 1; DELETE FROM posts; END;

CREATE VIRTUAL TABLE f USING fts5(body);

-- Notes
-- missing-table: the foreign key of posts (other): the table nowhere is not in the design; rows need it

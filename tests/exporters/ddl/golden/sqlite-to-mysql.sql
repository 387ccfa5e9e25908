CREATE TABLE users (
    id int AUTO_INCREMENT PRIMARY KEY,
    email varchar(255) NOT NULL,
    n int DEFAULT (1 + 2) CHECK (n > 0),
    t longtext DEFAULT CURRENT_TIMESTAMP,
    `a b` longtext,
    g int GENERATED ALWAYS AS (n * 2) STORED,
    v longtext GENERATED ALWAYS AS (n * 3) VIRTUAL,
    UNIQUE KEY (email),
    KEY i2 (email)
);

CREATE TABLE later (
    k varchar(255) NOT NULL PRIMARY KEY
);

CREATE TABLE posts (
    id int,
    k varchar(255),
    user_id int,
    other int,
    PRIMARY KEY (id, k),
    UNIQUE KEY (k, id),
    CONSTRAINT c CHECK (id > 3)
);

CREATE TABLE nm (
    id int,
    x int NOT NULL,
    y varchar(255) UNIQUE,
    PRIMARY KEY (id)
);

CREATE VIEW vw (a) AS
SELECT id FROM users;

ALTER TABLE posts ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
-- the table nowhere is not in this schema
-- ALTER TABLE posts ADD FOREIGN KEY (other) REFERENCES nowhere (x);
ALTER TABLE posts ADD FOREIGN KEY (k) REFERENCES later (k);

-- Notes
-- index: users.i1: MySQL has no partial indexes, and over all rows it would forbid more; the index is left out
-- no-deferrable-foreign-keys: the foreign key of posts (user_id): MySQL has no such thing; it cannot be deferred
-- missing-table: the foreign key of posts (other): the table nowhere is not in the design; the foreign key is a comment
-- verbatim: users.tr: it is written in the words of SQLite; it is left out, write it anew
-- statement: the statement 'CREATE VIRTUAL TABLE f' of line 9 is left out: it is for sqlite
-- option: the option not_null_on_conflict of SQLite is left out (users.email)
-- option: the option on_conflict of SQLite is left out (the key of users (email))
-- collation: the collation of a column is not translated (users.email)
-- option: the option strict of SQLite is left out (later)
-- option: the option without_rowid of SQLite is left out (later, posts)
-- key-length: MySQL needs a length for text in a key; it is written with 255 characters (later.k, posts.k, nm.y)

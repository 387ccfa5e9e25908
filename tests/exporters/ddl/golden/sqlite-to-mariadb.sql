CREATE TABLE users (
    id bigint AUTO_INCREMENT PRIMARY KEY,
    email varchar(255) COLLATE utf8mb4_general_nopad_ci NOT NULL UNIQUE,
    n int DEFAULT (1 + 2),
    t longtext DEFAULT (CURRENT_TIMESTAMP),
    `a b` longtext,
    g int GENERATED ALWAYS AS (n * 2) STORED,
    v longtext GENERATED ALWAYS AS (n * 3) VIRTUAL,
    CHECK (n > 0),
    KEY i2 (email)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE later (
    k varchar(768) NOT NULL PRIMARY KEY
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE posts (
    id bigint,
    k varchar(766),
    user_id bigint,
    other int,
    PRIMARY KEY (id, k),
    UNIQUE KEY (k, id),
    CONSTRAINT c CHECK (id > 3)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE nm (
    id bigint AUTO_INCREMENT,
    x int NOT NULL,
    y varchar(768) UNIQUE,
    PRIMARY KEY (id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE VIEW vw (a) AS
SELECT id FROM users;

ALTER TABLE posts ADD FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
-- the table nowhere is not in this schema
-- ALTER TABLE posts ADD FOREIGN KEY (other) REFERENCES nowhere (x);
ALTER TABLE posts ADD FOREIGN KEY (k) REFERENCES later (k);

-- Notes
-- key-length: later.k: MariaDB needs a length for text in a key; longer values than 768 characters do not fit
-- key-length: posts.k: MariaDB needs a length for text in a key; longer values than 766 characters do not fit
-- key-length: nm.y: MariaDB needs a length for text in a key; longer values than 768 characters do not fit
-- verbatim: users.tr: it is written in the words of SQLite; it is left out, write it anew
-- option: users.email: the option not_null_on_conflict of SQLite is left out
-- option: the key of users (email): the option on_conflict of SQLite is left out
-- letter-case: users.email: case does not count in it by the collation utf8mb4_general_nopad_ci; for letters with accents the rules differ
-- index: users.i1: MariaDB has no indexes over expressions; the index is left out
-- index-collation: users.i2: the collation BINARY of a part of the index is left out
-- option: posts: the option without_rowid of SQLite is left out
-- option: later: the option strict of SQLite is left out
-- option: later: the option without_rowid of SQLite is left out
-- statement: the statement 'CREATE VIRTUAL TABLE f' of line 9: it is left out: it is for sqlite
-- no-deferrable-foreign-keys: the foreign key of posts (user_id): MariaDB has no such thing; it cannot be deferred
-- missing-table: the foreign key of posts (other): the table nowhere is not in the design; the foreign key is a comment

CREATE TABLE users (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    email varchar(255) NOT NULL,
    status text NOT NULL DEFAULT 'a',
    flags text DEFAULT NULL,
    amount numeric(10,2) DEFAULT 0.00,
    created_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
    seen datetime DEFAULT NULL,
    at3 datetime DEFAULT CURRENT_TIMESTAMP,
    bio text DEFAULT NULL,
    body text,
    g int GENERATED ALWAYS AS (amount * 2) STORED,
    v varchar(10) GENERATED ALWAYS AS (SUBSTRING(email, 1, 10)) VIRTUAL,
    inv int DEFAULT 3,
    pt blob NOT NULL,
    CONSTRAINT email UNIQUE (email),
    CONSTRAINT pos CHECK (amount >= 0),
    CHECK (status IN ('a', 'b;', 'c''d'))
);
CREATE INDEX bio_idx ON users (bio, status DESC);
CREATE INDEX hashk ON users (amount);

CREATE TABLE posts (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    user_id bigint DEFAULT NULL,
    parent bigint DEFAULT NULL,
    last_comment bigint DEFAULT NULL,
    CONSTRAINT posts_ibfk_1 FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT self FOREIGN KEY (parent) REFERENCES posts (id),
    CONSTRAINT lc FOREIGN KEY (last_comment) REFERENCES comments (id)
);
CREATE INDEX user_id ON posts (user_id);
CREATE INDEX parent ON posts (parent);
CREATE INDEX lc ON posts (last_comment);

CREATE TABLE comments (
    id bigint NOT NULL PRIMARY KEY,
    post_id bigint,
    CONSTRAINT c_p FOREIGN KEY (post_id) REFERENCES posts (id)
);
CREATE INDEX p ON comments (post_id);

CREATE TABLE part (
    id int NOT NULL,
    d date NOT NULL,
    PRIMARY KEY (id, d)
);

CREATE TABLE part2 (
    id int NOT NULL PRIMARY KEY
);

CREATE TABLE sv (
    a int,
    b int
);

CREATE VIEW v2 AS
SELECT id AS q FROM posts;

CREATE VIEW v1 (x) AS
SELECT id FROM users WHERE amount > 3;

CREATE TRIGGER users_created_at_now AFTER UPDATE ON users FOR EACH ROW WHEN NEW.created_at IS OLD.created_at AND (NEW.id IS NOT OLD.id OR NEW.email IS NOT OLD.email OR NEW.status IS NOT OLD.status OR NEW.flags IS NOT OLD.flags OR NEW.amount IS NOT OLD.amount OR NEW.seen IS NOT OLD.seen OR NEW.at3 IS NOT OLD.at3 OR NEW.bio IS NOT OLD.bio OR NEW.body IS NOT OLD.body OR NEW.inv IS NOT OLD.inv)
BEGIN
    UPDATE users SET created_at = CURRENT_TIMESTAMP WHERE rowid = NEW.rowid;
END;

-- Notes
-- option: users: the option row_format of MariaDB is left out
-- option: users.inv: the option invisible of MariaDB is left out
-- identity-start: users.id: SQLite counts from 1 here, and not from 17
-- type: users.email: SQLite takes texts of any length; the length is for reading only
-- collation: users.email: its collation utf8mb4_bin is left out; texts are compared by their bytes
-- type: users.flags: SQLite has no SET type; it is written as text, and any text is taken
-- type: users.amount: SQLite keeps fractions as floating point, exact to 15 digits
-- type: users.created_at: SQLite keeps no time zone with a date and time; store UTC
-- type: users.seen: SQLite keeps no time zone with a date and time; store UTC
-- type: users.v: SQLite takes texts of any length; the length is for reading only
-- type: users.pt: SQLite has no geometry type; it is written as blob
-- index: users.ft: SQLite has no fulltext indexes of this kind; the index is left out
-- index: users.sp: SQLite has no spatial indexes of this kind; the index is left out
-- no-comments: users: SQLite keeps no comment of it; the comment is left out
-- no-comments: users.email: SQLite keeps no comment of it; the comment is left out
-- no-comments: users.hashk: SQLite keeps no comment of it; the comment is left out
-- verbatim: posts.trg: it is written in the words of MariaDB; it is left out, write it anew
-- no-partitions: the partitioning of part: SQLite has no such partitions; the table is not partitioned
-- no-partitions: the partitioning of part2: SQLite has no such partitions; the table is not partitioned
-- option: sv: the option system_versioning of MariaDB is left out
-- check-option: v1: SQLite has no WITH CHECK OPTION; it is left out
-- option: v1: the option algorithm of MariaDB is left out
-- option: v1: the option sql_security of MariaDB is left out
-- no-sequences: sq: SQLite has no sequences; it is left out
-- verbatim: fn: it is written in the words of MariaDB; it is left out, write it anew
-- verbatim: pr: it is written in the words of MariaDB; it is left out, write it anew
-- statement: the statement 'CREATE EVENT ev ON' of line 47: it is left out: it is for mariadb

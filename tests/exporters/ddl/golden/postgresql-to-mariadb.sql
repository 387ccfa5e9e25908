CREATE SEQUENCE app_seq START WITH 100 MINVALUE 10 MAXVALUE 100000 INCREMENT BY 5 CACHE 3 CYCLE;

CREATE TABLE x1 (
    id int NOT NULL PRIMARY KEY,
    y int,
    CONSTRAINT nv CHECK (y > 0)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE y1 (
    id int NOT NULL PRIMARY KEY,
    x int,
    FOREIGN KEY (x) REFERENCES x1 (id)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE unl (
    a int
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

-- CREATE TABLE empty ();

CREATE TABLE parent (
    a int NOT NULL,
    b longtext
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE child (
    a int NOT NULL UNIQUE,
    b longtext,
    c int
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE measurement (
    city_id int NOT NULL,
    logdate date NOT NULL,
    peak int,
    PRIMARY KEY (city_id, logdate),
    KEY measurement_peak_idx (peak) COMMENT 'unnamed'
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE hashp (
    a int,
    b longtext
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE forgot (
    id int
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE app_users (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `Full Name` longtext NOT NULL,
    email varchar(768) UNIQUE,
    moods json DEFAULT ('[]'),
    m enum('sad', 'ok', 'it''s') DEFAULT 'ok',
    n int NOT NULL COMMENT 'enn',
    k int,
    g int GENERATED ALWAYS AS (n * 2) STORED,
    v int GENERATED ALWAYS AS (n * 3) VIRTUAL,
    s longtext,
    p json,
    pos int NOT NULL DEFAULT 1,
    emb json,
    created datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    CHECK (n > 0),
    CHECK (n < 100),
    CHECK (n > k),
    CHECK (k > 0),
    CHECK (n <> k + 1),
    CONSTRAINT named CHECK (CHAR_LENGTH(s) > 0),
    CHECK (LOCATE('@', (email)) > 0),
    CHECK (NOT LOCATE(' ', (email)) > 0),
    CHECK ((pos) > 0),
    KEY brin (created),
    KEY coll (`Full Name`(255))
) AUTO_INCREMENT=1000 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin COMMENT='It''s a \\ table
with lines';

CREATE TABLE `Weird Schema_Order "x"` (
    `select` int,
    `a b` varchar(383),
    UNIQUE KEY `c "1` (`select`, `a b`)
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE TABLE orders (
    id int NOT NULL AUTO_INCREMENT,
    user_id bigint NOT NULL,
    other bigint,
    parent int,
    a int,
    b int UNIQUE,
    during longtext,
    vt longtext,
    seq bigint DEFAULT nextval(app_seq),
    PRIMARY KEY (id) COMMENT 'pk',
    UNIQUE KEY (a, b),
    CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_users (id) ON DELETE CASCADE,
    FOREIGN KEY (other) REFERENCES app_users (id) ON UPDATE SET NULL,
    FOREIGN KEY (parent) REFERENCES orders (id) ON DELETE SET NULL
) DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin;

CREATE VIEW v1 AS
SELECT id, n FROM app_users AS users WHERE n > 3
WITH LOCAL CHECK OPTION;

CREATE VIEW v2 (i, j) AS
SELECT * FROM v1;

CREATE VIEW mv AS
SELECT COUNT(*) AS c, user_id FROM orders GROUP BY user_id;

ALTER TABLE x1 ADD FOREIGN KEY (y) REFERENCES y1 (id);
ALTER TABLE x1 ADD CONSTRAINT nvfk FOREIGN KEY (y) REFERENCES y1 (id);

-- Notes
-- schema: app.seq: MariaDB has no schemas: it is called app_seq
-- schema: app.users: MariaDB has no schemas: it is called app_users
-- schema: Weird Schema.Order "x": MariaDB has no schemas: it is called Weird Schema_Order "x"
-- key-length: app.users.email: MariaDB needs a length for text in a key; longer values than 768 characters do not fit
-- key-length: Weird Schema.Order "x".a b: MariaDB needs a length for text in a key; longer values than 383 characters do not fit
-- verbatim: get_user: it is written in the words of PostgreSQL; it is left out, write it anew
-- no-comments: v1: MariaDB keeps no comment of it; the comment is left out
-- verbatim: trg: it is written in the words of PostgreSQL; it is left out, write it anew
-- option: v2: its options security_barrier = true are left out
-- no-inheritance: child: it has the columns and checks of its parents as its own; queries of the parents do not see its rows
-- no-partitions: the partitioning of measurement: MariaDB has no such partitions; the table is not partitioned
-- no-extension: vector: MariaDB has no extensions; it is left out
-- verbatim: pr: it is written in the words of PostgreSQL; it is left out, write it anew
-- type: mood2: MariaDB has no types of one's own, and no column is of it; it is left out
-- no-publication: pub: MariaDB has no publications; it is left out
-- no-partitions: m2020: it is no table of its own there; its rows are in the table that it divides
-- no-partitions: m2021: it is no table of its own there; its rows are in the table that it divides
-- no-materialized-views: mv: MariaDB has no materialized views; it is a plain view, its 1 indexes left out
-- no-comments: mv: MariaDB keeps no comment of it; the comment is left out
-- no-partitions: m2021_1: it is no table of its own there; its rows are in the table that it divides
-- verbatim: atomic_f: it is written in the words of PostgreSQL; it is left out, write it anew
-- no-partitions: mdef: it is no table of its own there; its rows are in the table that it divides
-- expression: nums: MariaDB may not understand VALUES (1) UNION ALL SELECT n + 1 FROM nums WHERE n < 10; the view is left out, write it anew
-- no-partitions: the partitioning of hashp: MariaDB has no such partitions; the table is not partitioned
-- verbatim: mysum: it is written in the words of PostgreSQL; it is left out, write it anew
-- no-partitions: hashp0: it is no table of its own there; its rows are in the table that it divides
-- verbatim: app.f: it is written in the words of PostgreSQL; it is left out, write it anew
-- identity-step: app.users.id: MariaDB counts by one here, and not by 10
-- collation: app.users.Full Name: its collation "C" is left out; texts are compared by their bytes
-- domain: app.users.email: MariaDB has no domains; it is written as what email is made of, with its checks
-- type: app.users.moods: MariaDB has no arrays; enum('sad', 'ok', 'it''s')[] is written as JSON
-- default: app.users.k: MariaDB has no word for the default app.f(3); it is left out
-- storage: app.users.s: its storage external is left out
-- storage: app.users.s: its compression pglz is left out
-- composite: app.users.p: MariaDB has no row types; pair is written as JSON
-- domain: app.users.pos: MariaDB has no domains; it is written as what posint is made of, with its checks
-- type: app.users.emb: MariaDB has vectors from 11.7 on; for older servers it is written as JSON
-- type: app.users.created: MariaDB keeps no time zone with a datetime; store UTC
-- index: app.users.users_lower: MariaDB has no indexes over expressions; the index is left out
-- index: the index of app.users: MariaDB has no indexes over expressions; the index is left out
-- index: app.users.users_emb: MariaDB has no hnsw indexes; the index is left out
-- index-collation: app.users.coll: the collation "POSIX" of a part of the index is left out
-- no-comments: app.users.named: MariaDB keeps no comment of it; the comment is left out
-- no-covering: Weird Schema.Order "x".c "1: MariaDB has no INCLUDE; the columns are left out of it
-- no-row-security: public.orders: MariaDB has no row security; all rows are seen
-- no-row-security: public.orders.pol: MariaDB has no row security; the policy is left out
-- no-exclusions: public.orders.ex: MariaDB has no exclusion constraints; it is left out
-- no-exclusions: the exclusion of public.orders: MariaDB has no exclusion constraints; it is left out
-- verbatim: public.orders.t1: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: public.orders.t2: it is written in the words of PostgreSQL; it is left out, write it anew
-- option: public.orders: its options fillfactor = 70 are left out
-- type: public.orders.during: MariaDB has no ranges; the range is written as longtext
-- type: public.orders.vt: MariaDB has no ranges; the range is written as longtext
-- no-nulls-not-distinct: the key of public.orders (b): MariaDB takes any number of nulls in it
-- no-comments: public.orders.orders_user_id_fkey: MariaDB keeps no comment of it; the comment is left out
-- statement: the statement 'COMMENT ON COLUMN app.pair.a' of line 100: it is left out: it is for postgresql
-- statement: the statement 'COMMENT ON COLUMN v1.id' of line 106: it is left out: it is for postgresql
-- statement: the statement 'CREATE STATISTICS st (dependencies)' of line 112: it is left out: it is for postgresql
-- statement: the statement 'CREATE RULE r AS' of line 113: it is left out: it is for postgresql
-- statement: the statement 'CREATE COLLATION app.ci FROM' of line 114: it is left out: it is for postgresql
-- statement: the statement 'GRANT SELECT ON orders' of line 115: it is left out: it is for postgresql
-- no-unlogged: unl: MariaDB has no such thing; it is an ordinary table
-- no-empty-tables: empty: MariaDB has no such thing; a table without columns is only a comment
-- no-deferrable-foreign-keys: the foreign key of orders (other): MariaDB has no such thing; it cannot be deferred

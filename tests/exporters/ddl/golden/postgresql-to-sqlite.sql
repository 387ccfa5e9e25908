CREATE TABLE x1 (
    id int NOT NULL PRIMARY KEY,
    y int REFERENCES y1 (id),
    CONSTRAINT nv CHECK (y > 0),
    CONSTRAINT nvfk FOREIGN KEY (y) REFERENCES y1 (id)
);

CREATE TABLE y1 (
    id int NOT NULL PRIMARY KEY,
    x int REFERENCES x1 (id)
);

CREATE TABLE unl (
    a int
);

-- CREATE TABLE empty ();

CREATE TABLE parent (
    a int NOT NULL,
    b text
);

CREATE TABLE child (
    a int NOT NULL UNIQUE,
    b text,
    c int
);

CREATE TABLE measurement (
    city_id int NOT NULL,
    logdate date NOT NULL,
    peak int,
    PRIMARY KEY (city_id, logdate)
);
CREATE INDEX measurement_peak_idx ON measurement (peak);

CREATE TABLE hashp (
    a int,
    b text
);

CREATE TABLE forgot (
    id int
);

CREATE TABLE app_users (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "Full Name" text NOT NULL,
    email text UNIQUE,
    moods text DEFAULT '[]',
    m text DEFAULT 'ok',
    n int NOT NULL,
    k int,
    g int GENERATED ALWAYS AS (n * 2) STORED,
    v int GENERATED ALWAYS AS (n * 3) VIRTUAL,
    s text,
    p text,
    pos int NOT NULL DEFAULT 1,
    emb blob,
    created datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (n > 0),
    CHECK (n < 100),
    CHECK (n > k),
    CHECK (k > 0),
    CHECK (n <> k + 1),
    CONSTRAINT named CHECK (LENGTH(s) > 0),
    CHECK (INSTR((email), '@') > 0),
    CHECK (NOT INSTR((email), ' ') > 0),
    CHECK (m IN ('sad', 'ok', 'it''s')),
    CHECK ((pos) > 0)
);
CREATE INDEX users_lower ON app_users (LOWER("Full Name") DESC, n) WHERE n > 5;
CREATE UNIQUE INDEX app_users_expr_idx ON app_users (n + k);
CREATE INDEX brin ON app_users (created);
CREATE INDEX coll ON app_users ("Full Name");

CREATE TABLE "Weird Schema_Order ""x""" (
    "select" int,
    "a b" text,
    CONSTRAINT "c ""1" UNIQUE ("select", "a b")
);

CREATE TABLE orders (
    id integer NOT NULL CONSTRAINT orders_pkey PRIMARY KEY AUTOINCREMENT,
    user_id bigint NOT NULL,
    other bigint,
    parent int,
    a int,
    b int,
    during text,
    vt text,
    seq bigint,
    UNIQUE (a, b),
    UNIQUE (b),
    CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_users (id) ON DELETE CASCADE,
    FOREIGN KEY (other) REFERENCES app_users (id) ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (parent) REFERENCES orders (id) ON DELETE SET NULL
);

CREATE VIEW v1 AS
SELECT id, n FROM app_users AS users WHERE n > 3;

CREATE VIEW v2 (i, j) AS
SELECT * FROM v1;

CREATE VIEW mv AS
SELECT COUNT(*) AS c, user_id FROM orders GROUP BY user_id;

-- Notes
-- schema: app.users: SQLite has no schemas: it is called app_users
-- schema: Weird Schema.Order "x": SQLite has no schemas: it is called Weird Schema_Order "x"
-- verbatim: get_user: it is written in the words of PostgreSQL; it is left out, write it anew
-- check-option: v1: SQLite has no WITH CHECK OPTION; it is left out
-- no-comments: v1: SQLite keeps no comment of it; the comment is left out
-- verbatim: trg: it is written in the words of PostgreSQL; it is left out, write it anew
-- option: v2: its options security_barrier = true are left out
-- no-inheritance: child: it has the columns and checks of its parents as its own; queries of the parents do not see its rows
-- no-partitions: the partitioning of measurement: SQLite has no such partitions; the table is not partitioned
-- no-comments: measurement.measurement_peak_idx: SQLite keeps no comment of it; the comment is left out
-- no-extension: vector: SQLite has no extensions; it is left out
-- verbatim: pr: it is written in the words of PostgreSQL; it is left out, write it anew
-- type: mood2: SQLite has no types of one's own, and no column is of it; it is left out
-- no-publication: pub: SQLite has no publications; it is left out
-- no-partitions: m2020: it is no table of its own there; its rows are in the table that it divides
-- no-partitions: m2021: it is no table of its own there; its rows are in the table that it divides
-- no-materialized-views: mv: SQLite has no materialized views; it is a plain view, its 1 indexes left out
-- no-comments: mv: SQLite keeps no comment of it; the comment is left out
-- no-partitions: m2021_1: it is no table of its own there; its rows are in the table that it divides
-- verbatim: atomic_f: it is written in the words of PostgreSQL; it is left out, write it anew
-- no-partitions: mdef: it is no table of its own there; its rows are in the table that it divides
-- expression: nums: SQLite may not understand VALUES (1) UNION ALL SELECT n + 1 FROM nums WHERE n < 10; the view is left out, write it anew
-- no-partitions: the partitioning of hashp: SQLite has no such partitions; the table is not partitioned
-- verbatim: mysum: it is written in the words of PostgreSQL; it is left out, write it anew
-- no-partitions: hashp0: it is no table of its own there; its rows are in the table that it divides
-- verbatim: app.f: it is written in the words of PostgreSQL; it is left out, write it anew
-- no-sequences: app.seq: SQLite has no sequences; it is left out
-- identity-step: app.users.id: SQLite counts by one here, and not by 10
-- identity-start: app.users.id: SQLite counts from 1 here, and not from 1000
-- collation: app.users.Full Name: its collation "C" is left out; texts are compared by their bytes
-- domain: app.users.email: SQLite has no domains; it is written as what email is made of, with its checks
-- type: app.users.moods: SQLite has no arrays; enum('sad', 'ok', 'it''s')[] is written as JSON
-- default: app.users.k: SQLite has no word for the default app.f(3); it is left out
-- storage: app.users.s: its storage external is left out
-- storage: app.users.s: its compression pglz is left out
-- composite: app.users.p: SQLite has no row types; pair is written as JSON
-- domain: app.users.pos: SQLite has no domains; it is written as what posint is made of, with its checks
-- type: app.users.emb: SQLite has no vector type; it is written as blob
-- type: app.users.created: SQLite keeps no time zone with a date and time; store UTC
-- no-covering: app.users.users_lower: SQLite has no INCLUDE; the columns are left out of it
-- index: app.users.users_emb: SQLite has no hnsw indexes; the index is left out
-- index-collation: app.users.coll: the collation "POSIX" of a part of the index is left out
-- no-comments: app.users: SQLite keeps no comment of it; the comment is left out
-- no-comments: app.users.n: SQLite keeps no comment of it; the comment is left out
-- no-comments: app.users.named: SQLite keeps no comment of it; the comment is left out
-- no-comments: app.users.users_lower: SQLite keeps no comment of it; the comment is left out
-- no-covering: Weird Schema.Order "x".c "1: SQLite has no INCLUDE; the columns are left out of it
-- no-row-security: public.orders: SQLite has no row security; all rows are seen
-- no-row-security: public.orders.pol: SQLite has no row security; the policy is left out
-- no-exclusions: public.orders.ex: SQLite has no exclusion constraints; it is left out
-- no-exclusions: the exclusion of public.orders: SQLite has no exclusion constraints; it is left out
-- verbatim: public.orders.t1: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: public.orders.t2: it is written in the words of PostgreSQL; it is left out, write it anew
-- option: public.orders: its options fillfactor = 70 are left out
-- type: public.orders.during: SQLite has no ranges; the range is written as text
-- type: public.orders.vt: SQLite has no ranges; the range is written as text
-- counting: public.orders.seq: SQLite numbers rows only in the only column of a primary key; here numbers must be given
-- default: public.orders.seq: SQLite has no word for the default nextval('app.seq'); it is left out
-- no-nulls-not-distinct: the key of public.orders (b): SQLite takes any number of nulls in it
-- no-comments: public.orders.orders_pkey: SQLite keeps no comment of it; the comment is left out
-- no-comments: public.orders.orders_user_id_fkey: SQLite keeps no comment of it; the comment is left out
-- statement: the statement 'COMMENT ON COLUMN app.pair.a' of line 100: it is left out: it is for postgresql
-- statement: the statement 'COMMENT ON COLUMN v1.id' of line 106: it is left out: it is for postgresql
-- statement: the statement 'CREATE STATISTICS st (dependencies)' of line 112: it is left out: it is for postgresql
-- statement: the statement 'CREATE RULE r AS' of line 113: it is left out: it is for postgresql
-- statement: the statement 'CREATE COLLATION app.ci FROM' of line 114: it is left out: it is for postgresql
-- statement: the statement 'GRANT SELECT ON orders' of line 115: it is left out: it is for postgresql
-- no-unlogged: unl: SQLite has no such thing; it is an ordinary table
-- no-empty-tables: empty: SQLite has no such thing; a table without columns is only a comment

CREATE TABLE x1 (
    id integer NOT NULL PRIMARY KEY,
    y integer REFERENCES y1 (id),
    CONSTRAINT nv CHECK (y > 0),
    CONSTRAINT nvfk FOREIGN KEY (y) REFERENCES y1 (id)
);

CREATE TABLE y1 (
    id integer NOT NULL PRIMARY KEY,
    x integer REFERENCES x1 (id)
);

CREATE TABLE unl (
    a integer
);

-- CREATE TABLE empty ();

CREATE TABLE parent (
    a integer NOT NULL,
    b text
);

CREATE TABLE child (
    a integer NOT NULL UNIQUE,
    b text,
    c integer
);

CREATE TABLE measurement (
    city_id integer NOT NULL,
    logdate date NOT NULL,
    peak integer,
    PRIMARY KEY (city_id, logdate)
);
CREATE INDEX measurement_peak_idx ON measurement (peak);

CREATE TABLE hashp (
    a integer,
    b text
);

CREATE TABLE forgot (
    id integer
);

CREATE TABLE app_users (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "Full Name" text NOT NULL,
    email text UNIQUE,
    moods text DEFAULT '[]',
    m text DEFAULT 'ok',
    n integer CONSTRAINT n_nn NOT NULL CHECK (n > 0) CHECK (n < 100),
    k integer CHECK (k > 0),
    g integer GENERATED ALWAYS AS (n * 2) STORED,
    v integer GENERATED ALWAYS AS (n * 3) VIRTUAL,
    s text,
    p text,
    pos integer,
    emb blob,
    created datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CHECK (n > k),
    CHECK (n <> k + 1),
    CONSTRAINT named CHECK (LENGTH(s) > 0),
    CHECK (m IN ('sad', 'ok', 'it''s')),
    CHECK (pos IS NOT NULL),
    CHECK (pos > 0)
);
CREATE INDEX users_lower ON app_users (LOWER("Full Name") DESC, n) WHERE n > 5;
CREATE UNIQUE INDEX users_expr_idx ON app_users ((n + k));
CREATE INDEX brin ON app_users (created);
CREATE INDEX coll ON app_users ("Full Name");

CREATE TABLE "Weird Schema_Order ""x""" (
    "select" integer,
    "a b" text,
    CONSTRAINT "c ""1" UNIQUE ("select", "a b")
);

CREATE TABLE orders (
    id integer NOT NULL CONSTRAINT orders_pkey PRIMARY KEY AUTOINCREMENT,
    user_id integer NOT NULL,
    other integer REFERENCES app_users (id) ON UPDATE SET NULL DEFERRABLE INITIALLY DEFERRED,
    parent integer REFERENCES orders (id) ON DELETE SET NULL,
    a integer,
    b integer UNIQUE,
    during text,
    vt text,
    seq integer,
    UNIQUE (a, b),
    CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_users (id) ON DELETE CASCADE
);

CREATE VIEW v1 AS
SELECT id, n FROM app_users AS users WHERE n > 3;

CREATE VIEW v2 (i, j) AS
SELECT * FROM v1;

CREATE VIEW mv AS
SELECT COUNT(*) AS c, user_id FROM orders GROUP BY user_id;

-- Notes
-- no-comments: SQLite keeps no comments; 20 are left out
-- statement: the statement 'CREATE COLLATION app.ci FROM' of line 114 is left out: it is for postgresql
-- no-extension: vector: SQLite has no extensions; it is left out
-- type: mood2: SQLite has no types of one's own; it is left out
-- verbatim: app.f: it is written in the words of PostgreSQL; it is left out, write it anew
-- no-unlogged: unl: SQLite has no such thing; it is an ordinary table
-- no-empty-tables: empty: SQLite has no such thing; a table without columns is only a comment
-- no-inheritance: child: it is written with the columns of its parents, without the link to them
-- no-partitions: the partitioning of measurement: partitions are not translated; the table is not partitioned
-- no-partitions: m2020: a partition is no table of its own there; it is left out
-- no-partitions: m2021: a partition is no table of its own there; it is left out
-- no-partitions: m2021_1: a partition is no table of its own there; it is left out
-- no-partitions: mdef: a partition is no table of its own there; it is left out
-- no-partitions: the partitioning of hashp: partitions are not translated; the table is not partitioned
-- no-partitions: hashp0: a partition is no table of its own there; it is left out
-- expression: app.users.email: SQLite may not understand VALUE ~ '@'; it is left out, write it anew
-- expression: app.users.email: SQLite may not understand VALUE !~ ' '; it is left out, write it anew
-- index: app.users.users_emb: SQLite has no hnsw indexes; the index is left out
-- no-covering: Weird Schema.Order "x".c "1: SQLite has no such thing; the INCLUDE columns are left out
-- no-row-security: public.orders: SQLite has no row security
-- no-nulls-not-distinct: the key of public.orders (b): SQLite has no such thing; nulls count as distinct in this unique key
-- no-exclusions: public.orders.ex: SQLite has no such thing; the exclusion constraint is left out
-- no-exclusions: the exclusion of public.orders: SQLite has no such thing; the exclusion constraint is left out
-- no-materialized-views: mv: SQLite has no materialized views; it is a plain view
-- expression: nums: SQLite may not understand VALUES (1) UNION ALL SELECT n + 1 FROM nums WHERE n < 10; it is left out, write it anew
-- verbatim: get_user: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: trg: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: pr: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: atomic_f: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: mysum: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: public.orders.t1: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: public.orders.t2: it is written in the words of PostgreSQL; it is left out, write it anew
-- no-row-security: public.orders.pol: SQLite has no row security; the policy is left out
-- no-publication: pub: SQLite has no publications; it is left out
-- statement: the statement 'COMMENT ON COLUMN app.pair.a' of line 100 is left out: it is for postgresql
-- statement: the statement 'COMMENT ON COLUMN v1.id' of line 106 is left out: it is for postgresql
-- statement: the statement 'CREATE STATISTICS st (dependencies)' of line 112 is left out: it is for postgresql
-- statement: the statement 'CREATE RULE r AS' of line 113 is left out: it is for postgresql
-- statement: the statement 'GRANT SELECT ON orders' of line 115 is left out: it is for postgresql
-- collation: the collation of a column is not translated (app.users.Full Name)
-- storage: the storage of a column is not translated (app.users.s)
-- domain: a domain is written as its base type (app.users.email, app.users.pos)
-- default: SQLite has no word for the default app.f(3); it is left out (app.users.k)
-- composite: a row type is written as JSON (app.users.p)
-- type: SQLite has no vector type; it is written as blob (app.users.emb)
-- schema: SQLite has no schemas; the name of the schema is put before that of the table (app.users is app_users, Weird Schema.Order "x" is Weird Schema_Order "x")
-- type: SQLite may not know the type tsrange; it is written as text (public.orders.during, public.orders.vt)
-- default: SQLite has no word for the default nextval('app.seq'); it is left out (public.orders.seq)

CREATE TABLE x1 (
    id int NOT NULL PRIMARY KEY,
    y int,
    CONSTRAINT nv CHECK (y > 0)
);

CREATE TABLE y1 (
    id int NOT NULL PRIMARY KEY,
    x int,
    FOREIGN KEY (x) REFERENCES x1 (id)
);

CREATE TABLE unl (
    a int
);

-- CREATE TABLE empty ();

CREATE TABLE parent (
    a int NOT NULL,
    b longtext
);

CREATE TABLE child (
    a int NOT NULL UNIQUE,
    b longtext,
    c int
);

CREATE TABLE measurement (
    city_id int NOT NULL,
    logdate date NOT NULL,
    peak int,
    PRIMARY KEY (city_id, logdate),
    KEY measurement_peak_idx (peak) COMMENT 'unnamed'
);

CREATE TABLE hashp (
    a int,
    b longtext
);

CREATE TABLE forgot (
    id int
);

CREATE TABLE app_users (
    id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY,
    `Full Name` varchar(255) NOT NULL,
    email varchar(255) UNIQUE,
    moods json DEFAULT ('[]'),
    m enum('sad', 'ok', 'it''s') DEFAULT 'ok',
    n int NOT NULL COMMENT 'enn',
    k int CHECK (k > 0),
    g int GENERATED ALWAYS AS (n * 2) STORED,
    v int GENERATED ALWAYS AS (n * 3) VIRTUAL,
    s longtext,
    p json,
    pos int,
    emb json,
    created datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    CONSTRAINT named CHECK (CHAR_LENGTH(s) > 0),
    CHECK (pos IS NOT NULL),
    CHECK (pos > 0),
    KEY brin (created),
    KEY coll (`Full Name`)
) COMMENT='It''s a \\ table
with lines';

CREATE TABLE `Weird Schema_Order "x"` (
    `select` int,
    `a b` varchar(255),
    UNIQUE KEY `c "1` (`select`, `a b`)
);

CREATE TABLE orders (
    id int NOT NULL AUTO_INCREMENT,
    user_id bigint NOT NULL,
    other bigint,
    parent int,
    a int,
    b int,
    during longtext,
    vt longtext,
    seq bigint,
    PRIMARY KEY (id) COMMENT 'pk',
    UNIQUE KEY (a, b),
    UNIQUE KEY (b),
    CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES app_users (id) ON DELETE CASCADE,
    FOREIGN KEY (other) REFERENCES app_users (id) ON UPDATE SET NULL,
    FOREIGN KEY (parent) REFERENCES orders (id) ON DELETE SET NULL
);

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
-- statement: the statement 'CREATE COLLATION app.ci FROM' of line 114 is left out: it is for postgresql
-- no-extension: vector: MariaDB has no extensions; it is left out
-- type: mood2: MariaDB has no types of one's own; it is left out
-- verbatim: app.f: it is written in the words of PostgreSQL; it is left out, write it anew
-- no-unlogged: unl: MariaDB has no such thing; it is an ordinary table
-- no-empty-tables: empty: MariaDB has no such thing; a table without columns is only a comment
-- no-inheritance: child: it is written with the columns of its parents, without the link to them
-- no-partitions: the partitioning of measurement: partitions are not translated; the table is not partitioned
-- no-partitions: m2020: a partition is no table of its own there; it is left out
-- no-partitions: m2021: a partition is no table of its own there; it is left out
-- no-partitions: m2021_1: a partition is no table of its own there; it is left out
-- no-partitions: mdef: a partition is no table of its own there; it is left out
-- no-partitions: the partitioning of hashp: partitions are not translated; the table is not partitioned
-- no-partitions: hashp0: a partition is no table of its own there; it is left out
-- check: the check of app.users: MariaDB allows no check of an AUTO_INCREMENT column; it is left out
-- check: the check of app.users: MariaDB allows no check of an AUTO_INCREMENT column; it is left out
-- check: the check of app.users: MariaDB allows no check of an AUTO_INCREMENT column; it is left out
-- check: the check of app.users: MariaDB allows no check of an AUTO_INCREMENT column; it is left out
-- expression: app.users.email: MariaDB may not understand VALUE ~ '@'; it is left out, write it anew
-- expression: app.users.email: MariaDB may not understand VALUE !~ ' '; it is left out, write it anew
-- index: app.users.users_lower: MariaDB has no indexes over expressions; the index is left out
-- index: the index of app.users: MariaDB has no indexes over expressions; the index is left out
-- index: app.users.users_emb: MariaDB has no hnsw indexes; the index is left out
-- no-key: app.users.n: MariaDB numbers rows only in a column that begins a key; it does not here
-- no-covering: Weird Schema.Order "x".c "1: MariaDB has no such thing; the INCLUDE columns are left out
-- no-row-security: public.orders: MariaDB has no row security
-- no-exclusions: public.orders.ex: MariaDB has no such thing; the exclusion constraint is left out
-- no-exclusions: the exclusion of public.orders: MariaDB has no such thing; the exclusion constraint is left out
-- no-deferrable-foreign-keys: the foreign key of public.orders (other): MariaDB has no such thing; it cannot be deferred
-- no-materialized-views: mv: MariaDB has no materialized views; it is a plain view
-- expression: nums: MariaDB may not understand VALUES (1) UNION ALL SELECT n + 1 FROM nums WHERE n < 10; it is left out, write it anew
-- verbatim: get_user: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: trg: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: pr: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: atomic_f: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: mysum: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: public.orders.t1: it is written in the words of PostgreSQL; it is left out, write it anew
-- verbatim: public.orders.t2: it is written in the words of PostgreSQL; it is left out, write it anew
-- no-row-security: public.orders.pol: MariaDB has no row security; the policy is left out
-- no-publication: pub: MariaDB has no publications; it is left out
-- statement: the statement 'COMMENT ON COLUMN app.pair.a' of line 100 is left out: it is for postgresql
-- statement: the statement 'COMMENT ON COLUMN v1.id' of line 106 is left out: it is for postgresql
-- statement: the statement 'CREATE STATISTICS st (dependencies)' of line 112 is left out: it is for postgresql
-- statement: the statement 'CREATE RULE r AS' of line 113 is left out: it is for postgresql
-- statement: the statement 'GRANT SELECT ON orders' of line 115 is left out: it is for postgresql
-- collation: the collation of a column is not translated (app.users.Full Name)
-- storage: the storage of a column is not translated (app.users.s)
-- key-length: MariaDB needs a length for text in a key; it is written with 255 characters (app.users.Full Name, app.users.email, Weird Schema.Order "x".a b)
-- domain: a domain is written as its base type (app.users.email, app.users.pos)
-- default: MariaDB has no word for the default app.f(3); it is left out (app.users.k)
-- composite: a row type is written as JSON (app.users.p)
-- type: MariaDB has no vector type here; it is written as JSON (app.users.emb)
-- type: MariaDB keeps no time zone with a datetime; store UTC (app.users.created)
-- schema: MariaDB has no schemas; the name of the schema is put before that of the table (app.users is app_users, Weird Schema.Order "x" is Weird Schema_Order "x")
-- type: MariaDB may not know the type tsrange; it is written as text (public.orders.during, public.orders.vt)
-- default: MariaDB has no word for the default nextval('app.seq'); it is left out (public.orders.seq)

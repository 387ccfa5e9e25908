CREATE SCHEMA app;
CREATE SCHEMA "My Schema";
COMMENT ON SCHEMA app IS 'the app''s schema';
CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s fine');
ALTER TYPE mood ADD VALUE 'happy' AFTER 'ok';
CREATE TYPE app.addr AS (street text, zip varchar(5), "Nr" int);
CREATE DOMAIN email AS text COLLATE "C" DEFAULT 'a@b' NOT NULL CONSTRAINT has_at CHECK (VALUE ~ '@');
COMMENT ON DOMAIN email IS 'an address';
COMMENT ON CONSTRAINT has_at ON DOMAIN email IS 'needs at';
CREATE SEQUENCE app.s AS integer START WITH 10 INCREMENT BY 5 MINVALUE 5 MAXVALUE 1000 CACHE 3 CYCLE;
CREATE TABLE "My Schema"."Order Item" ("First Name" varchar(10) PRIMARY KEY, "sélect" text DEFAULT 'ñandú → é', "a""b" int);
COMMENT ON COLUMN "My Schema"."Order Item"."sélect" IS E'tab\there';
CREATE TABLE parent (
  a int, b int, c text, -- trailing
  PRIMARY KEY (a, b), UNIQUE (c) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE child (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 100 INCREMENT BY 2) PRIMARY KEY,
  a int, b int,
  self bigint REFERENCES child,
  m mood DEFAULT 'ok'::mood, e email, ad app.addr, tags text[] DEFAULT '{}'::text[] NOT NULL, grid int[][],
  price numeric(12,2) NOT NULL CHECK (price >= 0), cur char(3) DEFAULT 'EUR',
  total numeric GENERATED ALWAYS AS (price * 2) STORED,
  virt numeric GENERATED ALWAYS AS (price * 3) VIRTUAL,
  ts timestamp(3) with time zone DEFAULT CURRENT_TIMESTAMP, iv interval day to second(3), bits bit varying(8),
  r int4range, n text COLLATE "C" NOT NULL, j jsonb DEFAULT '{"a": [1, 2]}'::jsonb, u uuid DEFAULT gen_random_uuid(),
  x xml, mm money, ip inet, tsr tstzrange, dp double precision, si smallint, ch character varying(20)[],
  q text DEFAULT 'it''s; (a) -- no', seq int DEFAULT nextval('app.s'::regclass),
  CONSTRAINT fk_parent FOREIGN KEY (a, b) REFERENCES parent (a, b) MATCH FULL ON UPDATE CASCADE ON DELETE SET NULL (b) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT ck CHECK (((a > 0) AND (a < 10))) NO INHERIT,
  EXCLUDE USING gist (r WITH &&) WHERE (a > 3),
  CONSTRAINT uq UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b) WITH (fillfactor=80)
) WITH (fillfactor=70, autovacuum_enabled=false);
CREATE SEQUENCE own_s;
ALTER SEQUENCE own_s OWNED BY child.seq;
COMMENT ON TABLE child IS 'line1
line2 ''q''';
COMMENT ON CONSTRAINT ck ON child IS 'c';
COMMENT ON CONSTRAINT child_pkey ON child IS 'pk';
CREATE INDEX i1 ON child (lower(n) DESC NULLS LAST, (a + b)) INCLUDE (price) WHERE m IS NOT NULL;
CREATE INDEX i2 ON child USING gin (j jsonb_path_ops);
CREATE UNIQUE INDEX i3 ON child USING btree (n COLLATE "POSIX" text_pattern_ops, id ASC NULLS FIRST) NULLS NOT DISTINCT WITH (fillfactor=60);
CREATE INDEX ON child USING brin (ts) WITH (pages_per_range=32);
CREATE INDEX ON child (coalesce(n, 'x'));
CREATE INDEX i6 ON child USING hash (u);
COMMENT ON INDEX i1 IS 'idx';
CREATE TABLE c1 (id int PRIMARY KEY, d int);
CREATE TABLE c2 (id int PRIMARY KEY, c1_id int REFERENCES c1 (id) ON DELETE CASCADE);
ALTER TABLE c1 ADD CONSTRAINT c1_d_fkey FOREIGN KEY (d) REFERENCES c2 (id) NOT VALID;
ALTER TABLE c1 ADD CONSTRAINT pos CHECK (d > 0) NOT VALID;
ALTER TABLE c2 ADD CONSTRAINT ne CHECK (c1_id > 0) NOT ENFORCED;
CREATE UNIQUE INDEX ui ON c2 (c1_id);
ALTER TABLE c2 ADD CONSTRAINT c2_u UNIQUE USING INDEX ui;
CREATE UNLOGGED TABLE ul (x text STORAGE EXTERNAL COMPRESSION pglz);
ALTER TABLE ul ALTER COLUMN x SET STATISTICS 300;
CREATE TABLE base (k int NOT NULL, v text DEFAULT 'v');
CREATE TABLE derived (extra int) INHERITS (base);
CREATE TABLE lk (LIKE child INCLUDING ALL, extra int);
CREATE TABLE ev (id bigint, at timestamptz NOT NULL, kind text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE ev_1 PARTITION OF ev FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE TABLE ev_2 (id bigint NOT NULL, at timestamptz NOT NULL, kind text, CONSTRAINT ev_2_pkey PRIMARY KEY (id, at));
ALTER TABLE ev ATTACH PARTITION ev_2 FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
CREATE TABLE ev_d PARTITION OF ev DEFAULT;
CREATE TABLE lst (k text, v int) PARTITION BY LIST (k);
CREATE TABLE lst_1 PARTITION OF lst (CONSTRAINT vpos CHECK (v > 0)) FOR VALUES IN ('a', 'b', NULL) PARTITION BY RANGE (v);
CREATE TABLE lst_1a PARTITION OF lst_1 FOR VALUES FROM (MINVALUE) TO (10) WITH (fillfactor=50);
CREATE INDEX ev_kind ON ev (kind);
CREATE TABLE h (a int, b text) PARTITION BY HASH (lower(b) text_ops, a);
CREATE TABLE h0 PARTITION OF h FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE VIEW v1 (p, q) WITH (security_barrier=true) AS SELECT c.id, c.n FROM child c WHERE c.price > 3 WITH LOCAL CHECK OPTION;
CREATE VIEW v1b AS SELECT c.id, p.c, c.n AS "N" FROM child c JOIN parent p USING (a, b);
CREATE VIEW v2 AS WITH x AS (SELECT a FROM parent) SELECT * FROM x ORDER BY 1;
CREATE RECURSIVE VIEW nums (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM nums WHERE n < 10;
CREATE MATERIALIZED VIEW mv AS SELECT id, price FROM child WITH NO DATA;
CREATE UNIQUE INDEX mvi ON mv (id);
COMMENT ON VIEW v2 IS 'vv';
COMMENT ON MATERIALIZED VIEW mv IS 'mvv';
COMMENT ON COLUMN v2.a IS 'col of view';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.n := 'x;'; RETURN NEW; END; $$;
CREATE FUNCTION add(a integer, b int DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE RETURN a + b;
CREATE FUNCTION atom(x int) RETURNS void LANGUAGE sql BEGIN ATOMIC INSERT INTO c1 VALUES (x, CASE WHEN x > 1 THEN 2 ELSE 3 END); DELETE FROM c1 WHERE id = x; END;
CREATE PROCEDURE pr(INOUT x text) LANGUAGE plpgsql AS $body$ BEGIN x := 'a'; END $body$;
CREATE AGGREGATE mysum(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0');
COMMENT ON FUNCTION add(int, integer) IS 'adds';
COMMENT ON PROCEDURE pr(text) IS 'p';
COMMENT ON AGGREGATE mysum(integer) IS 'agg';
CREATE TRIGGER tr BEFORE UPDATE OF n, price ON child FOR EACH ROW WHEN (OLD.n IS DISTINCT FROM NEW.n) EXECUTE FUNCTION touch();
ALTER TABLE child DISABLE TRIGGER tr;
COMMENT ON TRIGGER tr ON child IS 'trg';
ALTER TABLE child ENABLE ROW LEVEL SECURITY;
ALTER TABLE child FORCE ROW LEVEL SECURITY;
CREATE POLICY pol ON child AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (n = CURRENT_USER) WITH CHECK (price > 0);
COMMENT ON POLICY pol ON child IS 'po';
CREATE PUBLICATION pub FOR TABLE c1, child WHERE (price > 1);
CREATE RULE nodel AS ON DELETE TO ul DO INSTEAD (SELECT 1; SELECT 2);
CREATE STATISTICS st (dependencies) ON a, b FROM parent;
ALTER TABLE parent REPLICA IDENTITY FULL;
CREATE TABLE t_ren (old_name int CHECK (old_name > 0), gone int);
CREATE INDEX ri ON t_ren (old_name) WHERE old_name < 100;
ALTER TABLE t_ren RENAME COLUMN old_name TO new_name;
ALTER TABLE t_ren RENAME TO renamed;
ALTER TABLE renamed DROP COLUMN gone, ADD COLUMN IF NOT EXISTS fresh varchar(8) NOT NULL DEFAULT 'x';
ALTER TABLE renamed ALTER COLUMN fresh TYPE varchar(16), ALTER COLUMN fresh DROP NOT NULL;
ALTER TABLE renamed SET SCHEMA app;
CREATE TABLE nn (a int CONSTRAINT a_nn NOT NULL, b text);
ALTER TABLE nn ALTER COLUMN b SET NOT NULL;
ALTER TABLE nn ALTER a ADD GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME nn_seq START WITH 7);
CREATE TABLE tmp_drop (a int);
DROP TABLE IF EXISTS tmp_drop, nothere CASCADE;
CREATE TYPE fr AS RANGE (subtype = float8);
CREATE TABLE ranged (f fr);
CREATE TABLE wo (id int4range, during daterange, CONSTRAINT wo_pk PRIMARY KEY (during) );
CREATE TABLE cs (a int UNIQUE, b int UNIQUE, a2 int REFERENCES cs (a), CONSTRAINT "quoted "" name" CHECK (a <> b), s serial, bs bigserial PRIMARY KEY);
GRANT SELECT, INSERT (a, b) ON cs TO PUBLIC;
CREATE TABLE "Ünïcode" ("größe" int DEFAULT 1 CHECK ("größe" > 0), "naïve" text GENERATED ALWAYS AS (('é' || "größe"::text)) STORED);
CREATE INDEX "ix é" ON "Ünïcode" (lower("naïve"), "größe" DESC) WHERE "größe" > 1;

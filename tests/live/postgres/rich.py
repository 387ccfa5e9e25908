"""A database that has everything that a PostgreSQL schema can be made of, by the version that first knew it."""

from __future__ import annotations

ROLES = ("rich_owner", "rich_reader", "Rich Writer")
"""Roles are of the whole server: the script takes them as given."""

BASE = r"""
CREATE SCHEMA "My Schema";
COMMENT ON SCHEMA "My Schema" IS 'It''s \ "mine"';
CREATE SCHEMA other;
CREATE COLLATION other.german (provider = libc, locale = 'C');
COMMENT ON COLLATION other.german IS 'sorted by bytes';

CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'happy');
ALTER TYPE mood ADD VALUE 'glad' AFTER 'sad';
COMMENT ON TYPE mood IS 'of people';
CREATE TYPE nothing AS ENUM ();
CREATE DOMAIN positive AS integer CONSTRAINT above_zero CHECK (VALUE > 0);
CREATE DOMAIN "Small One" AS positive DEFAULT 1 NOT NULL CONSTRAINT below CHECK (VALUE < 100);
COMMENT ON CONSTRAINT below ON DOMAIN "Small One" IS 'a hundred is too much';
CREATE DOMAIN other.words AS text COLLATE other.german;
CREATE DOMAIN loose AS text;
ALTER DOMAIN loose ADD CONSTRAINT not_long CHECK (length(VALUE) < 10) NOT VALID;
CREATE TYPE place AS (x double precision, "Y y" numeric(6,2), label text COLLATE "C", feel mood[]);
COMMENT ON COLUMN place."Y y" IS 'upwards';
CREATE TYPE other.empty AS ();
CREATE TYPE floats AS RANGE (subtype = double precision, subtype_diff = float8mi);
CREATE TYPE texts AS RANGE (subtype = text, collation = "C");
CREATE TYPE later;

CREATE TYPE box2;
CREATE FUNCTION box2_in(cstring) RETURNS box2 LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION box2_out(box2) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE box2 (INPUT = box2_in, OUTPUT = box2_out, STORAGE = extended, CATEGORY = 'S', DEFAULT = 'none', COLLATABLE = true);

CREATE FUNCTION add_up(a integer, b integer DEFAULT 2, VARIADIC rest integer[] DEFAULT '{}') RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'SELECT $1 + $2';
CREATE FUNCTION add_up(a text) RETURNS SETOF text LANGUAGE plpgsql STABLE ROWS 7 SECURITY DEFINER
    SET search_path = pg_catalog, "$user", '' SET work_mem = '8MB' AS $x$ BEGIN RETURN NEXT a || '$$ \'; END $x$;
COMMENT ON FUNCTION add_up(text) IS 'overloaded';
CREATE FUNCTION two(OUT a integer, OUT "B b" text) LANGUAGE sql AS $$ SELECT 1, 'x' $$;
CREATE FUNCTION listed(n integer) RETURNS TABLE (i integer, t text) LANGUAGE sql AS $$ SELECT n, 'y'::text $$;
CREATE PROCEDURE "do it"(INOUT a integer) LANGUAGE plpgsql AS $$ BEGIN a := a + 1; END $$;
CREATE FUNCTION row_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION row_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;
CREATE FUNCTION ddl_happened() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
CREATE AGGREGATE total(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0', COMBINEFUNC = int4pl, PARALLEL = safe);
CREATE AGGREGATE moving(integer) (SFUNC = int4pl, STYPE = integer, MSFUNC = int4pl, MINVFUNC = int4mi, MSTYPE = integer, MINITCOND = '0');
CREATE AGGREGATE anything(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
CREATE AGGREGATE least_of(integer ORDER BY integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE smallest(integer) (SFUNC = int4smaller, STYPE = integer, SORTOP = <);
COMMENT ON AGGREGATE anything(*) IS 'how many';

CREATE FUNCTION mood_rank(mood, mood) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1::text < $2::text $$;
CREATE FUNCTION mood_cmp(mood, mood) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT bttextcmp($1::text, $2::text) $$;
CREATE FUNCTION mood_number(mood) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT length($1::text) $$;
CREATE OPERATOR <<< (FUNCTION = mood_rank, LEFTARG = mood, RIGHTARG = mood, COMMUTATOR = >>>);
CREATE OPERATOR >>> (FUNCTION = mood_rank, LEFTARG = mood, RIGHTARG = mood, COMMUTATOR = <<<, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
CREATE OPERATOR other.!! (FUNCTION = mood_number, RIGHTARG = mood);
COMMENT ON OPERATOR <<< (mood, mood) IS 'sadder';
COMMENT ON OPERATOR other.!! (NONE, mood) IS 'how long';
CREATE OPERATOR FAMILY mood_family USING btree;
CREATE OPERATOR <<= (FUNCTION = mood_rank, LEFTARG = mood, RIGHTARG = mood);
CREATE OPERATOR === (FUNCTION = mood_rank, LEFTARG = mood, RIGHTARG = mood, MERGES, HASHES);
CREATE OPERATOR >>= (FUNCTION = mood_rank, LEFTARG = mood, RIGHTARG = mood);
CREATE OPERATOR CLASS mood_ops FOR TYPE mood USING btree FAMILY mood_family
    AS OPERATOR 1 <<<, OPERATOR 2 <<=, OPERATOR 3 ===, OPERATOR 4 >>=, OPERATOR 5 >>>, FUNCTION 1 mood_cmp(mood, mood);
CREATE FUNCTION mood_text(mood, text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 0 $$;
ALTER OPERATOR FAMILY mood_family USING btree ADD FUNCTION 1 (mood, text) mood_text(mood, text);
CREATE CAST (mood AS integer) WITH FUNCTION mood_number(mood) AS ASSIGNMENT;
CREATE CAST (place AS text) WITH INOUT;
COMMENT ON CAST (mood AS integer) IS 'letters';
CREATE DEFAULT CONVERSION other.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;

CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple, stopwords = english, accept = false);
CREATE TEXT SEARCH CONFIGURATION other.search (COPY = english);
ALTER TEXT SEARCH CONFIGURATION other.search ALTER MAPPING FOR asciiword, word WITH plain, english_stem;
COMMENT ON TEXT SEARCH CONFIGURATION other.search IS 'for searching';
CREATE FOREIGN DATA WRAPPER files OPTIONS (debug 'true');
CREATE SERVER far TYPE 'x' VERSION '1.0' FOREIGN DATA WRAPPER files OPTIONS (host 'far.example', dbname 'it''s');
CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (user 'somebody', password 'topsecret');
CREATE FOREIGN TABLE away (id integer OPTIONS (column_name 'Id') NOT NULL, t text DEFAULT 'x', CONSTRAINT small CHECK (id < 5)) SERVER far OPTIONS (table_name 'T');
COMMENT ON FOREIGN TABLE away IS 'elsewhere';

CREATE SEQUENCE "Free Seq" AS smallint START 5 INCREMENT -2 MINVALUE -100 MAXVALUE 50 CACHE 7 CYCLE;
COMMENT ON SEQUENCE "Free Seq" IS 'goes down';
CREATE TABLE people (
    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 1000 INCREMENT BY 10 CACHE 3) PRIMARY KEY,
    email text COLLATE "C" NOT NULL, age positive, feel mood DEFAULT 'it''s ok', loves mood[] DEFAULT '{sad}',
    at place, said "Small One", span floats, during tstzrange, amount numeric(12,3) DEFAULT 0.5, note varchar(40),
    big text, bytes bytea DEFAULT '\x00ff', since timestamptz DEFAULT now(), wait interval DEFAULT '1 day 02:03:04',
    doc jsonb DEFAULT '{}', full_name text GENERATED ALWAYS AS (lower(email)) STORED,
    CONSTRAINT email_form CHECK (email ~ '^[^@]+@\w+$') NO INHERIT,
    CONSTRAINT ages CHECK (age < 150 AND note IN ('a', 'b')),
    CONSTRAINT "Only One" UNIQUE (email, age) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT not_together EXCLUDE USING gist (during WITH &&) WHERE (during IS NOT NULL) DEFERRABLE
) WITH (fillfactor = 70, autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 99);
ALTER TABLE people ALTER big SET STORAGE EXTERNAL, ALTER big SET STATISTICS 333, ALTER age SET (n_distinct = -0.5);
ALTER TABLE people ADD CONSTRAINT later CHECK (amount > 0) NOT VALID;
COMMENT ON TABLE people IS E'two\nlines';
COMMENT ON COLUMN people.email IS 'where';
COMMENT ON CONSTRAINT ages ON people IS 'so old';
COMMENT ON CONSTRAINT "Only One" ON people IS 'one';
CREATE INDEX people_mail ON people USING btree (lower(email) text_pattern_ops DESC NULLS LAST, age) INCLUDE (note) WITH (fillfactor = 60) WHERE age > 3;
CREATE UNIQUE INDEX people_once ON people (email) WHERE feel IS NULL;
CREATE INDEX people_doc ON people USING gin (doc jsonb_path_ops) WITH (fastupdate = off);
CREATE INDEX people_hash ON people USING hash (note);
CREATE INDEX people_brin ON people USING brin (since) WITH (pages_per_range = 16);
CREATE INDEX people_spgist ON people USING spgist (big);
CREATE INDEX people_mood ON people (feel mood_ops);
CREATE INDEX people_collated ON people (email COLLATE "POSIX");
CREATE INDEX people_sum ON people ((age + 1));
ALTER INDEX people_sum ALTER COLUMN 1 SET STATISTICS 77;
ALTER TABLE people CLUSTER ON people_collated;
COMMENT ON INDEX people_doc IS 'paths';
CREATE UNLOGGED TABLE other.cache (k text PRIMARY KEY, v text);
CREATE TABLE serials (a serial, b smallserial, c bigserial NOT NULL, d bigint DEFAULT nextval('"Free Seq"'), id integer GENERATED BY DEFAULT AS IDENTITY);
ALTER TABLE serials ADD PRIMARY KEY (a, c) INCLUDE (b) WITH (fillfactor = 50);
ALTER TABLE serials REPLICA IDENTITY FULL;
ALTER SEQUENCE serials_b_seq MAXVALUE 999;
CREATE TABLE no_columns ();
CREATE TABLE typed OF place (x WITH OPTIONS DEFAULT 3 NOT NULL, PRIMARY KEY (x));

CREATE TABLE serials_pair (a text, b integer, UNIQUE (a, b));
CREATE TABLE orders (
    id integer PRIMARY KEY, person bigint REFERENCES people ON DELETE SET NULL ON UPDATE CASCADE,
    parent integer CONSTRAINT itself REFERENCES orders DEFERRABLE INITIALLY DEFERRED, email text, age integer, first integer
);
ALTER TABLE orders ADD CONSTRAINT pair FOREIGN KEY (email, age) REFERENCES serials_pair (a, b) MATCH FULL ON DELETE RESTRICT NOT VALID;
CREATE TABLE chicken (id integer PRIMARY KEY, egg integer);
CREATE TABLE egg (id integer PRIMARY KEY, chicken integer REFERENCES chicken);
ALTER TABLE chicken ADD FOREIGN KEY (egg) REFERENCES egg;
ALTER TABLE orders REPLICA IDENTITY USING INDEX orders_pkey;

CREATE TABLE animal (id integer DEFAULT 1 NOT NULL, name text DEFAULT 'x', CONSTRAINT named CHECK (name <> ''));
CREATE TABLE legs (legs integer, id integer);
CREATE TABLE dog (id integer DEFAULT 2, bark text, CONSTRAINT loud CHECK (bark <> '')) INHERITS (animal);
ALTER TABLE dog ALTER name SET DEFAULT 'rex', ALTER name SET NOT NULL, ALTER name SET STATISTICS 5;
CREATE TABLE cat () INHERITS (animal, legs);
ALTER TABLE cat ALTER name DROP DEFAULT;

CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text, CONSTRAINT counted CHECK (id > 0)) PARTITION BY RANGE (at, lower(kind) COLLATE "C");
CREATE TABLE events_2020 PARTITION OF events FOR VALUES FROM ('2020-01-01', MINVALUE) TO ('2021-01-01', 'x''y') PARTITION BY LIST (kind);
CREATE TABLE events_2020_a PARTITION OF events_2020 FOR VALUES IN ('a', NULL) WITH (fillfactor = 80);
CREATE TABLE events_2020_rest PARTITION OF events_2020 DEFAULT;
CREATE TABLE events_rest (kind text, extra_gone text, id bigint NOT NULL, at date NOT NULL, CONSTRAINT counted CHECK (id > 0), CONSTRAINT own CHECK (kind <> 'z'));
ALTER TABLE events_rest DROP COLUMN extra_gone;
ALTER TABLE events ATTACH PARTITION events_rest DEFAULT;
ALTER TABLE events_2020_a ALTER kind SET DEFAULT 'a';
CREATE INDEX events_kind ON events (kind);
CREATE UNIQUE INDEX events_own ON events_2020_a (id);
CREATE TABLE hashed (id integer PRIMARY KEY, v text) PARTITION BY HASH (id);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE "other"."Hashed 1" PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE of_hashed (h integer REFERENCES hashed);
CREATE TABLE split_fk (id integer REFERENCES chicken, p integer) PARTITION BY LIST (p);
CREATE TABLE split_fk_1 PARTITION OF split_fk FOR VALUES IN (1);

CREATE VIEW adults WITH (security_barrier = true) AS SELECT id, email, age FROM people WHERE age > 17 WITH LOCAL CHECK OPTION;
CREATE VIEW older AS SELECT * FROM adults WHERE age > 60 WITH CASCADED CHECK OPTION;
COMMENT ON VIEW adults IS 'grown up';
COMMENT ON COLUMN adults.age IS 'in years';
ALTER VIEW adults ALTER age SET DEFAULT 18;
CREATE RECURSIVE VIEW counting (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM counting WHERE n < 5;
CREATE VIEW by_key AS SELECT p.id, p.email, count(*) AS n FROM people p JOIN orders o ON o.person = p.id GROUP BY p.id;
CREATE MATERIALIZED VIEW "Sums" WITH (fillfactor = 90) AS SELECT feel, count(*) AS n FROM people GROUP BY feel;
CREATE UNIQUE INDEX sums_feel ON "Sums" (feel);
CREATE MATERIALIZED VIEW not_yet AS SELECT n + 1 AS m FROM "Sums" WITH NO DATA;
ALTER MATERIALIZED VIEW "Sums" CLUSTER ON sums_feel;
COMMENT ON MATERIALIZED VIEW "Sums" IS 'kept';
CREATE FUNCTION of_view(older) RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$;
CREATE VIEW with_function AS SELECT of_view(o) FROM older o;
CREATE FUNCTION people_of(m mood) RETURNS SETOF people LANGUAGE sql STABLE AS $$ SELECT * FROM people WHERE feel = m $$;
CREATE FUNCTION next_number() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT max(id) FROM circles); END $$;
CREATE TABLE circles (id integer DEFAULT next_number());
CREATE FUNCTION of_circle(circles) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT $1.id $$;
ALTER TABLE circles ADD COLUMN twice integer, ADD CONSTRAINT round CHECK (of_circle(circles.*) IS NOT NULL);

CREATE TRIGGER changed BEFORE INSERT OR UPDATE OF email, age ON people FOR EACH ROW WHEN (NEW.age > 3) EXECUTE FUNCTION row_changed('a', 'it''s');
CREATE TRIGGER "Gone" AFTER DELETE ON people REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION row_gone();
CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION row_changed();
CREATE TRIGGER instead INSTEAD OF INSERT ON adults FOR EACH ROW EXECUTE FUNCTION row_changed();
CREATE TRIGGER a_off BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION row_changed();
CREATE TRIGGER b_always BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION row_changed();
CREATE TRIGGER c_replica BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION row_changed();
ALTER TABLE orders DISABLE TRIGGER a_off, ENABLE ALWAYS TRIGGER b_always, ENABLE REPLICA TRIGGER c_replica;
CREATE TRIGGER parted AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION row_changed();
ALTER TABLE events_rest DISABLE TRIGGER parted;
COMMENT ON TRIGGER changed ON people IS 'looks';
CREATE RULE "No Delete" AS ON DELETE TO serials DO INSTEAD NOTHING;
CREATE RULE two_things AS ON INSERT TO older DO INSTEAD (UPDATE serials SET d = 1; DELETE FROM orders WHERE id = NEW.id);
ALTER TABLE serials DISABLE RULE "No Delete";
COMMENT ON RULE "No Delete" ON serials IS 'stays';
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
ALTER TABLE people FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON people FOR SELECT TO rich_reader, "Rich Writer" USING (age > 3);
CREATE POLICY "Not Old" ON people AS RESTRICTIVE USING (age < 99) WITH CHECK (email = CURRENT_USER);
COMMENT ON POLICY seen ON people IS 'by some';
CREATE EVENT TRIGGER rich_watch ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION ddl_happened();
ALTER EVENT TRIGGER rich_watch DISABLE;
COMMENT ON EVENT TRIGGER rich_watch IS 'asleep';
CREATE STATISTICS other.together (dependencies, ndistinct) ON email, age FROM people;
COMMENT ON STATISTICS other.together IS 'go together';
CREATE PUBLICATION sent FOR TABLE people, ONLY orders WITH (publish = 'insert, update');
CREATE PUBLICATION "All" FOR ALL TABLES;
COMMENT ON PUBLICATION sent IS 'out';

GRANT SELECT, INSERT ON people TO rich_reader;
GRANT SELECT ON people TO PUBLIC;
GRANT ALL ON orders TO "Rich Writer" WITH GRANT OPTION;
CREATE TABLE in_part (id integer, email text);
GRANT SELECT (id, email), UPDATE (email) ON in_part TO rich_reader;
GRANT USAGE ON SCHEMA other TO rich_reader;
GRANT USAGE, SELECT ON SEQUENCE "Free Seq" TO rich_reader;
REVOKE ALL ON FUNCTION add_up(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION add_up(text) TO rich_reader;
GRANT EXECUTE ON PROCEDURE "do it"(integer) TO rich_reader;
REVOKE USAGE ON TYPE mood FROM PUBLIC;
GRANT USAGE ON FOREIGN SERVER far TO rich_reader;
GRANT SELECT ON adults, "Sums" TO rich_reader;
"""

SINCE: dict[int, str] = {
    13: r"""
ALTER PUBLICATION sent SET (publish_via_partition_root = true);
ALTER STATISTICS other.together SET STATISTICS 50;
CREATE INDEX people_nodup ON people (amount) WITH (deduplicate_items = off);
""",
    14: r"""
ALTER TABLE people ALTER doc SET COMPRESSION pglz;
CREATE FUNCTION atomic(a integer, b text DEFAULT 'x') RETURNS integer LANGUAGE sql
    BEGIN ATOMIC SELECT CASE WHEN a > 1 THEN a ELSE (SELECT max(age) FROM people) END; SELECT a; END;
CREATE FUNCTION plain_return(a integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN a + 1;
CREATE TABLE atomic_user (id integer DEFAULT plain_return(1));
CREATE TYPE spans AS RANGE (subtype = integer, multirange_type_name = many_spans);
CREATE TABLE of_spans (m many_spans);
CREATE STATISTICS expressions ON (age + 1), lower(email) FROM people;
CREATE INDEX people_trgm ON people USING gist (during) WITH (buffering = off);
""",
    15: r"""
CREATE UNIQUE INDEX people_nulls ON people (amount, note) NULLS NOT DISTINCT;
ALTER TABLE orders ADD CONSTRAINT firsts UNIQUE NULLS NOT DISTINCT (first);
ALTER TABLE orders ADD CONSTRAINT some_only FOREIGN KEY (email, first) REFERENCES serials_pair (a, b) ON DELETE SET NULL (first);
CREATE VIEW invoked WITH (security_invoker = true) AS SELECT 1 AS one;
CREATE PUBLICATION picked FOR TABLE people (id, email) WHERE (id > 5 AND email <> ''), orders;
CREATE PUBLICATION homes FOR TABLES IN SCHEMA other, "My Schema";
CREATE UNLOGGED SEQUENCE fast;
""",
    16: r"""
ALTER TABLE serials ALTER d SET STORAGE DEFAULT;
""",
    17: r"""
CREATE COLLATION codepoints (provider = builtin, locale = 'C.UTF-8');
GRANT MAINTAIN ON people TO rich_reader;
CREATE TABLE parted_identity (id integer GENERATED ALWAYS AS IDENTITY, p integer) PARTITION BY LIST (p);
CREATE TABLE parted_identity_1 PARTITION OF parted_identity FOR VALUES IN (1);
CREATE TABLE excluded (p integer, r int4range, EXCLUDE USING gist (r WITH &&));
""",
    18: r"""
CREATE TABLE newest (id integer CONSTRAINT "Must Be" NOT NULL, v integer GENERATED ALWAYS AS (id * 2) VIRTUAL,
    at daterange NOT NULL, r int4range, CONSTRAINT gt CHECK (id > 0) NOT ENFORCED, PRIMARY KEY (r, at WITHOUT OVERLAPS));
ALTER TABLE newest ADD v2 integer;
ALTER TABLE newest ADD CONSTRAINT nearly NOT NULL v2 NOT VALID;
CREATE TABLE newest_child (id integer, at daterange, r int4range, FOREIGN KEY (r, PERIOD at) REFERENCES newest (r, PERIOD at),
    CONSTRAINT unforced FOREIGN KEY (id) REFERENCES chicken NOT ENFORCED);
CREATE TABLE not_inherited (a integer NOT NULL NO INHERIT);
COMMENT ON CONSTRAINT "Must Be" ON newest IS 'there';
CREATE PUBLICATION computed FOR TABLE people WITH (publish_generated_columns = stored);
""",
}


LAST = """
ALTER DEFAULT PRIVILEGES IN SCHEMA other GRANT SELECT ON TABLES TO rich_reader;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
"""
"""What changes the privileges of everything that is made later."""


def rich(major: int) -> str:
    """Return the script for a server of this major version."""
    return BASE + "".join(text for since, text in SINCE.items() if since <= major) + LAST

-- What PostgreSQL answers about types, views, routines, triggers, rights and the rest of a database.

-- case: enum
CREATE TYPE "Enum ""e""" AS ENUM ('a', 'it''s', 'B c', '', 'ünï');
CREATE TABLE enum_t (a "Enum ""e""" DEFAULT 'it''s', b "Enum ""e"""[], CHECK (a <> 'B c'));
COMMENT ON TYPE "Enum ""e""" IS 'an enum';

-- case: enum_order
CREATE TYPE enum_order_e AS ENUM ('b', 'd');
ALTER TYPE enum_order_e ADD VALUE 'a' BEFORE 'b'; ALTER TYPE enum_order_e ADD VALUE 'c' AFTER 'b';
ALTER TYPE enum_order_e ADD VALUE IF NOT EXISTS 'c'; ALTER TYPE enum_order_e ADD VALUE 'e';
ALTER TYPE enum_order_e RENAME VALUE 'd' TO 'D';

-- case: domain
CREATE DOMAIN domain_d AS varchar(20) COLLATE "C" DEFAULT 'x' NOT NULL;
CREATE DOMAIN "Domain ""d""" int; CREATE TABLE domain_t (a domain_d, b "Domain ""d""" DEFAULT 3, c domain_d[]);
COMMENT ON DOMAIN domain_d IS 'a domain';

-- case: domain_checks
CREATE FUNCTION domain_checks_f(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1 <> ''''';
CREATE DOMAIN domain_checks_d AS text CONSTRAINT "d ""c""" CHECK (VALUE ~ '^\w+$') CHECK (length(VALUE) < 9)
    CONSTRAINT by_function CHECK (domain_checks_f(VALUE));
ALTER DOMAIN domain_checks_d ADD CONSTRAINT late CHECK (VALUE <> 'no') NOT VALID;
COMMENT ON CONSTRAINT "d ""c""" ON DOMAIN domain_checks_d IS 'it''s a check';

-- case: domain_of_domain
CREATE DOMAIN dod_z AS int CHECK (VALUE > 0); CREATE DOMAIN dod_a AS dod_z CHECK (VALUE < 100) DEFAULT 5;
CREATE DOMAIN dod_array AS dod_a[]; CREATE TABLE dod_t (a dod_a, b dod_array);

-- case: composite_type
CREATE TYPE composite_z AS (x int, "the y" varchar(5) COLLATE "C");
CREATE TYPE composite_a AS (z composite_z, many composite_z[]); CREATE TABLE composite_t (a composite_a);
CREATE TYPE composite_empty AS ();
COMMENT ON TYPE composite_z IS 'rows'; COMMENT ON COLUMN composite_z."the y" IS 'a field';

-- case: range_type
CREATE TYPE range_type_r AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE TYPE "Range ""r""" AS RANGE (subtype = text, collation = "C", multirange_type_name = many_ranges);
CREATE TABLE range_type_t (a range_type_r DEFAULT '[1,2)', b "Range ""r"""[], c many_ranges);
CREATE FUNCTION range_type_f(range_type_r) RETURNS float8 LANGUAGE sql AS 'SELECT lower($1)';
COMMENT ON TYPE range_type_r IS 'a range';

-- case: base_cast
CREATE TYPE base_cast_c AS (n int);
CREATE FUNCTION base_cast_f(base_cast_c) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1.n';
CREATE CAST (base_cast_c AS int) WITH FUNCTION base_cast_f(base_cast_c) AS ASSIGNMENT;
CREATE CAST (base_cast_c AS text) WITH INOUT AS IMPLICIT; COMMENT ON CAST (base_cast_c AS int) IS 'a cast';
CREATE TABLE base_cast_t (a base_cast_c, b int GENERATED ALWAYS AS (a::int) STORED);

-- case: collation_object
CREATE COLLATION "Collation ""c""" (provider = builtin, locale = 'C.UTF-8');
CREATE COLLATION collation_libc (provider = libc, lc_collate = 'C', lc_ctype = 'POSIX');
COMMENT ON COLLATION collation_libc IS 'it''s a collation';
CREATE COLLATION collation_like FROM "C"; CREATE TABLE collation_t (a text COLLATE "Collation ""c""");
CREATE INDEX collation_i ON collation_t (a COLLATE collation_like);
CREATE DOMAIN collation_d AS text COLLATE collation_like;

-- case: sequence
CREATE SEQUENCE sequence_s; CREATE SEQUENCE "Sequence ""s"""; COMMENT ON SEQUENCE sequence_s IS 'counts';
CREATE TABLE sequence_t (a int DEFAULT nextval('"Sequence ""s"""'), b bigint DEFAULT nextval('sequence_s') * 2);
CREATE UNLOGGED SEQUENCE sequence_u;

-- case: sequence_options
CREATE SEQUENCE sequence_options_s AS smallint INCREMENT BY -2 MINVALUE -100 MAXVALUE 50 START WITH 40 CACHE 10;
CREATE SEQUENCE sequence_options_n NO MINVALUE NO MAXVALUE; ALTER SEQUENCE sequence_options_n MAXVALUE 1000;

-- case: sequence_cycle
CREATE SEQUENCE sequence_cycle_s MAXVALUE 3 CYCLE;

-- case: view
CREATE TABLE view_t (a int PRIMARY KEY, "B" text, c date);
CREATE VIEW view_v AS SELECT v.*, count(*) OVER () AS n FROM view_t v WHERE v."B" LIKE '%;--%' ORDER BY a;
CREATE VIEW "View ""v""" AS SELECT a, "B" FROM view_t GROUP BY a -- a comment; and more
; COMMENT ON VIEW view_v IS 'it''s a view'; COMMENT ON COLUMN view_v."B" IS 'of a view';

-- case: view_columns
CREATE VIEW view_columns_v (x, "Y y", "select") AS SELECT 1, 'a'::text, now();

-- case: view_options
CREATE VIEW view_options_v WITH (security_barrier, security_invoker = true) AS SELECT 1 AS a;
CREATE VIEW view_options_w AS SELECT 1 AS a; ALTER VIEW view_options_w SET (security_barrier = true);

-- case: view_check_option
CREATE TABLE vco_t (a int); CREATE VIEW vco_v AS SELECT a FROM vco_t WHERE a > 0 WITH CHECK OPTION;
CREATE VIEW vco_w AS SELECT a FROM vco_v WHERE a < 9 WITH LOCAL CHECK OPTION;

-- case: view_of_view
CREATE VIEW z_vov AS SELECT 1 AS a, 'x'::text AS b;
CREATE FUNCTION y_vov(z_vov) RETURNS int LANGUAGE sql AS 'SELECT $1.a';
CREATE VIEW a_vov AS SELECT y_vov(z.*) AS f, z.b FROM z_vov z; CREATE VIEW m_vov AS SELECT f FROM a_vov;

-- case: view_column_default
CREATE VIEW vcd_v AS SELECT 1 AS a, 'x'::text AS "B"; ALTER VIEW vcd_v ALTER "B" SET DEFAULT 'it''s';

-- case: recursive_view
CREATE RECURSIVE VIEW recursive_v (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM recursive_v WHERE n < 5;
CREATE VIEW recursive_w AS WITH RECURSIVE t(x) AS (SELECT 1 UNION SELECT x + 1 FROM t WHERE x < 3) TABLE t;

-- case: view_rule
CREATE TABLE view_rule_t (a int, b text); CREATE VIEW view_rule_v AS SELECT a, b FROM view_rule_t;
CREATE RULE "rule ""on"" view" AS ON UPDATE TO view_rule_v DO INSTEAD UPDATE view_rule_t SET b = NEW.b
    WHERE a = OLD.a; COMMENT ON RULE "rule ""on"" view" ON view_rule_v IS 'writes through';

-- case: materialized_view
CREATE TABLE mv_base (a int);
CREATE FUNCTION mv_f() RETURNS SETOF int LANGUAGE sql AS 'SELECT a FROM public.mv_base';
CREATE MATERIALIZED VIEW mv_v (n) WITH (fillfactor = 70) AS SELECT * FROM mv_f();
CREATE VIEW mv_w AS SELECT n FROM mv_v; COMMENT ON MATERIALIZED VIEW mv_v IS 'kept';
COMMENT ON COLUMN mv_v.n IS 'a number';

-- case: materialized_view_index
CREATE MATERIALIZED VIEW mvi_v AS SELECT 1 AS a, 'x'::text AS b;
CREATE UNIQUE INDEX mvi_u ON mvi_v (a); CREATE INDEX mvi_e ON mvi_v (lower(b)) WHERE a > 0;
COMMENT ON INDEX mvi_e IS 'of a materialized view';
ALTER MATERIALIZED VIEW mvi_v ALTER COLUMN b SET STATISTICS 200; ALTER MATERIALIZED VIEW mvi_v CLUSTER ON mvi_u;

-- case: materialized_view_no_data
CREATE MATERIALIZED VIEW mvn_v AS SELECT 1 AS a WITH NO DATA;

-- case: function
CREATE FUNCTION function_f(a int, "B" text DEFAULT 'it''s', VARIADIC c int[] DEFAULT '{}') RETURNS text STABLE
    STRICT SECURITY DEFINER PARALLEL SAFE LEAKPROOF COST 7 SET search_path = public, pg_temp
    LANGUAGE plpgsql AS $function$ DECLARE x text := '$$ ; $$'; BEGIN
    RETURN "B" || a || x; -- it's; a comment
    END $function$;
CREATE FUNCTION "Function ""f""" () RETURNS void LANGUAGE sql AS E'SELECT 1; -- it\'s\n';
CREATE OR REPLACE FUNCTION "Function ""f""" () RETURNS void LANGUAGE sql AS 'SELECT 2';
COMMENT ON FUNCTION function_f(int, text, int[]) IS 'it''s'; COMMENT ON FUNCTION "Function ""f""" IS 'f';

-- case: function_overloads
CREATE FUNCTION fo(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION fo(text) RETURNS int LANGUAGE sql
    AS 'SELECT 2'; CREATE FUNCTION fo(int, int DEFAULT 1, OUT x int) LANGUAGE sql AS 'SELECT 3';
CREATE FUNCTION fo() RETURNS int LANGUAGE sql AS 'SELECT fo(''x''::text)'; COMMENT ON FUNCTION fo(text) IS 'of text';
CREATE TABLE fo_t (a int DEFAULT fo('x'::text));

-- case: function_sql_body
CREATE TABLE fsb_t (a int PRIMARY KEY, b text);
CREATE VIEW fsb_v AS SELECT a, b FROM fsb_t; CREATE FUNCTION fsb_g(int) RETURNS int RETURN $1 + 1;
CREATE FUNCTION fsb_f(x int) RETURNS SETOF text LANGUAGE sql BEGIN ATOMIC
    SELECT b FROM fsb_t WHERE a = x; SELECT b FROM fsb_v WHERE a > fsb_g(x); END;

-- case: function_returns_table
CREATE TABLE frt_z (a int, "B" text);
CREATE FUNCTION frt_f(n int) RETURNS TABLE (a int, "B" text) ROWS 10 LANGUAGE sql AS 'SELECT * FROM frt_z LIMIT n';
CREATE FUNCTION frt_g() RETURNS SETOF frt_z LANGUAGE sql AS 'SELECT * FROM frt_z';
CREATE FUNCTION frt_o(OUT x int, INOUT y text) RETURNS record LANGUAGE sql AS $$SELECT 1, y$$;
CREATE VIEW frt_v AS SELECT f.a, g."B" FROM frt_f(3) f, frt_g() g;

-- case: function_uses_table_type
CREATE TABLE fut_t (id int PRIMARY KEY, first text, last text);
CREATE FUNCTION fut_full(fut_t) RETURNS text IMMUTABLE LANGUAGE sql AS $$SELECT $1.first || $1.last$$;
CREATE FUNCTION fut_like(x fut_t.first%TYPE) RETURNS fut_t[] LANGUAGE sql AS 'SELECT NULL::fut_t[]';
CREATE VIEW fut_v AS SELECT t.id, fut_full(t) AS name, t.last FROM fut_t t WHERE fut_full(t.*) <> '';

-- case: procedure
CREATE PROCEDURE procedure_p(INOUT a int, b text DEFAULT 'x') LANGUAGE plpgsql AS $$BEGIN a := 1; COMMIT; END$$;
COMMENT ON PROCEDURE procedure_p IS 'it''s a procedure';

-- case: aggregate
CREATE FUNCTION agg_step(text, text, text) RETURNS text IMMUTABLE LANGUAGE sql AS $$SELECT $1 || $3 || $2$$;
CREATE FUNCTION agg_final(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE "agg ""a""" (text, text) (SFUNC = agg_step, STYPE = text, FINALFUNC = agg_final, INITCOND = '-');
CREATE AGGREGATE agg_max (int4) (SFUNC = int4larger, STYPE = int4, SORTOP = >, PARALLEL = safe, COMBINEFUNC = int4larger);
CREATE AGGREGATE agg_any (anycompatible) (SFUNC = array_append, STYPE = anycompatiblearray, INITCOND = '{}');
CREATE VIEW agg_v AS SELECT "agg ""a"""(x, ',') AS a, agg_max(y) AS m FROM (VALUES ('p', 1)) v(x, y);
COMMENT ON AGGREGATE agg_max (int4) IS 'the largest';

-- case: operator
CREATE TYPE operator_c AS (x int);
CREATE FUNCTION operator_f(operator_c, operator_c) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT ($1).x = ($2).x';
CREATE FUNCTION operator_n(operator_c, operator_c) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT ($1).x <> ($2).x';
CREATE OPERATOR === (LEFTARG = operator_c, RIGHTARG = operator_c, FUNCTION = operator_f, COMMUTATOR = ===,
    NEGATOR = !==, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES);
CREATE OPERATOR !== (LEFTARG = operator_c, RIGHTARG = operator_c, FUNCTION = operator_n, NEGATOR = ===);
CREATE TABLE operator_t (a operator_c, b operator_c, CHECK (a === b));
CREATE VIEW operator_v AS SELECT a !== b AS differs FROM operator_t; COMMENT ON OPERATOR === (operator_c, operator_c)
    IS 'the same';

-- case: operator_class
CREATE FUNCTION oc_lt(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT length($1) < length($2)';
CREATE FUNCTION oc_eq(text, text) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT length($1) = length($2)';
CREATE FUNCTION oc_cmp(text, text) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT length($1) - length($2)';
CREATE OPERATOR <# (LEFTARG = text, RIGHTARG = text, FUNCTION = oc_lt);
CREATE OPERATOR =# (LEFTARG = text, RIGHTARG = text, FUNCTION = oc_eq);
CREATE OPERATOR FAMILY oc_family USING btree;
CREATE OPERATOR CLASS "oc ""c""" FOR TYPE text USING btree FAMILY oc_family AS OPERATOR 1 <#, OPERATOR 3 =#,
    FUNCTION 1 oc_cmp(text, text);
CREATE TABLE oc_t (a text); CREATE INDEX oc_i ON oc_t (a "oc ""c""");

-- case: trigger
CREATE FUNCTION trigger_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE "Trigger ""t""" (a int, b text);
CREATE TRIGGER "tr ""g""" BEFORE INSERT OR UPDATE OR DELETE ON "Trigger ""t""" FOR EACH ROW EXECUTE FUNCTION
    trigger_f('it''s', 1, x); CREATE TRIGGER trigger_s AFTER TRUNCATE ON "Trigger ""t""" EXECUTE PROCEDURE trigger_f();
COMMENT ON TRIGGER "tr ""g""" ON "Trigger ""t""" IS 'it''s a trigger';

-- case: trigger_when
CREATE FUNCTION tw_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE tw_t (a int, "B" text); CREATE TRIGGER tw_g AFTER UPDATE ON tw_t FOR EACH ROW
    WHEN (OLD.a IS DISTINCT FROM NEW.a AND NEW."B" <> ';') EXECUTE FUNCTION tw_f();

-- case: trigger_columns
CREATE FUNCTION tc_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE tc_t (a int, "B" text, c int); CREATE TRIGGER tc_g BEFORE INSERT OR UPDATE OF "B", a ON tc_t
    FOR EACH ROW EXECUTE FUNCTION tc_f();

-- case: trigger_transition
CREATE FUNCTION tt_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TABLE tt_t (a int); CREATE TRIGGER tt_g AFTER UPDATE ON tt_t REFERENCING OLD TABLE AS gone NEW TABLE AS "come in"
    FOR EACH STATEMENT EXECUTE FUNCTION tt_f();

-- case: trigger_states
CREATE FUNCTION ts_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TABLE ts_t (a int);
CREATE TRIGGER ts_1 BEFORE INSERT ON ts_t FOR EACH ROW EXECUTE FUNCTION ts_f(); ALTER TABLE ts_t DISABLE TRIGGER ts_1;
CREATE TRIGGER ts_2 BEFORE INSERT ON ts_t FOR EACH ROW EXECUTE FUNCTION ts_f(); ALTER TABLE ts_t ENABLE ALWAYS TRIGGER ts_2;
CREATE TRIGGER ts_3 BEFORE INSERT ON ts_t FOR EACH ROW EXECUTE FUNCTION ts_f(); ALTER TABLE ts_t ENABLE REPLICA TRIGGER ts_3;
CREATE TABLE ts_p (a int) PARTITION BY LIST (a); CREATE TABLE ts_p1 PARTITION OF ts_p FOR VALUES IN (1);
CREATE TRIGGER ts_4 AFTER INSERT ON ts_p FOR EACH ROW EXECUTE FUNCTION ts_f(); ALTER TABLE ts_p1 DISABLE TRIGGER ts_4;

-- case: constraint_trigger
CREATE FUNCTION ct_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TABLE ct_u (a int PRIMARY KEY); CREATE TABLE ct_t (a int);
CREATE CONSTRAINT TRIGGER ct_g AFTER INSERT OR UPDATE OF a ON ct_t FROM ct_u DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.a > 0) EXECUTE FUNCTION ct_f(); COMMENT ON TRIGGER ct_g ON ct_t IS 'late';

-- case: instead_of_trigger
CREATE VIEW iot_v AS SELECT 1 AS a; CREATE FUNCTION iot_f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER iot_g INSTEAD OF INSERT OR UPDATE ON iot_v FOR EACH ROW EXECUTE FUNCTION iot_f('a');

-- case: event_trigger
CREATE FUNCTION et_f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RAISE NOTICE ''%'', tg_tag; END';
CREATE EVENT TRIGGER "et ""g""" ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'DROP TABLE') EXECUTE FUNCTION et_f();
CREATE EVENT TRIGGER et_off ON sql_drop EXECUTE FUNCTION et_f(); ALTER EVENT TRIGGER et_off DISABLE;
COMMENT ON EVENT TRIGGER et_off IS 'off';

-- case: rule
CREATE TABLE rule_t (a int, b text); CREATE TABLE rule_log (at timestamptz, a int);
CREATE RULE "rule ""r""" AS ON INSERT TO rule_t WHERE NEW.a > 0 DO ALSO (INSERT INTO rule_log VALUES (now(), NEW.a);
    DELETE FROM rule_log WHERE a = 0); CREATE RULE rule_off AS ON DELETE TO rule_t DO NOTHING;
ALTER TABLE rule_t DISABLE RULE rule_off;

-- case: rule_instead
CREATE TABLE rule_i (a int); CREATE RULE rule_i_r AS ON DELETE TO rule_i DO INSTEAD NOTHING;

-- case: row_security
CREATE TABLE rs_t (a int, owner text); ALTER TABLE rs_t ENABLE ROW LEVEL SECURITY;
CREATE TABLE rs_off (a int); ALTER TABLE rs_off ENABLE ROW LEVEL SECURITY; ALTER TABLE rs_off DISABLE ROW LEVEL SECURITY;

-- case: row_security_forced
CREATE TABLE rsf_t (a int); ALTER TABLE rsf_t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- case: policy
CREATE FUNCTION policy_f(text) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT $1 = current_user';
CREATE TABLE policy_u (id int, name text); CREATE TABLE policy_t (a int, "Owner" text);
CREATE POLICY "p ""1""" ON policy_t USING ("Owner" = current_user OR policy_f("Owner")) WITH CHECK (a > 0);
CREATE POLICY p2 ON policy_t AS RESTRICTIVE FOR UPDATE USING (EXISTS (SELECT 1 FROM policy_u u WHERE u.name =
    policy_t."Owner")); CREATE POLICY p3 ON policy_t FOR INSERT WITH CHECK (true);
COMMENT ON POLICY "p ""1""" ON policy_t IS 'it''s mine';

-- case: policy_roles
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'Conformance "role"') THEN
    CREATE ROLE "Conformance ""role"""; END IF; END $$;
CREATE TABLE pro_t (a int); CREATE POLICY pro_p ON pro_t TO "Conformance ""role""" USING (a > 1);
CREATE POLICY pro_q ON pro_t FOR SELECT TO PUBLIC USING (true);

-- case: extension
CREATE SCHEMA "Ext ""s"""; CREATE EXTENSION IF NOT EXISTS plpgsql; CREATE EXTENSION vector SCHEMA "Ext ""s""";
CREATE TABLE extension_t (a "Ext ""s""".vector(3));
CREATE INDEX extension_i ON extension_t USING hnsw (a "Ext ""s""".vector_l2_ops);

-- case: publication
CREATE TABLE publication_t (a int PRIMARY KEY, b int); CREATE TABLE "Pub ""t""" (a int PRIMARY KEY);
CREATE PUBLICATION "pub ""p""" FOR TABLE ONLY publication_t WITH (publish = 'insert, update', publish_via_partition_root);
CREATE PUBLICATION publication_none; ALTER PUBLICATION publication_none ADD TABLE "Pub ""t""";
COMMENT ON PUBLICATION "pub ""p""" IS 'it''s published';

-- case: publication_columns
CREATE TABLE pubc_t (a int PRIMARY KEY, "B" int, c text);
CREATE PUBLICATION pubc_p FOR TABLE pubc_t (a, "B") WHERE (a > 5 AND "B" IS NOT NULL);

-- case: publication_schema
CREATE SCHEMA "Pub ""schema"""; CREATE TABLE "Pub ""schema""".t (a int);
CREATE PUBLICATION pubs_p FOR TABLES IN SCHEMA "Pub ""schema"""; CREATE PUBLICATION pubs_all FOR ALL TABLES;

-- case: statistics
CREATE TABLE statistics_t (a int, b int, c text); CREATE STATISTICS "st ""s""" (ndistinct, dependencies) ON a, b FROM
    statistics_t; CREATE STATISTICS st_e ON (lower(c)), (a + b) FROM statistics_t; CREATE STATISTICS ON b, c FROM
    statistics_t; ALTER STATISTICS st_e SET STATISTICS 50; COMMENT ON STATISTICS st_e IS 'of expressions';

-- case: text_search
CREATE TEXT SEARCH DICTIONARY tse_dict (TEMPLATE = simple, accept = false);
CREATE TEXT SEARCH CONFIGURATION "ts ""c""" (COPY = english);
ALTER TEXT SEARCH CONFIGURATION "ts ""c""" ALTER MAPPING FOR asciiword, word WITH tse_dict, english_stem;
CREATE TABLE tse_t (a text, b tsvector GENERATED ALWAYS AS (to_tsvector('public."ts ""c"""'::regconfig, a)) STORED);
CREATE INDEX tse_i ON tse_t USING gin (to_tsvector('public."ts ""c"""', a));
COMMENT ON TEXT SEARCH CONFIGURATION "ts ""c""" IS 'it''s a configuration';

-- case: grants
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'conformance_reader') THEN
    CREATE ROLE conformance_reader NOLOGIN; END IF; END $$;
CREATE SCHEMA grants_s; CREATE TABLE grants_s.t (a serial, b int); CREATE VIEW grants_s.v AS SELECT 1 AS a;
CREATE FUNCTION grants_s.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE TYPE grants_s.e AS ENUM ('a');
GRANT USAGE ON SCHEMA grants_s TO conformance_reader, PUBLIC; GRANT SELECT, INSERT ON grants_s.t, grants_s.v TO
    conformance_reader WITH GRANT OPTION; GRANT ALL ON ALL SEQUENCES IN SCHEMA grants_s TO conformance_reader;
REVOKE EXECUTE ON FUNCTION grants_s.f(int) FROM PUBLIC; GRANT EXECUTE ON FUNCTION grants_s.f TO conformance_reader;
REVOKE USAGE ON TYPE grants_s.e FROM PUBLIC; GRANT SELECT ON grants_s.v TO PUBLIC; REVOKE INSERT ON grants_s.v FROM
    conformance_reader;

-- case: column_grants
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'conformance_reader') THEN
    CREATE ROLE conformance_reader NOLOGIN; END IF; END $$;
CREATE TABLE column_grants_t (a int, "B b" int); GRANT SELECT (a, "B b"), UPDATE ("B b") ON column_grants_t TO
    conformance_reader; GRANT SELECT (a) ON column_grants_t TO PUBLIC;

-- case: default_privileges
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'conformance_reader') THEN
    CREATE ROLE conformance_reader NOLOGIN; END IF; END $$;
CREATE SCHEMA dp_s; ALTER DEFAULT PRIVILEGES IN SCHEMA dp_s GRANT SELECT ON TABLES TO conformance_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA dp_s GRANT EXECUTE ON FUNCTIONS TO conformance_reader;
CREATE TABLE dp_s.t (a int); CREATE FUNCTION dp_s.f() RETURNS int LANGUAGE sql AS 'SELECT 1';

-- case: ownership
DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'conformance_owner') THEN
    CREATE ROLE conformance_owner NOLOGIN; END IF; END $$;
CREATE SCHEMA ownership_s AUTHORIZATION conformance_owner; CREATE TABLE ownership_s.t (a serial);
ALTER TABLE ownership_s.t OWNER TO conformance_owner; CREATE TYPE ownership_s.e AS ENUM ('a');
ALTER TYPE ownership_s.e OWNER TO conformance_owner; CREATE VIEW ownership_s.v AS SELECT 1 AS a;
ALTER VIEW ownership_s.v OWNER TO conformance_owner; CREATE FUNCTION ownership_s.f() RETURNS int RETURN 1;
ALTER FUNCTION ownership_s.f() OWNER TO conformance_owner;

-- case: comments_everywhere
CREATE SCHEMA ce_s; COMMENT ON SCHEMA ce_s IS 'schema'; CREATE TABLE ce_s.t (a int PRIMARY KEY, b text);
COMMENT ON TABLE ce_s.t IS ' leading and trailing '; COMMENT ON COLUMN ce_s.t.a IS ''; COMMENT ON COLUMN ce_s.t.b IS
    E'\u2028 \\ '' " ; --'; CREATE VIEW ce_s.v AS SELECT a FROM ce_s.t; COMMENT ON VIEW ce_s.v IS 'view';
CREATE SEQUENCE ce_s.q; COMMENT ON SEQUENCE ce_s.q IS 'sequence'; CREATE TYPE ce_s.e AS ENUM ('a');
COMMENT ON TYPE ce_s.e IS 'enum'; CREATE FUNCTION ce_s.f(numeric(3, 1), VARIADIC text[]) RETURNS int RETURN 1;
COMMENT ON FUNCTION ce_s.f(numeric, text[]) IS 'function'; CREATE STATISTICS ce_s.st ON a, b FROM ce_s.t;
COMMENT ON STATISTICS ce_s.st IS 'statistics'; CREATE INDEX ce_i ON ce_s.t (b); COMMENT ON INDEX ce_s.ce_i IS 'index';
COMMENT ON CONSTRAINT t_pkey ON ce_s.t IS 'key';

-- case: search_path
CREATE SCHEMA search_path_s; SET search_path = search_path_s, public;
CREATE TYPE sp_e AS ENUM ('a', 'b'); CREATE SEQUENCE sp_seq;
CREATE FUNCTION sp_f(sp_e) RETURNS sp_e IMMUTABLE LANGUAGE sql AS 'SELECT $1';
CREATE TABLE sp_tab (a sp_e DEFAULT sp_f('a'), b int DEFAULT nextval('sp_seq'), CHECK (sp_f(a) <> 'b'));
CREATE INDEX sp_idx ON sp_tab (sp_f(a)); CREATE VIEW sp_view AS SELECT a, 'b'::sp_e AS b FROM sp_tab;
CREATE COLLATION sp_coll FROM "C"; GRANT SELECT ON sp_tab TO PUBLIC;
COMMENT ON COLUMN sp_tab.a IS 'under a path'; RESET search_path;
CREATE TABLE search_path_t (a search_path_s.sp_e);

-- case: guarded_block
DO $$ BEGIN CREATE TYPE guarded_e AS ENUM ('a', 'b'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $do$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'guarded_d') THEN
    CREATE DOMAIN guarded_d AS text CHECK (VALUE <> ';'); COMMENT ON DOMAIN guarded_d IS 'it''s'; END IF; END $do$;
CREATE TABLE IF NOT EXISTS guarded_t (a guarded_e, b guarded_d); CREATE TABLE IF NOT EXISTS guarded_t (x int);
DO $$ BEGIN ALTER TABLE guarded_t ADD CONSTRAINT guarded_c CHECK (a <> 'b'); EXCEPTION WHEN duplicate_object THEN
    RAISE NOTICE 'there'; END $$; CREATE INDEX IF NOT EXISTS guarded_i ON guarded_t (a);

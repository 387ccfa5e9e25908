-- What PostgreSQL answers about tables, columns, types, keys and indexes.

-- case: schema
CREATE SCHEMA schema_plain;
CREATE SCHEMA "Schema ""quoted"" Ünïcode";
COMMENT ON SCHEMA "Schema ""quoted"" Ünïcode" IS 'it''s a "schema"';
CREATE TABLE "Schema ""quoted"" Ünïcode"."schema" (a int);
CREATE TABLE schema_plain."schema" (a int);

-- case: table
CREATE TABLE table_plain (id int PRIMARY KEY, a text NOT NULL, b numeric(10, 2));
CREATE TABLE "Table ""quoted""" (ID int, "ID" int, "i d" int, "select" int);

-- case: table_comment
CREATE TABLE table_comment_t (a int);
COMMENT ON TABLE table_comment_t IS E'it''s \\ over\ntwo lines -- no comment /* nor this */ $$ $1 %s';
CREATE TABLE table_comment_none (a int);
COMMENT ON TABLE table_comment_none IS 'first'; COMMENT ON TABLE table_comment_none IS NULL;

-- case: unlogged_table
CREATE UNLOGGED TABLE unlogged_table_t (id int PRIMARY KEY);

-- case: inheritance
CREATE TABLE inheritance_p (a int NOT NULL, b text DEFAULT 'p', CONSTRAINT inheritance_a CHECK (a > 0));
CREATE TABLE inheritance_q (b text DEFAULT 'p', c date);
CREATE TABLE inheritance_c (d int) INHERITS (inheritance_p);
CREATE TABLE inheritance_d (b text DEFAULT 'd', e int) INHERITS (inheritance_p, inheritance_q);
CREATE TABLE inheritance_e (a int NOT NULL, b text, CONSTRAINT inheritance_a CHECK (a > 0), f int);
ALTER TABLE inheritance_e INHERIT inheritance_p;
CREATE TABLE inheritance_f () INHERITS (inheritance_c);
COMMENT ON COLUMN inheritance_c.a IS 'an inherited column';

-- case: inherited_default
CREATE TABLE inherited_default_p (a int DEFAULT 1, b int, c text STORAGE EXTERNAL);
CREATE TABLE inherited_default_c () INHERITS (inherited_default_p);
ALTER TABLE inherited_default_c ALTER a SET DEFAULT 2, ALTER b SET NOT NULL, ALTER c SET STORAGE MAIN;
ALTER TABLE ONLY inherited_default_c ALTER COLUMN b SET STATISTICS 5;

-- case: options
CREATE TABLE options_t (a int) WITH (fillfactor = 70, autovacuum_enabled = false, parallel_workers = 3);
CREATE TABLE options_set (a int); ALTER TABLE options_set SET (fillfactor = 60);
ALTER TABLE options_set SET (autovacuum_vacuum_scale_factor = 0.05);

-- case: tablespace
CREATE TABLE tablespace_t (a int) TABLESPACE pg_default;

-- case: table_without_columns
CREATE TABLE table_without_columns_t (); COMMENT ON TABLE table_without_columns_t IS 'x';

-- case: typed_table
CREATE TYPE typed_table_k AS (id int, "the name" varchar(20), at timestamptz);
CREATE TABLE typed_table_t OF typed_table_k;
CREATE TABLE typed_table_u OF typed_table_k (PRIMARY KEY (id), "the name" WITH OPTIONS NOT NULL DEFAULT 'x',
    CONSTRAINT typed_table_c CHECK (id > 0));
COMMENT ON COLUMN typed_table_u."the name" IS 'named';

-- case: foreign_table
CREATE FOREIGN DATA WRAPPER foreign_table_w;
CREATE SERVER "foreign table S" TYPE 'x' VERSION '1' FOREIGN DATA WRAPPER foreign_table_w OPTIONS (host 'h''h');
CREATE FOREIGN TABLE foreign_table_t (id int OPTIONS (column_name 'the id') NOT NULL, b text COLLATE "C"
    DEFAULT 'x', CHECK (id > 0)) SERVER "foreign table S" OPTIONS (table_name 'remote ''t''');
COMMENT ON FOREIGN TABLE foreign_table_t IS 'far away';
COMMENT ON COLUMN foreign_table_t.id IS 'its id';
COMMENT ON SERVER "foreign table S" IS 'server';

-- case: types_numeric
CREATE TABLE types_numeric_t (a smallint, b integer, c bigint, d numeric, e numeric(10), f numeric(10, 2),
    g numeric(5, -2), h real, i double precision, j float(3), k float(40), l decimal(3, 1), m int2, n float8);

-- case: types_text
CREATE TABLE types_text_t (a text, b varchar, c varchar(10), d char, e char(4), f bpchar, g name, h "char",
    i character varying(3), j national character(2));

-- case: types_binary
CREATE TABLE types_binary_t (a bytea DEFAULT '\x00ff', b bytea);

-- case: types_temporal
CREATE TABLE types_temporal_t (a date, b time, c time(3), d timetz, e time(2) with time zone, f timestamp,
    g timestamp(0), h timestamptz, i timestamptz(6), j interval, k interval day to second(3), l interval(2),
    m interval year to month);

-- case: types_json
CREATE TABLE types_json_t (a json, b jsonb DEFAULT '{"a": [1, null]}', c jsonpath DEFAULT '$.a[*]');

-- case: types_uuid
CREATE TABLE types_uuid_t (a uuid DEFAULT gen_random_uuid(), b uuid DEFAULT uuidv7());

-- case: types_bit
CREATE TABLE types_bit_t (a bit, b bit(3) DEFAULT B'101', c varbit, d bit varying(5) DEFAULT X'F');

-- case: types_boolean
CREATE TABLE types_boolean_t (a boolean DEFAULT true, b bool NOT NULL DEFAULT 'no');

-- case: types_array
CREATE TABLE types_array_t (a int[], b text[][], c varchar(5)[] DEFAULT '{"a,b",NULL}', d numeric(3, 1)[],
    e int[3], f timestamp(3)[] DEFAULT ARRAY[]::timestamp[]);

-- case: types_range
CREATE TABLE types_range_t (a int4range, b numrange DEFAULT '[1,2)', c tstzrange, d datemultirange,
    e int8multirange DEFAULT '{[1,2),[5,6)}', f tsrange[]);

-- case: types_network
CREATE TABLE types_network_t (a inet, b cidr DEFAULT '10.0.0.0/8', c macaddr, d macaddr8);

-- case: types_geometric
CREATE TABLE types_geometric_t (a point, b line, c lseg, d box, e path, f polygon, g circle DEFAULT '<(0,0),1>');

-- case: types_search
CREATE TABLE types_search_t (a tsvector, b tsquery DEFAULT 'a & b'::tsquery);

-- case: types_money
CREATE TABLE types_money_t (a money DEFAULT 0);

-- case: types_xml
CREATE TABLE types_xml_t (a xml);

-- case: types_vector
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE types_vector_t (a vector, b vector(3) DEFAULT '[1,2,3]', c halfvec(4), d sparsevec(5), e vector(2)[]);

-- case: types_as_written
CREATE TABLE types_as_written_t (a INT, b CHARACTER  VARYING ( 7 ), c Double Precision, d pg_catalog.int8,
    e "pg_catalog"."varchar"(3), f oid, g regclass, h pg_lsn, i xid8, j pg_snapshot, k tid);

-- case: row_type_column
CREATE TABLE row_type_column_a (x int, y text);
CREATE VIEW row_type_column_v AS SELECT 1 AS n;
CREATE TABLE row_type_column_b (one row_type_column_a, many row_type_column_a[], v row_type_column_v);

-- case: column_comment
CREATE TABLE column_comment_t (a int, "B b" int);
COMMENT ON COLUMN column_comment_t.a IS E'tab\t, quote '', back\\slash, ünïcode 🐘';
COMMENT ON COLUMN column_comment_t."B b" IS 'b';

-- case: not_null
CREATE TABLE not_null_t (a int NOT NULL, b int NULL, c int, NOT NULL c);
ALTER TABLE not_null_t ALTER b SET NOT NULL;

-- case: named_not_null
CREATE TABLE named_not_null_t (a int CONSTRAINT "a is ""there""" NOT NULL, b int, CONSTRAINT nn_b NOT NULL b);
ALTER TABLE named_not_null_t ADD c int; ALTER TABLE named_not_null_t ADD CONSTRAINT nn_c NOT NULL c;

-- case: default_literal
CREATE TABLE default_literal_t (a int DEFAULT 1, b text DEFAULT 'it''s', c text DEFAULT E'a\nb', d numeric
    DEFAULT -1.5e3, e text DEFAULT $q$dollar 'q'$q$, f boolean DEFAULT false, g text DEFAULT U&'\0441',
    h bigint DEFAULT 9223372036854775807, i text DEFAULT '', j interval DEFAULT '1 day'::interval,
    k bit(3) DEFAULT B'101', l date DEFAULT DATE '2020-01-01', m float8 DEFAULT 'NaN');

-- case: default_expression
CREATE FUNCTION default_expression_f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE TABLE default_expression_t (a timestamptz DEFAULT now(), b date DEFAULT CURRENT_DATE, c int DEFAULT
    default_expression_f(default_expression_f(2)) + 1, d text DEFAULT current_user, e text DEFAULT ('a' || 'b'),
    f timestamp DEFAULT (now() AT TIME ZONE 'utc'), g int[] DEFAULT ARRAY[1, 2], h text DEFAULT
    CASE WHEN now() > '2020-01-01' THEN 'x' ELSE 'y' END, i timestamptz(3) DEFAULT CURRENT_TIMESTAMP(3));

-- case: default_null_and_empty
CREATE TABLE default_null_and_empty_t (a text DEFAULT NULL, b text DEFAULT '', c text, d text[] DEFAULT '{}');

-- case: generated_stored
CREATE FUNCTION generated_stored_f(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT upper($1)';
CREATE TABLE generated_stored_t (a int, "B" text, c int GENERATED ALWAYS AS (a * 2) STORED,
    d text COLLATE "C" GENERATED ALWAYS AS (generated_stored_f("B") || '(') STORED NOT NULL,
    e tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, coalesce("B", ''))) STORED);

-- case: generated_virtual
CREATE TABLE generated_virtual_t (a int, b int GENERATED ALWAYS AS (a + 1) VIRTUAL, c int GENERATED ALWAYS AS
    ((a) * (a)), CHECK (b > 0));

-- case: identity_always
CREATE TABLE identity_always_t (a int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b smallint);
ALTER TABLE identity_always_t ALTER b SET NOT NULL, ALTER b ADD GENERATED BY DEFAULT AS IDENTITY;

-- case: identity_options
CREATE TABLE identity_options_t (a bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 1000 INCREMENT BY 10
    MINVALUE 5 MAXVALUE 100000 CACHE 7 CYCLE), b int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME
    "Identity Seq" START -1 INCREMENT -1));

-- case: serial
CREATE TABLE serial_t (a serial PRIMARY KEY, b bigserial, c smallserial NOT NULL, "D d" serial8);
ALTER SEQUENCE serial_t_b_seq INCREMENT BY 5 CACHE 3;
COMMENT ON SEQUENCE serial_t_a_seq IS 'of a serial';

-- case: owned_sequence
CREATE SEQUENCE owned_sequence_s AS int START 5;
CREATE TABLE owned_sequence_t (a int DEFAULT nextval('owned_sequence_s'), b int DEFAULT
    nextval('owned_sequence_s'::regclass));
ALTER SEQUENCE owned_sequence_s OWNED BY owned_sequence_t.b;

-- case: column_collation
CREATE TABLE column_collation_t (a text COLLATE "C", b varchar(5) COLLATE pg_catalog."POSIX" NOT NULL);
ALTER TABLE column_collation_t ALTER b TYPE varchar(9) COLLATE "C";

-- case: column_storage
CREATE TABLE column_storage_t (a text STORAGE EXTERNAL, b bytea, c numeric);
ALTER TABLE column_storage_t ALTER b SET STORAGE PLAIN, ALTER c SET STORAGE EXTENDED;

-- case: column_compression
CREATE TABLE column_compression_t (a text COMPRESSION pglz, b text);

-- case: column_statistics
CREATE TABLE column_statistics_t (a int, b int, c int);
ALTER TABLE column_statistics_t ALTER a SET STATISTICS 1000, ALTER b SET STATISTICS 0, ALTER c SET STATISTICS 7;
ALTER TABLE column_statistics_t ALTER c SET STATISTICS -1;
ALTER TABLE column_statistics_t ALTER a SET (n_distinct = -0.5, n_distinct_inherited = 100);

-- case: primary_key
CREATE TABLE primary_key_t (a int PRIMARY KEY); CREATE TABLE primary_key_u (a int, PRIMARY KEY (a));

-- case: composite_primary_key
CREATE TABLE composite_primary_key_t (a int, "B" text, c date, PRIMARY KEY (c, "B", a));

-- case: named_primary_key
CREATE TABLE named_primary_key_t (a int CONSTRAINT "the ""PK""" PRIMARY KEY, b int CONSTRAINT u_b UNIQUE);

-- case: deferrable_key
CREATE TABLE deferrable_key_t (a int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, b int UNIQUE DEFERRABLE);

-- case: unique_key
CREATE TABLE unique_key_t (a int UNIQUE, b int, c int, UNIQUE (b, c), CONSTRAINT "uni que" UNIQUE (c, b));
CREATE TABLE unique_key_twice (a int PRIMARY KEY, UNIQUE (a));
ALTER TABLE unique_key_twice ADD CONSTRAINT unique_key_again UNIQUE (a);
CREATE UNIQUE INDEX unique_key_i ON unique_key_t (a, c);
ALTER TABLE unique_key_t ADD CONSTRAINT unique_key_by UNIQUE USING INDEX unique_key_i;

-- case: nulls_not_distinct
CREATE TABLE nulls_not_distinct_t (a int UNIQUE NULLS NOT DISTINCT, b int);
CREATE UNIQUE INDEX nulls_not_distinct_i ON nulls_not_distinct_t (b) NULLS NOT DISTINCT;

-- case: key_include
CREATE TABLE key_include_t (a int, b int, c int, PRIMARY KEY (a) INCLUDE (b, c), UNIQUE (b) INCLUDE (a));

-- case: key_without_overlaps
CREATE TABLE key_without_overlaps_t (a int4range, during tstzrange, PRIMARY KEY (a, during WITHOUT OVERLAPS));

-- case: key_options
CREATE TABLE key_options_t (a int PRIMARY KEY WITH (fillfactor = 70), b int UNIQUE USING INDEX TABLESPACE
    pg_default, c int, CONSTRAINT ko UNIQUE (c) WITH (fillfactor = 50, deduplicate_items = off));

-- case: foreign_key
CREATE TABLE foreign_key_a (id int PRIMARY KEY, u text UNIQUE);
CREATE TABLE foreign_key_b (a int REFERENCES foreign_key_a, u text REFERENCES foreign_key_a (u),
    CONSTRAINT "fk ""x""" FOREIGN KEY (a) REFERENCES foreign_key_a (id));

-- case: composite_foreign_key
CREATE TABLE composite_foreign_key_a (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE composite_foreign_key_b (p int, q int, FOREIGN KEY (q, p) REFERENCES composite_foreign_key_a (y, x));

-- case: self_reference
CREATE TABLE self_reference_t (id int PRIMARY KEY, up int REFERENCES self_reference_t ON DELETE CASCADE);

-- case: cycle_of_references
CREATE TABLE cycle_a (id int PRIMARY KEY, b int); CREATE TABLE cycle_b (id int PRIMARY KEY, a int REFERENCES cycle_a);
CREATE TABLE cycle_c (id int PRIMARY KEY, b int REFERENCES cycle_b, a int REFERENCES cycle_a);
ALTER TABLE cycle_a ADD FOREIGN KEY (b) REFERENCES cycle_b, ADD c int REFERENCES cycle_c;

-- case: foreign_key_actions
CREATE TABLE foreign_key_actions_a (id int PRIMARY KEY);
CREATE TABLE foreign_key_actions_b (a int DEFAULT 1 REFERENCES foreign_key_actions_a ON DELETE SET DEFAULT
    ON UPDATE CASCADE, b int REFERENCES foreign_key_actions_a ON DELETE SET NULL ON UPDATE RESTRICT,
    c int REFERENCES foreign_key_actions_a ON DELETE RESTRICT, d int REFERENCES foreign_key_actions_a
    ON DELETE NO ACTION ON UPDATE SET NULL);

-- case: foreign_key_match_full
CREATE TABLE foreign_key_match_full_a (x int, y int, UNIQUE (x, y));
CREATE TABLE foreign_key_match_full_b (p int, q int, FOREIGN KEY (p, q) REFERENCES foreign_key_match_full_a (x, y)
    MATCH FULL);

-- case: foreign_key_deferrable
CREATE TABLE foreign_key_deferrable_a (id int PRIMARY KEY);
CREATE TABLE foreign_key_deferrable_b (a int REFERENCES foreign_key_deferrable_a DEFERRABLE, b int REFERENCES
    foreign_key_deferrable_a DEFERRABLE INITIALLY DEFERRED, c int REFERENCES foreign_key_deferrable_a);
ALTER TABLE foreign_key_deferrable_b ALTER CONSTRAINT foreign_key_deferrable_b_c_fkey DEFERRABLE;

-- case: foreign_key_not_valid
CREATE TABLE foreign_key_not_valid_a (id int PRIMARY KEY);
CREATE TABLE foreign_key_not_valid_b (a int, b int);
ALTER TABLE foreign_key_not_valid_b ADD FOREIGN KEY (a) REFERENCES foreign_key_not_valid_a NOT VALID,
    ADD CONSTRAINT fk_made_valid FOREIGN KEY (b) REFERENCES foreign_key_not_valid_a NOT VALID;
ALTER TABLE foreign_key_not_valid_b VALIDATE CONSTRAINT fk_made_valid;

-- case: foreign_key_set_columns
CREATE TABLE foreign_key_set_columns_a (x int, y int, PRIMARY KEY (x, y));
CREATE TABLE foreign_key_set_columns_b (p int, q int, FOREIGN KEY (p, q) REFERENCES foreign_key_set_columns_a
    ON DELETE SET NULL (q));

-- case: foreign_key_across_schemas
CREATE SCHEMA across_b; CREATE SCHEMA across_a; CREATE TABLE across_b.t (id int PRIMARY KEY);
CREATE TABLE across_a.t (id int PRIMARY KEY, b int REFERENCES across_b.t);
ALTER TABLE across_b.t ADD a int CONSTRAINT "to a" REFERENCES across_a.t;

-- case: foreign_key_period
CREATE TABLE foreign_key_period_a (id int4range, during daterange, PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE foreign_key_period_b (a int4range, during daterange, FOREIGN KEY (a, PERIOD during) REFERENCES
    foreign_key_period_a (id, PERIOD during));

-- case: foreign_key_to_partitioned
CREATE TABLE to_partitioned_a (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE to_partitioned_a1 PARTITION OF to_partitioned_a FOR VALUES FROM (0) TO (10);
CREATE TABLE to_partitioned_b (a int REFERENCES to_partitioned_a, k int) PARTITION BY LIST (k);
CREATE TABLE to_partitioned_b1 PARTITION OF to_partitioned_b FOR VALUES IN (1);

-- case: check_column
CREATE TABLE check_column_t (a int CHECK (a > 0), b text CHECK (b IN ('x', 'y')) CHECK (length(b) < 9), c int
    CONSTRAINT "c ""ok""" CHECK (c BETWEEN 1 AND 10), d varchar(9) CHECK (d = ANY (ARRAY['p', 'q''q'])));

-- case: check_table
CREATE FUNCTION check_table_f(text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$SELECT $1 ~ '^[a-z]+$'$$;
CREATE TABLE check_table_t (a int, "B" text, CHECK (a > 0 OR "B" IS NULL), CHECK (check_table_f("B")),
    CONSTRAINT check_table_x CHECK (("B" ~~ '%)%') AND NOT (a IS DISTINCT FROM 3)));
CREATE FUNCTION check_table_row(check_table_t) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT $1.a > 0';
ALTER TABLE check_table_t ADD CONSTRAINT check_row CHECK (check_table_row(check_table_t));
COMMENT ON CONSTRAINT check_row ON check_table_t IS 'by its own row type';

-- case: check_no_inherit
CREATE TABLE check_no_inherit_t (a int, CONSTRAINT cni CHECK (a > 0) NO INHERIT);

-- case: check_not_valid
CREATE TABLE check_not_valid_t (a int);
ALTER TABLE check_not_valid_t ADD CONSTRAINT cnv CHECK (a > 0) NOT VALID, ADD CHECK (a < 9) NOT VALID;

-- case: check_not_enforced
CREATE TABLE check_not_enforced_t (a int, CONSTRAINT cne CHECK (a > 0) NOT ENFORCED);

-- case: exclusion
CREATE TABLE exclusion_t (a int4range, during tsrange, "R" box, EXCLUDE USING gist (a WITH =, during WITH &&),
    CONSTRAINT "ex ""x""" EXCLUDE USING gist ("R" WITH &&) DEFERRABLE INITIALLY DEFERRED,
    EXCLUDE USING spgist (a range_ops WITH &&) WITH (fillfactor = 70));
COMMENT ON CONSTRAINT "ex ""x""" ON exclusion_t IS 'no overlap';

-- case: exclusion_predicate
CREATE TABLE exclusion_predicate_t (a int4range, b int, EXCLUDE USING gist (a WITH &&) INCLUDE (b)
    WHERE (b IS NOT NULL AND b > 0), EXCLUDE (b WITH =) WHERE (lower(a) > 3));

-- case: constraint_comment
CREATE TABLE constraint_comment_t (a int PRIMARY KEY, b int CONSTRAINT "cc b" UNIQUE, c int CHECK (c > 0),
    d int REFERENCES constraint_comment_t);
COMMENT ON CONSTRAINT constraint_comment_t_pkey ON constraint_comment_t IS 'key';
COMMENT ON CONSTRAINT "cc b" ON constraint_comment_t IS 'it''s unique';
COMMENT ON CONSTRAINT constraint_comment_t_c_check ON constraint_comment_t IS 'check';
COMMENT ON CONSTRAINT constraint_comment_t_d_fkey ON constraint_comment_t IS 'reference';
COMMENT ON INDEX constraint_comment_t_pkey IS 'the index of the key';

-- case: index
CREATE TABLE index_t (a int, "B b" text, c int);
CREATE INDEX index_i ON index_t (a); CREATE INDEX ON index_t ("B b", a); CREATE INDEX ON index_t ("B b", a);
CREATE INDEX "index ""q""" ON index_t ("B b"); CREATE INDEX CONCURRENTLY_i ON index_t (c, a);

-- case: unique_index
CREATE TABLE unique_index_t (a int, b int); CREATE UNIQUE INDEX unique_index_i ON unique_index_t (b, a);

-- case: index_method
CREATE TABLE index_method_t (a int, b jsonb, c int4range, d inet, e tsvector);
CREATE INDEX im_hash ON index_method_t USING hash (a); CREATE INDEX im_gin ON index_method_t USING gin (b);
CREATE INDEX im_gist ON index_method_t USING gist (c); CREATE INDEX im_sp ON index_method_t USING spgist (d);
CREATE INDEX im_brin ON index_method_t USING brin (a) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX im_ts ON index_method_t USING gin (e) WITH (fastupdate = off);

-- case: index_opclass
CREATE TABLE index_opclass_t (a text, b jsonb, c inet, d tsvector);
CREATE INDEX io_a ON index_opclass_t (a text_pattern_ops DESC); CREATE INDEX io_b ON index_opclass_t USING gin
    (b jsonb_path_ops); CREATE INDEX io_c ON index_opclass_t USING gist (c inet_ops);
CREATE INDEX io_d ON index_opclass_t USING gist (d tsvector_ops (siglen = 100));

-- case: index_partial
CREATE TABLE index_partial_t (a int, b text, deleted timestamptz);
CREATE INDEX ip_a ON index_partial_t (a) WHERE deleted IS NULL AND b <> 'it''s';
CREATE UNIQUE INDEX ip_b ON index_partial_t (b) WHERE (a > 0 OR a < -5) AND b IN ('x', 'y');

-- case: index_expression
CREATE FUNCTION index_expression_f(text) RETURNS text IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RETURN $1; END';
CREATE TABLE index_expression_t (a int, b text, j jsonb);
CREATE INDEX ie_1 ON index_expression_t (lower(b)); CREATE INDEX ie_2 ON index_expression_t ((a + 1), b);
CREATE INDEX ie_3 ON index_expression_t ((j ->> 'k'), (a % 2)); CREATE INDEX ON index_expression_t (upper(b), (a * 2));
CREATE INDEX ie_4 ON index_expression_t USING gin (to_tsvector('simple', coalesce(b, '')));
CREATE INDEX ie_5 ON index_expression_t (index_expression_f(b)) WHERE index_expression_f(b) <> '';
CREATE FUNCTION ie_row(index_expression_t) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1.a';
CREATE INDEX ie_6 ON index_expression_t (ie_row(index_expression_t));
COMMENT ON INDEX ie_6 IS 'over the whole row';

-- case: index_include
CREATE TABLE ii_t (a int, b int, c text); CREATE INDEX ii_i ON ii_t (a) INCLUDE (b, c);

-- case: index_descending
CREATE TABLE idesc_t (a int, b int); CREATE INDEX idesc_i ON idesc_t (a DESC, b ASC);

-- case: index_nulls_order
CREATE TABLE ino_t (a int, b int); CREATE INDEX ino_i ON ino_t (a NULLS FIRST, b DESC NULLS LAST);
CREATE INDEX ino_j ON ino_t (a DESC NULLS FIRST, b NULLS LAST);

-- case: index_options
CREATE TABLE iopt_t (a int, b tsvector); CREATE INDEX iopt_i ON iopt_t (a) WITH (fillfactor = 50);
CREATE INDEX iopt_j ON iopt_t (a) TABLESPACE pg_default; ALTER INDEX iopt_j SET (deduplicate_items = off);

-- case: index_collation
CREATE TABLE icol_t (a text, b text); CREATE INDEX icol_i ON icol_t (a COLLATE "C", lower(b) COLLATE "POSIX");

-- case: index_fulltext
CREATE TABLE ift_t (a text, b text);
CREATE INDEX ift_i ON ift_t USING gin (to_tsvector('english', a || ' ' || b)) WHERE a IS NOT NULL;

-- case: index_spatial
CREATE TABLE isp_t (a point, b box); CREATE INDEX isp_i ON isp_t USING gist (a, b);

-- case: index_on_only
CREATE TABLE ioo_t (a int, b int) PARTITION BY LIST (b);
CREATE TABLE ioo_1 PARTITION OF ioo_t FOR VALUES IN (1); CREATE TABLE ioo_2 PARTITION OF ioo_t FOR VALUES IN (2);
CREATE INDEX ioo_i ON ONLY ioo_t (a); CREATE INDEX ioo_i1 ON ioo_1 (a); ALTER INDEX ioo_i ATTACH PARTITION ioo_i1;
CREATE INDEX ioo_j ON ONLY ioo_t (b, a);

-- case: index_statistics
CREATE TABLE ist_t (a int, b text); CREATE INDEX ist_i ON ist_t ((a + 1), lower(b));
ALTER INDEX ist_i ALTER COLUMN 1 SET STATISTICS 500; ALTER INDEX ist_i ALTER COLUMN 2 SET STATISTICS 0;

-- case: index_comment
CREATE TABLE ic_t (a int); CREATE INDEX ic_i ON ic_t (a); COMMENT ON INDEX ic_i IS 'it''s an index';

-- case: index_cluster
CREATE TABLE icl_t (a int PRIMARY KEY, b int); CREATE INDEX icl_i ON icl_t (b); CLUSTER icl_t USING icl_i;
CREATE TABLE icl_u (a int CONSTRAINT icl_pk PRIMARY KEY); ALTER TABLE icl_u CLUSTER ON icl_pk;

-- case: index_vector
CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE iv_t (a vector(3), b halfvec(4), c bit(8));
CREATE INDEX iv_1 ON iv_t USING hnsw (a vector_l2_ops) WITH (m = 8, ef_construction = 40);
CREATE INDEX iv_2 ON iv_t USING ivfflat (a vector_cosine_ops) WITH (lists = 10);
CREATE INDEX iv_3 ON iv_t USING hnsw (b halfvec_ip_ops) WHERE b IS NOT NULL;
CREATE INDEX iv_4 ON iv_t USING hnsw ((a::halfvec(3)) halfvec_l2_ops);
CREATE INDEX iv_5 ON iv_t USING hnsw (c bit_hamming_ops);

-- case: partition_range
CREATE TABLE pr_t (id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, v text DEFAULT 'x')
    PARTITION BY RANGE (at);
CREATE TABLE pr_1 PARTITION OF pr_t FOR VALUES FROM (MINVALUE) TO ('2020-01-01 00:00:00+00');
CREATE TABLE "pr ""2""" PARTITION OF pr_t FOR VALUES FROM ('2020-01-01 00:00:00+00') TO (MAXVALUE);
COMMENT ON TABLE "pr ""2""" IS 'a partition'; COMMENT ON COLUMN pr_1.v IS 'of one partition';

-- case: partition_list
CREATE TABLE pl_t (k text, n int) PARTITION BY LIST (k);
CREATE TABLE pl_1 PARTITION OF pl_t FOR VALUES IN ('a', 'it''s', NULL);
CREATE TABLE pl_2 PARTITION OF pl_t FOR VALUES IN ('b)') WITH (fillfactor = 70);

-- case: partition_hash
CREATE TABLE ph_t (a int, b int) PARTITION BY HASH (a, b);
CREATE TABLE ph_0 PARTITION OF ph_t FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE UNLOGGED TABLE ph_1 PARTITION OF ph_t FOR VALUES WITH (MODULUS 2, REMAINDER 1);

-- case: partition_default
CREATE TABLE pd_t (a int) PARTITION BY RANGE (a); CREATE TABLE pd_d PARTITION OF pd_t DEFAULT;
CREATE TABLE pd_1 PARTITION OF pd_t FOR VALUES FROM (1) TO (2);

-- case: sub_partition
CREATE TABLE sp_t (a int, b text, c int) PARTITION BY LIST (a);
CREATE TABLE sp_1 PARTITION OF sp_t FOR VALUES IN (1) PARTITION BY RANGE (b, c);
CREATE TABLE sp_1_1 PARTITION OF sp_1 FOR VALUES FROM ('a', MINVALUE) TO ('m', 5);
CREATE TABLE sp_1_d PARTITION OF sp_1 DEFAULT; CREATE INDEX sp_i ON sp_t (c);

-- case: partition_own_index
CREATE TABLE poi_t (a int, b int, v int DEFAULT 1) PARTITION BY LIST (a); CREATE INDEX poi_i ON poi_t (b);
CREATE TABLE poi_1 PARTITION OF poi_t (v DEFAULT 5 NOT NULL, CONSTRAINT poi_c CHECK (b > 0)) FOR VALUES IN (1);
CREATE UNIQUE INDEX poi_1_b ON poi_1 (b, v); ALTER TABLE poi_1 ADD CONSTRAINT poi_1_u UNIQUE (v);
COMMENT ON INDEX poi_1_b IS 'of one partition only';

-- case: partition_attached
CREATE TABLE pa_t (a int NOT NULL, b text) PARTITION BY RANGE (a);
CREATE TABLE pa_1 (b text DEFAULT 'own', a int NOT NULL, CHECK (a >= 0 AND a < 10));
CREATE INDEX pa_1_i ON pa_1 (b); CREATE INDEX pa_i ON pa_t (b);
ALTER TABLE pa_t ATTACH PARTITION pa_1 FOR VALUES FROM (0) TO (10);

-- case: partition_key
CREATE TABLE pk_t (a int, b int, c text, PRIMARY KEY (a, b), UNIQUE (c, a, b)) PARTITION BY RANGE (b, a);
CREATE TABLE pk_1 PARTITION OF pk_t FOR VALUES FROM (0, 0) TO (10, 0);
CREATE TABLE pk_ref (a int, b int, FOREIGN KEY (a, b) REFERENCES pk_t);

-- case: partition_expression
CREATE TABLE pe_t (at timestamp, name text) PARTITION BY RANGE (date_trunc('day', at), lower(name) COLLATE "C");
CREATE TABLE pe_1 PARTITION OF pe_t FOR VALUES FROM ('2020-01-01', 'a') TO ('2020-02-01', MINVALUE);

-- case: replica_identity
CREATE TABLE ri_full (a int); ALTER TABLE ri_full REPLICA IDENTITY FULL;
CREATE TABLE ri_nothing (a int PRIMARY KEY); ALTER TABLE ri_nothing REPLICA IDENTITY NOTHING;
CREATE TABLE ri_index (a int NOT NULL, b int NOT NULL); CREATE UNIQUE INDEX "ri ""i""" ON ri_index (b, a);
ALTER TABLE ri_index REPLICA IDENTITY USING INDEX "ri ""i""";
CREATE TABLE ri_key (a int NOT NULL UNIQUE); ALTER TABLE ri_key REPLICA IDENTITY USING INDEX ri_key_a_key;

-- case: fillfactor
CREATE TABLE ff_t (a int PRIMARY KEY WITH (fillfactor = 80)) WITH (fillfactor = 90);
CREATE INDEX ff_i ON ff_t (a) WITH (fillfactor = 40);

-- case: autovacuum_options
CREATE TABLE av_t (a text) WITH (autovacuum_vacuum_threshold = 100, autovacuum_analyze_scale_factor = 0.02,
    toast.autovacuum_enabled = false);

-- case: toast_options
CREATE TABLE to_t (a text) WITH (toast_tuple_target = 200); ALTER TABLE to_t SET (toast.vacuum_truncate = off);

-- case: long_names
CREATE TABLE long_names_aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee63 (
    id serial PRIMARY KEY, long_column_aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeee63 int UNIQUE CHECK
    (long_column_aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeee63 > 0),
    r int REFERENCES long_names_aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee63);
CREATE INDEX ON long_names_aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee63
    (long_column_aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeee63, r);

-- case: reserved_words
CREATE TABLE "table" ("select" int PRIMARY KEY, "from" int DEFAULT 1, "where" int CHECK ("where" > 0), "user" text,
    "order" int REFERENCES "table" ("select"), "group" int GENERATED ALWAYS AS ("from" + 1) STORED);
CREATE INDEX "index" ON "table" ("order" DESC, lower("user")) WHERE "group" > 1;
CREATE TYPE "int" AS ENUM ('x'); CREATE TABLE "column" (a "int", b public."int"[], "default" "int" DEFAULT 'x');
CREATE VIEW "view" AS SELECT "select" AS "all", "user" AS "end" FROM "table" WHERE "order" IS NULL;

"""What PostgreSQL 18 knows by itself about types, casts, operators and operator classes (from its own catalogs)."""

from __future__ import annotations

from designer.dialects.base import words

TYPES = words("""
aclitem bit bool box bpchar bytea char cid cidr circle date datemultirange daterange float4 float8 inet int2 int2vector
int4 int4multirange int4range int8 int8multirange int8range interval json jsonb jsonpath line lseg macaddr macaddr8
money name numeric nummultirange numrange oid oidvector path pg_lsn pg_snapshot point polygon refcursor regclass
regcollation regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype text tid
time timestamp timestamptz timetz tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot uuid
varbit varchar xid xid8 xml serial bigserial smallserial serial4 serial8 serial2 record trigger void anyelement
anyarray event_trigger internal cstring anyenum anyrange anycompatible anynonarray unknown anycompatiblearray
anycompatiblenonarray anycompatiblerange anymultirange anycompatiblemultirange table_am_handler index_am_handler
fdw_handler language_handler tsm_handler pg_ddl_command pg_node_tree pg_ndistinct pg_dependencies pg_mcv_list gtsvector
""")
"""Names of types as the grammar gives them: `int` is int4 there."""

SERIALS = {
    "serial": "int4", "bigserial": "int8", "smallserial": "int2", "serial4": "int4", "serial8": "int8",
    "serial2": "int2",
}  # fmt: skip
TEXTS = frozenset({"text", "varchar", "bpchar", "name", "char", "citext"})
NUMBERS = frozenset({"int2", "int4", "int8", "numeric", "float4", "float8"})

_ZONED = ("date", "time", "timestamp")
UNSTABLE_CASTS = frozenset({
    ("date", "timestamptz"), ("timestamp", "timestamptz"), ("time", "timetz"), ("timestamptz", "date"),
    ("timestamptz", "time"), ("timestamptz", "timetz"), ("timestamptz", "timestamp"), ("int8", "money"),
    ("int4", "money"), ("numeric", "money"), ("money", "numeric"),
})  # fmt: skip
"""Casts whose result depends on the time zone or locale of the session."""

UNSTABLE_INPUT = frozenset({
    "date", "time", "timestamp", "timestamptz", "timetz", "interval", "money", "xml", "regclass", "regconfig", "enum",
    "int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange", "record",
})  # fmt: skip
"""Types that text is not cast to in the same way in every session."""

UNSTABLE_OUTPUT = frozenset({
    "date", "timestamp", "timestamptz", "interval", "money", "xml", "enum", "int4range", "int8range", "numrange",
    "daterange", "tsrange", "tstzrange", "record",
})  # fmt: skip
"""Types that are not cast to text in the same way in every session."""

UNSTABLE_ARGUMENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "age": (("timestamp",), ("timestamptz",), ("date",)),
    "date": (("timestamptz",),),
    "date_add": (("timestamptz", "*"),),
    "date_subtract": (("timestamptz", "*"),),
    "date_part": (("*", "timestamptz"),),
    "date_trunc": (("*", "timestamptz"),),
    "extract": (("*", "timestamptz"),),
    "generate_series": (("timestamptz", "timestamptz", "*"),),
    "json_to_tsvector": (("*", "*"),),
    "jsonb_to_tsvector": (("*", "*"),),
    "phraseto_tsquery": (("*",),),
    "plainto_tsquery": (("*",),),
    "websearch_to_tsquery": (("*",),),
    "to_tsquery": (("*",),),
    "to_tsvector": (("*",),),
    "ts_headline": (("*", "tsquery"), ("*", "tsquery", "*")),
    "to_timestamp": (("*", "*"),),
    "timezone": (("*", "timetz"),),
    "time": (("timestamptz",),),
    "timestamp": (("timestamptz",),),
    "timestamptz": (("date",), ("timestamp",)),
}
"""Function -> the argument types with which it is not immutable; `*` is any type. With others it is."""

COMPARISONS = frozenset({"<", "<=", "=", ">=", ">", "<>"})

RESULTS: dict[str, str] = {
    **dict.fromkeys(words("""
    lower upper initcap btrim ltrim rtrim md5 substring substr left right replace regexp_replace
    split_part translate reverse repeat lpad rpad overlay encode to_char concat concat_ws jsonb_extract_path_text
    json_extract_path_text quote_ident quote_literal format"""), "text"),
    **dict.fromkeys(words("""length char_length character_length octet_length position strpos array_length cardinality
    jsonb_array_length json_array_length ascii num_nonnulls num_nulls"""), "int4"),
    **dict.fromkeys(("now", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "to_timestamp"),
                    "timestamptz"),
    **dict.fromkeys(("to_tsvector", "setweight", "strip"), "tsvector"),
    **dict.fromkeys(("extract",), "numeric"),
    **dict.fromkeys(("date_part",), "float8"),
    **dict.fromkeys(("tstzrange", "tsrange", "daterange", "int4range", "int8range", "numrange"), "range"),
    "to_date": "date", "gen_random_uuid": "uuid", "to_jsonb": "jsonb", "jsonb_build_object": "jsonb",
    "point": "point", "box": "box", "polygon": "polygon", "circle": "circle", "st_makepoint": "geometry",
}  # fmt: skip
"""Function -> type of its result, where it is one type and matters here."""

RANGES = frozenset({
    "range", "int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange", "int4multirange",
    "int8multirange", "nummultirange", "datemultirange", "tsmultirange", "tstzmultirange",
})  # fmt: skip

DEFAULT_CLASSES: dict[str, frozenset[str]] = {
    "gin": frozenset({"[]", "tsvector", "jsonb"}),
    "gist": frozenset({"circle", "polygon", "point", "box", "tsvector", "tsquery"}) | RANGES,
    "spgist": frozenset({"polygon", "point", "box", "inet", "cidr"}) | TEXTS
    | frozenset(name for name in RANGES if "multi" not in name),
    "hnsw": frozenset(), "ivfflat": frozenset({"vector"}),
}  # fmt: skip
"""Access method -> types (`[]` is any array) with an operator class that is used where none is written."""

NOT_ORDERED = frozenset({"json", "xml", "point", "line", "lseg", "box", "path", "polygon", "circle", "jsonpath",
                         "txid_snapshot", "pg_snapshot", "aclitem", "cid", "xid", "geometry"})  # fmt: skip
"""Types without a default operator class for btree: they can be in no key and in no ordinary index."""

CLASS_METHODS: dict[str, tuple[str, str]] = {
    "gin_trgm_ops": ("gin", "pg_trgm"), "gist_trgm_ops": ("gist", "pg_trgm"),
    **{f"{kind}_{metric}_ops": ("", "vector") for kind in ("vector", "halfvec", "sparsevec", "bit")
       for metric in ("l2", "ip", "cosine", "l1", "hamming", "jaccard")},
    "gist_ltree_ops": ("gist", "ltree"), "gin_hstore_ops": ("gin", "hstore"), "gist_hstore_ops": ("gist", "hstore"),
    "gist_geometry_ops_2d": ("gist", "postgis"), "gist_geometry_ops_nd": ("gist", "postgis"),
    "citext_pattern_ops": ("btree", "citext"), "gin__int_ops": ("gin", "intarray"),
    "gist__int_ops": ("gist", "intarray"),
}  # fmt: skip
"""Operator class -> (its access method, the extension that makes it)."""

EXTENSION_METHODS = {"hnsw": "vector", "ivfflat": "vector", "bloom": "bloom", "rum": "rum", "bm25": "pg_search"}
BUILT_IN_METHODS = frozenset({"btree", "hash", "gin", "gist", "spgist", "brin"})

EXTENSION_TYPES = {
    "vector": "vector", "halfvec": "vector", "sparsevec": "vector", "geometry": "postgis", "geography": "postgis",
    "raster": "postgis", "citext": "citext", "hstore": "hstore", "ltree": "ltree", "lquery": "ltree",
    "ltxtquery": "ltree", "cube": "cube", "earth": "earthdistance", "isbn": "isn", "isbn13": "isn", "issn": "isn",
    "semver": "semver", "agtype": "age", "h3index": "h3", "uint8": "uint", "uint4": "uint", "tdigest": "tdigest",
}  # fmt: skip

EXTENSION_FUNCTIONS = {
    **dict.fromkeys(words("""
    uuid_generate_v1 uuid_generate_v1mc uuid_generate_v3 uuid_generate_v4 uuid_generate_v5 uuid_nil
    """), "uuid-ossp"),
    **dict.fromkeys(words("""crypt gen_salt digest hmac gen_random_bytes pgp_sym_encrypt pgp_sym_decrypt pgp_pub_encrypt
    pgp_pub_decrypt encrypt decrypt armor dearmor"""), "pgcrypto"),
    **dict.fromkeys(words("similarity word_similarity strict_word_similarity show_trgm set_limit"), "pg_trgm"),
    **dict.fromkeys(words("""
    time_bucket create_hypertable add_retention_policy add_compression_policy time_bucket_gapfill
    """), "timescaledb"),
    **dict.fromkeys(words("create_distributed_table create_reference_table"), "citus"),
    **dict.fromkeys(words("levenshtein soundex metaphone dmetaphone difference"), "fuzzystrmatch"),
    "unaccent": "unaccent", "crosstab": "tablefunc", "earth_distance": "earthdistance", "ll_to_earth": "earthdistance",
    "hstore": "hstore", "nlevel": "ltree", "subpath": "ltree", "text2ltree": "ltree",
}  # fmt: skip
"""Function -> the extension that makes it."""

PARTS_OF = {"btree_gist": "gist", "btree_gin": "gin"}
"""Extensions that give an access method operator classes for plain types."""

MYSQL_TYPES = words("""
datetime tinyint mediumint tinytext mediumtext longtext tinyblob blob mediumblob longblob year enum set double string
unsigned
""")

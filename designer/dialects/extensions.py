"""What the extensions of PostgreSQL bring: types, operator classes of indexes, and index methods with their parameters.

The facts are those of pgvector 0.8, PostGIS 3 and the modules that come with PostgreSQL 18.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Classes = tuple[tuple[str, str], ...]
"""(operator class, what it is for), the usual one first."""


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """One extension. A type is written as people type it, with usual arguments, and what it holds."""

    name: str
    types: tuple[tuple[str, str], ...] = ()
    classes: dict[tuple[str, str], Classes] = field(default_factory=dict)
    """(index method, type of the column) -> operator classes."""
    methods: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Index method -> usual options."""


_VECTOR_HNSW: Classes = (
    ("vector_l2_ops", "straight distance, <->"), ("vector_cosine_ops", "cosine distance, <=>"),
    ("vector_ip_ops", "inner product, <#>"), ("vector_l1_ops", "taxicab distance, <+>"),
)  # fmt: skip
_BITS: Classes = (("bit_hamming_ops", "Hamming distance, <~>"), ("bit_jaccard_ops", "Jaccard distance, <%>"))


def _alike(name: str, classes: Classes = _VECTOR_HNSW) -> Classes:
    return tuple((written.replace("vector_", f"{name}_", 1), words) for written, words in classes)


EXTENSIONS: tuple[ExtensionFacts, ...] = (
    ExtensionFacts(
        "vector",
        (("vector(1536)", "embedding; needs pgvector"), ("halfvec(1536)", "embedding in half the room; needs pgvector"),
         ("sparsevec(1000)", "embedding of few values; needs pgvector")),
        {
            ("hnsw", "vector"): _VECTOR_HNSW, ("hnsw", "halfvec"): _alike("halfvec"),
            ("hnsw", "sparsevec"): _alike("sparsevec"), ("hnsw", "bit"): _BITS,
            ("ivfflat", "vector"): _VECTOR_HNSW[:3], ("ivfflat", "halfvec"): _alike("halfvec")[:3],
            ("ivfflat", "bit"): _BITS[:1],
        },
        {"hnsw": ("m = 16, ef_construction = 64", "m = 32, ef_construction = 128"), "ivfflat": ("lists = 100",)},
    ),
    ExtensionFacts("citext", (("citext", "text that ignores case; needs its extension"),)),
    ExtensionFacts(
        "hstore", (("hstore", "keys and values; needs its extension"),),
        {("gin", "hstore"): (("gin_hstore_ops", "keys and pairs"),),
         ("gist", "hstore"): (("gist_hstore_ops", "keys and pairs"),)},
    ),
    ExtensionFacts(
        "ltree",
        (("ltree", "path in a tree; needs its extension"), ("lquery", "pattern for paths in a tree; needs ltree"),
         ("ltxtquery", "words for paths in a tree; needs ltree")),
        {("gist", "ltree"): (("gist_ltree_ops", "above, below, patterns"),),
         ("gist", "ltree[]"): (("gist__ltree_ops", "above, below, patterns"),)},
    ),
    ExtensionFacts(
        "cube", (("cube", "box of many dimensions; needs its extension"),),
        {("gist", "cube"): (("gist_cube_ops", "overlaps, distance"),)},
    ),
    ExtensionFacts("seg", (("seg", "interval of numbers; needs its extension"),),
                   {("gist", "seg"): (("gist_seg_ops", "overlaps"),)}),
    ExtensionFacts(
        "isn",
        (("isbn13", "number of a book; needs isn"), ("isbn", "number of a book, short; needs isn"),
         ("issn13", "number of a serial; needs isn"), ("issn", "number of a serial, short; needs isn"),
         ("ismn13", "number of sheet music; needs isn"), ("ismn", "number of sheet music, short; needs isn"),
         ("ean13", "number of an article; needs isn"), ("upc", "number of an article in America; needs isn")),
    ),
    ExtensionFacts(
        "postgis",
        (("geometry(Point,4326)", "place in a plane; needs PostGIS"), ("geometry", "shape; needs PostGIS"),
         ("geography(Point,4326)", "place on the globe; needs PostGIS"),
         ("geography", "shape on the globe; needs PostGIS"),
         ("box2d", "box in a plane; needs PostGIS"), ("box3d", "box in space; needs PostGIS")),
        {
            ("gist", "geometry"): (
                ("gist_geometry_ops_2d", "overlaps, distance"), ("gist_geometry_ops_nd", "in more dimensions"),
            ),
            ("spgist", "geometry"): (("spgist_geometry_ops_2d", "overlaps"),),
            ("brin", "geometry"): (("brin_geometry_inclusion_ops_2d", "large tables in order"),),
            ("gist", "geography"): (("gist_geography_ops", "overlaps, distance"),),
        },
    ),
    ExtensionFacts(
        "pg_trgm",
        classes={
            (method, kind): ((f"{method}_trgm_ops", "LIKE '%word%' and similarity"),)
            for method in ("gin", "gist") for kind in ("text", "varchar", "character varying", "citext")
        },
    ),
    ExtensionFacts(
        "intarray",
        classes={("gin", "integer[]"): (("gin__int_ops", "contains"),),
                 ("gist", "integer[]"): (("gist__int_ops", "contains"), ("gist__intbig_ops", "contains, many values"))},
    ),
    ExtensionFacts("btree_gist"),
    ExtensionFacts("btree_gin"),
)  # fmt: skip
"""The extensions that people use, by what they bring; the last two let ordinary types into gist and gin indexes."""

_BUILT_IN: dict[tuple[str, str], Classes] = {
    ("gin", "jsonb"): (("jsonb_ops", "keys and values"), ("jsonb_path_ops", "containment only, smaller")),
    ("gist", "inet"): (("inet_ops", "networks and addresses"),),
    ("btree", "text"): (("text_pattern_ops", "LIKE 'word%' in any language"),),
    ("btree", "varchar"): (("varchar_pattern_ops", "LIKE 'word%' in any language"),),
    ("spgist", "text"): (("text_ops", "beginnings of words"),),
}
_ORDINARY = frozenset({
    "smallint", "int2", "integer", "int", "int4", "bigint", "int8", "real", "float4", "double precision", "float8",
    "numeric", "decimal", "text", "varchar", "character varying", "char", "character", "bytea", "date", "time",
    "timetz", "timestamp", "timestamptz", "timestamp with time zone", "timestamp without time zone", "interval",
    "uuid", "boolean", "bool", "money", "macaddr", "oid",
})  # fmt: skip
_NAME = re.compile(
    r'(?:(?:"[^"]+"|[\w$]+)\s*\.\s*)?"?([\w$]+(?:\s+(?:precision|varying|with(?:out)?\s+time\s+zone))?)"?', re.I
)
_BY_TYPE = {raw.partition("(")[0]: each.name for each in EXTENSIONS for raw, _ in each.types}
_BY_CLASS = {name: each.name for each in EXTENSIONS for classes in each.classes.values() for name, _ in classes}
_BY_METHOD = {method: each.name for each in EXTENSIONS for method in each.methods}


def type_name(raw: str) -> str:
    """Return the bare name of a type in lower case: `public.Geometry(Point,4326)[]` is `geometry`."""
    found = _NAME.match(raw.strip())
    return " ".join(found.group(1).lower().split()) if found else ""


def extension_of_type(raw: str) -> str:
    """Return the extension that brings a type, or nothing."""
    return _BY_TYPE.get(type_name(raw), "")


def extension_of_index(method: str, opclass: str, raw: str) -> str:
    """Return the extension that a part of an index needs, or nothing; `raw` is the type of its column, if any."""
    named = _BY_CLASS.get(opclass.partition("(")[0].rpartition(".")[2].lower(), "")
    if named or method in _BY_METHOD:
        return named or _BY_METHOD[method]
    if opclass or method not in ("gist", "gin") or "[" in raw or type_name(raw) not in _ORDINARY:
        return ""
    return f"btree_{method}"


def classes_for(method: str, raw: str) -> Classes:
    """Return the operator classes that an index of a method may have over a column of a type."""
    name = type_name(raw) + ("[]" if "[" in raw else "")
    found = list(_BUILT_IN.get((method or "btree", name), ()))
    for each in EXTENSIONS:
        found += each.classes.get((method or "btree", name), ())
    return tuple(found)


def options_of(method: str) -> tuple[str, ...]:
    """Return usual options of an index method."""
    return next(
        (each.methods[method] for each in EXTENSIONS if method in each.methods), _OPTIONS.get(method or "btree", ())
    )


_OPTIONS: dict[str, tuple[str, ...]] = {
    "btree": ("fillfactor = 70", "deduplicate_items = off"),
    "gin": ("fastupdate = off",),
    "gist": ("buffering = on",),
    "brin": ("pages_per_range = 32", "autosummarize = on"),
}

"""The tables that SQLite's virtual tables keep their content in."""

from __future__ import annotations

from collections.abc import Mapping

_FTS3 = ("content", "segments", "segdir", "docsize", "stat")
_FTS5 = ("data", "idx", "content", "docsize", "config")
_RTREE = ("node", "rowid", "parent")
_VEC0 = ("chunks", "rowids", "info", "auxiliary", "vector_chunks00", "metadatachunks00", "metadatatext00")
_SUFFIXES = {
    "fts3": _FTS3, "fts4": _FTS3, "fts5": _FTS5, "rtree": _RTREE, "rtree_i32": _RTREE, "geopoly": _RTREE,
    "spellfix1": ("vocab",), "vec0": _VEC0,
}  # fmt: skip


def owner_of(name: str, virtual: Mapping[str, str]) -> str:
    """Return the virtual table that makes the table `name` itself, empty where there is none."""
    owner, _, suffix = name.lower().rpartition("_")
    if suffix in _SUFFIXES.get(virtual.get(owner, ""), ()):
        return owner
    longer, _, first = owner.rpartition("_")  # suffixes of two words
    return longer if f"{first}_{suffix}" in _SUFFIXES.get(virtual.get(longer, ""), ()) else ""

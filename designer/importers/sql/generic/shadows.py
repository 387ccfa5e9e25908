"""The tables that SQLite's virtual tables keep their content in."""

from __future__ import annotations

_FTS3 = ("content", "segments", "segdir", "docsize", "stat")
_FTS5 = ("data", "idx", "content", "docsize", "config")
_RTREE = ("node", "rowid", "parent")
_SUFFIXES = {"fts3": _FTS3, "fts4": _FTS3, "fts5": _FTS5, "rtree": _RTREE, "rtree_i32": _RTREE, "geopoly": _RTREE}


def owner_of(name: str, virtual: dict[str, str]) -> str:
    """Return the virtual table that makes the table `name` itself, empty where there is none."""
    owner, _, suffix = name.lower().rpartition("_")
    return owner if suffix in _SUFFIXES.get(virtual.get(owner, ""), ()) else ""

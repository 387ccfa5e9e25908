"""What an index is, its name aside."""

from __future__ import annotations

from designer.schema import Index, IndexPart, Key

BTREE = ("", "btree")


def shape(index: Index) -> tuple[object, ...]:
    """Return what two indexes have in common where one of them is superfluous."""
    method = "" if index.method in BTREE else index.method
    where = " ".join(index.where.text.lower().split()) if index.where else ""
    return (index.parent, method, index.parts, where, index.include, index.nulls_not_distinct)


def is_plain(index: Index) -> bool:
    """Say whether an index orders all rows by its parts and does nothing else."""
    return index.method in BTREE and not index.where and not index.include


def parts_of(key: Key) -> tuple[IndexPart, ...]:
    """Return the parts of the index that a server keeps for a key."""
    return key.parts or tuple(IndexPart(column=column) for column in key.columns)
